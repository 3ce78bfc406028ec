"""Messages for people who are away: what the sender learns, and what waits at sign-in."""

import pytest
from tests.unit.command.house import House, untagged

NOTES = ("standard-replies",)
KEPT = "rookery.chat/mailbox"


@pytest.fixture
def house():
    """Return a house with bob, who writes to others, and the account ann."""
    house = House()
    house.account("ann")
    house.bob = house.person("bob", *NOTES)
    return house


def _mail(*texts, to="ann"):
    return [f":bob!~bob@host PRIVMSG {to} :{text}" for text in texts]


def _without_time(lines):
    """Return lines without the time that stands before the text for clients without tags."""
    return [line.replace("[Mon 10:00] ", "") for line in lines]


def test_kept_for_an_account(house):
    """The sender learns that an account's owner is away."""
    assert house.bob.does("PRIVMSG ANN :hi") == [
        ":irc.test NOTE PRIVMSG KEPT_AWAY ANN :ann is offline: delivered when ann connects."
    ]


def test_kept_for_a_guest_who_was_here(house):
    """A name that somebody had is known, also without an account."""
    house.person("cat").does("QUIT")
    assert house.bob.does("PRIVMSG cat :hi") == [
        ":irc.test NOTE PRIVMSG KEPT_AWAY cat :cat is offline: delivered when cat connects."
    ]


def test_kept_for_a_name_that_nobody_has(house):
    """The sender learns that a name is unknown, again each time, and which one may be meant."""
    text = 'Nobody has signed in as "{}" yet: kept for whoever does.'
    for _ in range(2):
        assert house.bob.does("PRIVMSG dora :hi") == [
            f":irc.test NOTE PRIVMSG KEPT_UNCLAIMED dora :{text.format('dora')}"
        ]
    assert house.bob.does("PRIVMSG an :hi") == [
        f":irc.test NOTE PRIVMSG KEPT_UNCLAIMED an ann :{text.format('an')} Did you mean ann?"
    ]


def test_note_without_standard_replies():
    """A client that does not know NOTE reads a notice."""
    heard = House().person("bob").does("PRIVMSG eve :hi")
    text = 'Nobody has signed in as "eve" yet: kept for whoever does.'
    assert heard == [f":irc.test NOTICE bob :{text}"]


def test_notice_is_kept_in_silence(house):
    """A NOTICE is kept too, and not answered."""
    assert house.bob.does("NOTICE ann :hi") == []
    assert _without_time(house.person("ann", account="ann").heard()) == [
        ":bob!~bob@host NOTICE ann :hi"
    ]


def test_echo_comes_before_the_note(house):
    """The echo says that it is stored, the note behind it where it waits."""
    cat = house.person("cat", "echo-message", *NOTES)
    echo, note = cat.does("PRIVMSG ann :hi")
    assert echo == ":cat!~cat@host PRIVMSG ann :hi"
    assert " NOTE PRIVMSG KEPT_AWAY ann " in note


def test_refuse():
    """Where nothing is kept for unclaimed names, they are unknown; accounts get their mail."""
    house = House(unclaimed="refuse")
    house.account("ann")
    bob = house.person("bob", *NOTES)
    house.person("cat").does("QUIT")
    assert bob.does("PRIVMSG dora :hi") == [":irc.test 401 bob dora :No such nick"]
    assert bob.does("PRIVMSG cat :hi") == [":irc.test 401 bob cat :No such nick"]
    assert " KEPT_AWAY ann " in bob.does("PRIVMSG ann :hi")[0]
    assert house.person("dora").heard() == []


@pytest.mark.parametrize(
    ("text", "is_kept"), (("\x01VERSION\x01", False), ("\x01ACTION waves\x01", True))
)
def test_questions_between_clients_are_not_kept(house, text, is_kept):
    """A CTCP question to somebody who is away cannot be answered: it is refused."""
    (answer,) = house.bob.does(f"PRIVMSG ann :{text}")
    assert (" KEPT_AWAY " in answer, " 401 " in answer) == (is_kept, not is_kept)


def test_delivered_in_order(house):
    """All that waited is sent in the moment of sign-in, oldest first, whoever sent it."""
    cat = house.person("cat")
    house.bob.does("PRIVMSG ann :one")
    cat.does("PRIVMSG ann :two")
    house.bob.does("PRIVMSG ann :three")
    assert house.person("ann", account="ann").heard() == [
        ":bob!~bob@host PRIVMSG ann :[Mon 10:00] one",
        ":cat!~cat@host PRIVMSG ann :[Mon 10:00] two",
        ":bob!~bob@host PRIVMSG ann :[Mon 10:00] three",
    ]


