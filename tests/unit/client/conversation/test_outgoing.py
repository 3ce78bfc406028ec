import pytest
from tests.unit.client.conversation.front import AT, Front

from rookery.client.conversation import asks, outgoing
from rookery.client.conversation.entry import State
from rookery.client.outbox import STALE_AFTER_S
from rookery.wire.message import parse


@pytest.fixture
def front():
    """Alice, signed in and in #team with bob."""
    front = Front()
    front.connect()
    front.join("team", "bob")
    return front


def echo(front, msgid="a5", second=5, tags=""):
    """Have the server store the message that was sent last."""
    line = parse(front.lines[-1])
    label, client_id = line.tags["label"], line.tags["rookery.chat/id"]
    target, text = line.params
    front.feed(
        f"@label={label};{AT.format(second)};msgid={msgid};rookery.chat/id={client_id}{tags} "
        f":alice!u@h PRIVMSG {target} :{text}"
    )


def states(front, name="#team"):
    """Return text and state of what was said."""
    entries = front.conversation(name).entries
    return [(entry.text, entry.state) for entry in entries if entry.is_talk]


def test_message_waits_behind_all_others_until_it_is_stored(front):
    """What others say meanwhile stands before it; with the echo it takes its place."""
    asks.say(front.conversations, "#team", "mine")
    key = front.last("#team").key
    assert states(front) == [("mine", State.WAITING)]
    front.say(1, "bob", "#team", "theirs", "a1")
    assert states(front) == [("theirs", State.SENT), ("mine", State.WAITING)]
    echo(front)
    assert states(front) == [("theirs", State.SENT), ("mine", State.SENT)]
    assert front.last("#team").key == key
    assert front.last("#team").msgid == "a5"


def test_message_without_echo_settles_with_its_answer(front):
    """A server that only says that it has the message settles it, too."""
    asks.say(front.conversations, "#team", "mine")
    label = front.label()
    front.feed(f"@label={label} :s NOTE PRIVMSG ALREADY_STORED #team x :stored")
    assert states(front) == [("mine", State.SENT)]


def test_refused_message_can_be_retried_or_discarded(front):
    """It stays with the reason until the person decides."""
    asks.say(front.conversations, "#team", "one")
    front.feed(f"@label={front.label()} :s 404 alice #team :You are quiet here.")
    failed = front.last("#team")
    assert (failed.state, failed.reason) == (State.FAILED, "You are quiet here")
    held = front.conversations.get("#team")
    outgoing.retry(front.conversations, held, failed)
    assert states(front) == [("one", State.WAITING)]
    front.feed(f"@label={front.label()} :s 404 alice #team :Still quiet")
    outgoing.discard(front.conversations, held, front.last("#team"))
    assert states(front) == []


def test_message_of_several_lines_is_one(front):
    """It leaves as a batch, and comes back as one message."""
    asks.say(front.conversations, "#team", "first\n\nlast")
    lines = [parse(line) for line in front.lines]
    assert [line.command for line in lines] == ["BATCH", *["PRIVMSG"] * 3, "BATCH"]
    label = lines[0].tags["label"]
    front.feed(
        f"@label={label};msgid=a1;{AT.format(1)} :alice!u@h BATCH +m draft/multiline #team",
        "@batch=m :alice!u@h PRIVMSG #team :first",
        "@batch=m :alice!u@h PRIVMSG #team :",
        "@batch=m :alice!u@h PRIVMSG #team :la",
        "@batch=m;draft/multiline-concat :alice!u@h PRIVMSG #team :st",
        ":alice!u@h BATCH -m",
    )
    assert states(front) == [("first\n\nlast", State.SENT)]


def test_correction_waits_in_its_original_s_place(front):
    """The new text is shown at once, as waiting; refused, the old one is back."""
    asks.say(front.conversations, "#team", "at 12")
    echo(front)
    original = front.last("#team")
    asks.edit(front.conversations, "#team", original.key, "at 13")
    assert states(front) == [("at 13", State.WAITING)]
    line = parse(front.lines[-1])
    assert line.tags["+rookery.chat/edit"] == "a5"
    front.feed(f"@label={line.tags['label']} :s FAIL PRIVMSG STORE_UNAVAILABLE #team :Disk full")
    assert states(front) == [("at 12", State.SENT)]
    assert (
        front.conversation("#team").entries[-1].text == "Your correction was not taken: Disk full."
    )
    asks.edit(front.conversations, "#team", original.key, "at 14")
    echo(front, "a6", 6, ";+rookery.chat/edit=a5")
    assert states(front) == [("at 14", State.SENT)]


def test_only_one_s_own_stored_messages_are_corrected(front):
    """Nothing is sent for those of others."""
    front.say(1, "bob", "#team", "theirs", "a1")
    asks.edit(front.conversations, "#team", front.last("#team").key, "mine")
    assert front.lines == []