def test_delivered_as_a_batch_with_time(house):
    """A client with batch and server-time gets one batch; each message has its original time."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    house.now_ms += 3_600_000
    ann = house.person("ann", "batch", "server-time", account="ann")
    opening, first, second, closing = ann.heard()
    ref = opening.split()[2].removeprefix("+")
    assert opening == f":irc.test BATCH +{ref} {KEPT} 2"
    assert (first, second) == tuple(
        f"@batch={ref};time=2026-01-05T10:00:00.000Z {line}" for line in _mail("one", "two")
    )
    assert closing == f":irc.test BATCH -{ref}"


def test_sent_again_until_proven(house):
    """Mail is sent at each sign-in until a PONG proves that it has arrived."""
    house.bob.does("PRIVMSG ann :hi")
    for _ in range(2):
        ann = house.person("ann", account="ann")
        assert _without_time(ann.heard()) == _mail("hi")
        ann.is_lost()
    ann = house.person("ann", account="ann")
    ann.pong()
    ann.is_lost()
    assert house.person("ann", account="ann").heard() == []


def test_proof_of_live_messages(house):
    """What arrived while the person was here is not sent again, if proven; else it is."""
    ann = house.person("ann", account="ann")
    house.bob.does("PRIVMSG ann :one")
    ann.pong()
    house.later()
    house.bob.does("PRIVMSG ann :two")
    ann.is_lost()
    assert _without_time(house.person("ann", account="ann").heard()) == _mail("two")


def test_proof_survives_a_restart(house):
    """The watermark is on disk: a new server sends what is above it, and nothing else."""
    house.bob.does("PRIVMSG ann :one")
    ann = house.person("ann", account="ann")
    ann.pong()
    ann.is_lost()
    house.bob.does("PRIVMSG ann :two")
    house.later()
    again = House(house.store)
    assert _without_time(again.person("ann", account="ann").heard()) == _mail("two")


def test_wrong_token_proves_nothing(house):
    """A PONG with another token moves nothing."""
    house.bob.does("PRIVMSG ann :hi")
    ann = house.person("ann", account="ann")
    ann.does("PONG irc.test :rookery-0", "PONG :", "PONG rookery-ffffffffffff")
    ann.is_lost()
    assert _without_time(house.person("ann", account="ann").heard()) == _mail("hi")


def test_pages(house):
    """A mailbox of several pages comes whole and in order."""
    texts = [f"number {number}" for number in range(11)]
    house.bob.does(*(f"PRIVMSG ann :{text}" for text in texts))
    ann = house.person("ann", account="ann")
    assert _without_time(ann.heard()) == _mail(*texts)
    ann.pong()
    house.later()
    ann.pong()
    ann.is_lost()
    assert house.person("ann", account="ann").heard() == []


def test_live_messages_come_behind_the_mailbox(house):
    """What is said while the mailbox is read comes behind it, once."""
    house.bob.does("PRIVMSG ann :one")
    house.readers.is_held = True
    ann = house.person("ann", account="ann")
    house.bob.does("PRIVMSG ann :two", "NOTICE ann :three")
    assert ann.heard() == []
    house.readers.is_held = False
    house.turn()
    assert _without_time(ann.heard()) == [
        *_mail("one", "two"),
        ":bob!~bob@host NOTICE ann :three",
    ]
    ann.pong()
    ann.is_lost()
    assert house.person("ann", account="ann").heard() == []


def test_guest_gets_what_was_kept_for_the_name(house):
    """Whoever signs in with an unclaimed name gets its mail, also by renaming."""
    house.bob.does("PRIVMSG cat :one", "PRIVMSG dan :two")
    cat = house.person("cat")
    assert _without_time(cat.heard()) == _mail("one", to="cat")
    cat.pong()
    heard = untagged(cat.does("NICK dan"))
    assert _without_time(heard) == [":cat!~cat@host NICK dan", *_mail("two", to="dan")]


def test_unread_mail_stays_with_its_name(house):
    """A proof after a rename is for the name that the mail was sent to."""
    house.bob.does("PRIVMSG cat :one")
    cat = house.person("cat")
    cat.does("NICK dan")
    cat.pong()
    cat.is_lost()
    assert house.person("cat").heard() == []


def test_second_session_gets_what_is_not_proven(house):
    """A second session is sent what no session has proven to have."""
    house.bob.does("PRIVMSG ann :hi")
    house.person("ann", account="ann")
    assert _without_time(house.person("ann", account="ann").heard()) == _mail("hi")


def test_unreadable_mailbox(house):
    """When the mailbox cannot be read, the person is told, is let in, and loses nothing."""
    house.bob.does("PRIVMSG ann :one")
    house.readers.is_busy = True
    ann = house.person("ann", "standard-replies", account="ann")
    (answer,) = ann.heard()
    assert " STORE_UNAVAILABLE " in answer
    house.bob.does("PRIVMSG ann :two")
    assert ann.heard() == _mail("two")
    ann.pong()
    ann.is_lost()
    house.readers.is_busy = False
    heard = _without_time(house.person("ann", account="ann").heard())
    assert heard == _mail("one", "two")


def test_proof_of_a_session_that_was_sent_no_mail(house):
    """After a change of name, only the session that was sent the name's mail can prove it."""
    asking, other = (house.person("ann", account="ann") for _ in range(2))
    house.bob.does("PRIVMSG dora :one")
    house.readers.is_held = True
    asking.say("NICK dora")
    house.turn()
    house.bob.does("PRIVMSG dora :two")
    other.pong()
    for one in (asking, other):
        one.is_lost()
    house.readers.is_held = False
    house.turn()
    assert _without_time(house.person("dora").heard()) == _mail("one", "two", to="dora")


def test_live_message_behind_the_mailbox_while_the_next_commit_fails(house):
    """What was stored while the mailbox was read is sent, whatever becomes of the next commit."""
    house.bob.does("PRIVMSG ann :one")
    house.readers.is_held = True
    ann = house.person("ann", account="ann")
    house.bob.does("PRIVMSG ann :two")
    house.bob.say("PRIVMSG ann :three")
    house.disk.is_full = True
    house.readers.is_held = False
    house.turn()
    house.disk.is_full = False
    assert _without_time(ann.heard()) == _mail("one", "two")
    house.bob.does("PRIVMSG ann :four")
    assert ann.heard() == _mail("four")