def test_what_was_said_offline_is_sent_on_return_and_stands_in_order(front):
    """Waiting lines follow what was missed; the page that shows one of them does not double it."""
    front.say(1, "bob", "#team", "before", "a1")
    front.drop()
    asks.say(front.conversations, "#team", "while away")
    assert states(front) == [("before", State.SENT), ("while away", State.WAITING)]
    front.now_s += 10
    front.connect_quietly()
    join = next(line for line in front.lines if "JOIN" in line)
    front.feed(
        f"@label={parse(join).tags['label']} :s BATCH +j labeled-response",
        f"@batch=j;{AT.format(9)};msgid=a9 :alice!u@h JOIN #team alice :alice",
        "@batch=j :s 353 alice = #team :alice bob",
        "@batch=j :s 366 alice #team :End",
        ":s BATCH -j",
    )
    sent = front.lines
    assert any("while away" in line for line in sent)
    line = parse(next(line for line in sent if "while away" in line))
    label, client_id = line.tags["label"], line.tags["rookery.chat/id"]
    front.feed(f"@label={label} :s NOTE PRIVMSG ALREADY_STORED #team {client_id} :stored")
    front.page(
        "#team",
        f"{AT.format(1)};msgid=a1;account=bob :bob!u@h PRIVMSG #team :before",
        f"{AT.format(2)};msgid=a2;rookery.chat/id={client_id} :alice!u@h PRIVMSG #team :while away",
        f"{AT.format(3)};msgid=a3;account=bob :bob!u@h PRIVMSG #team :missed",
        f"{AT.format(9)};msgid=a9 :alice!u@h JOIN #team alice :alice",
    )
    assert states(front) == [
        ("before", State.SENT),
        ("while away", State.SENT),
        ("missed", State.SENT),
    ]


def test_old_lines_are_asked_about(front):
    """What waited for more than ten minutes is sent only when the person says so."""
    front.drop()
    asks.say(front.conversations, "#team", "old")
    asks.say(front.conversations, "#team", "older")
    front.now_s += STALE_AFTER_S + 1
    front.connect_quietly()
    join = next(line for line in front.lines if "JOIN" in line)
    front.feed(
        f"@label={parse(join).tags['label']} :s BATCH +j labeled-response",
        "@batch=j :alice!u@h JOIN #team alice :alice",
        "@batch=j :s 366 alice #team :End",
        ":s BATCH -j",
    )
    assert states(front) == [("old", State.ASKED_ABOUT), ("older", State.ASKED_ABOUT)]
    held = front.conversations.get("#team")
    front.forget()
    outgoing.discard(front.conversations, held, held.conversation.entries[-2])
    assert states(front) == [("older", State.ASKED_ABOUT)]
    outgoing.retry(front.conversations, held, front.last("#team"))
    assert states(front) == [("older", State.WAITING)]
    assert [parse(line).params[-1] for line in front.lines] == ["older"]


def test_deleting_takes_the_corrections_first(front):
    """Other clients must not show a correction again when its original is gone."""
    asks.say(front.conversations, "#team", "at 12")
    echo(front)
    front.say(6, "alice", "#team", "at 13", "a6", "+rookery.chat/edit=a5")
    asks.delete(front.conversations, "#team", front.last("#team").key)
    # Mine has no account tag and the correction has one: they are two authors.
    assert [parse(line).params[1] for line in front.lines] == ["a6"]


def test_reaction_does_not_hide_a_correction_that_waits(front):
    """Whatever comes to the message meanwhile, it is shown as I want it, and as waiting."""
    asks.say(front.conversations, "#team", "at 12")
    echo(front)
    asks.edit(front.conversations, "#team", front.last("#team").key, "at 13")
    front.feed(f"@{AT.format(6)};msgid=b1;+draft/react=🎂;+draft/reply=a5 :bob!u@h TAGMSG #team")
    entry = front.last("#team")
    assert (entry.text, entry.state, entry.is_edited) == ("at 13", State.WAITING, True)
    assert entry.reactions == {"🎂": ("bob",)}


def test_correction_that_is_no_single_message_is_not_taken(front):
    """Its parts would each correct the message, and the last one alone would be left."""
    asks.say(front.conversations, "#team", "short")
    echo(front)
    front.forget()
    asks.edit(front.conversations, "#team", front.last("#team").key, "word " * 10_000)
    assert front.lines == []
    assert states(front) == [("short", State.SENT)]
    assert front.conversation("#team").entries[-1].text.startswith("A correction must fit")


def test_refusal_of_what_was_said_in_a_closed_talk_is_told(front):
    """Nothing that was typed vanishes without a word."""
    asks.open_(front.conversations, "#team")
    asks.message(front.conversations, "carol", "are you there?")
    label = parse(front.lines[-1]).tags["label"]
    asks.leave(front.conversations, "carol")
    front.feed(f"@label={label} :s 404 alice carol :No messages to her.")
    word = front.conversation("#team").entries[-1].text
    assert word == "Not sent to carol: are you there? (No messages to her)"
