import pytest
from tests.unit.client.conversation.front import AT, Front

from rookery.client.conversation import asks
from rookery.wire.message import parse

OFFLINE = "You are offline. Messages are kept, this is not: do it again when you are back."


@pytest.fixture
def front():
    """Alice, signed in and in #team with bob, who has said something."""
    front = Front()
    front.connect()
    front.join("team", "bob")
    front.say(1, "bob", "#team", "cake?", "a1")
    return front


def said(front):
    """Return what was said to the server, without tags."""
    return [line.partition(" ")[2] if line.startswith("@") else line for line in front.lines]


def test_reply_names_its_message(front):
    """An answer carries the msgid of what it answers."""
    asks.say(front.conversations, "#team", "yes", front.last("#team").key)
    assert parse(front.lines[0]).tags["+draft/reply"] == "a1"


def test_action_is_said_as_one(front):
    """/me is CTCP ACTION on the wire, and an action here."""
    asks.say(front.conversations, "#team", "waves", is_action=True)
    assert said(front) == ["PRIVMSG #team :\x01ACTION waves\x01"]
    assert front.last("#team").text == "waves"


def test_reaction_is_given_and_taken_back(front):
    """The same emoji once more takes it back."""
    key = front.last("#team").key
    asks.react(front.conversations, "#team", key, "🎂")
    tags = parse(front.lines[0]).tags
    assert (tags["+draft/react"], tags["+draft/reply"]) == ("🎂", "a1")
    front.feed("@msgid=b1;+draft/react=🎂;+draft/reply=a1 :alice!u@h TAGMSG #team")
    asks.react(front.conversations, "#team", key, "🎂")
    assert parse(front.lines[0]).tags["+draft/unreact"] == "🎂"


def test_typing_is_told_every_three_seconds(front):
    """Not with every key; the end of it once."""

    def type_at(now_s, *, is_active=True):
        front.model.now_s = now_s
        asks.typing(front.conversations, "#team", is_active=is_active)
        return [parse(line).tags["+typing"] for line in front.lines]

    assert type_at(100.0) == ["active"]
    assert type_at(102.9) == []
    assert type_at(103.0) == ["active"]
    assert type_at(103.1, is_active=False) == ["done"]
    assert type_at(103.2, is_active=False) == []


def test_older_messages_are_fetched_once_at_a_time(front):
    """A page before the oldest line that is known; not twice while it is on its way."""
    asks.older(front.conversations, "#team")
    asks.older(front.conversations, "#team")
    assert said(front) == []
    front.conversation("#team").has_older = True
    asks.older(front.conversations, "#team")
    asks.older(front.conversations, "#team")
    assert said(front) == ["CHATHISTORY BEFORE #team msgid=a0 100"]


def test_search_names_its_room(front):
    """Words may hold what tags escape."""
    asks.search(front.conversations, "#team", "a; b")
    assert said(front) == ["SEARCH text=a\\:\\sb;in=#team;limit=100"]


def test_what_needs_a_connection_says_so():
    """Offline, only messages are kept."""
    front = Front()
    for ask in (
        lambda: asks.join(front.conversations, "team"),
        lambda: asks.search(front.conversations, "", "cake"),
        lambda: asks.rooms(front.conversations),
        lambda: asks.who(front.conversations, ""),
        lambda: asks.do(front.conversations, "NICK", "", "alicia"),
    ):
        ask()
        assert front.conversations.take_words() == [OFFLINE]


def test_what_the_server_cannot_do_is_said(front):
    """Without the capability nothing is sent."""
    plain = Front()
    plain.connect(offered="message-tags sasl=PLAIN")
    asks.search(plain.conversations, "", "cake")
    assert plain.conversations.take_words() == ["This server cannot search."]


def test_joining_and_talking_to_names_that_cannot_be(front):
    """A sentence instead of a question to the server."""
    assert asks.join(front.conversations, "two words") == ""
    assert asks.message(front.conversations, "a b") == ""
    assert front.lines == []


def test_message_opens_a_talk_and_sends(front):
    """One line is enough to write to somebody new."""
    assert asks.message(front.conversations, "carol", "hi") == "carol"
    assert "PRIVMSG carol hi" in said(front)
    assert front.conversation("carol").is_joined


def test_leaving_takes_the_conversation_off_the_list(front):
    """A room is left on the server, a talk is only closed, and stays so until news come."""
    asks.message(front.conversations, "carol")
    front.forget()
    asks.leave(front.conversations, "carol")
    asks.leave(front.conversations, "#team")
    assert said(front) == ["PART #team"]
    assert front.conversations.shown == []


def test_room_that_was_left_stays_off_the_list(front):
    """Neither what is said until the server has it nor its answer brings the room back."""
    asks.leave(front.conversations, "#team")
    label = front.label()
    front.say(4, "bob", "#team", "too late", "a4")
    front.feed(f"@label={label};{AT.format(5)};msgid=a5 :alice!u@h PART #team")
    assert front.conversations.shown == []
    front.join("team", "bob")
    front.say(6, "bob", "#team", "back?", "a6")
    assert front.talk("#team") == [("bob", "back?")]


def test_draft_is_kept(front):
    """What is typed stays with its conversation."""
    asks.draft(front.conversations, "#team", "half a sent")
    assert front.conversation("#team").draft == "half a sent"


def test_line_new_stays_until_another_conversation_is_opened(front):
    """It tells where reading began; it goes when all is read and one looks elsewhere."""
    front.conversations.take_changes()
    room = front.conversation("#team")
    asks.open_(front.conversations, "#team")
    asks.read_all(front.conversations, "#team")
    front.conversations.take_changes()
    assert room.new_from_key == front.last("#team").key
    asks.open_(front.conversations, "")
    assert room.new_from_key == ""


def test_names_for_completion_are_asked_for_now_and_then(front):
    """However often one completes, the lists come once a minute, and nothing is shown."""
    asks.look_around(front.conversations)
    asks.look_around(front.conversations)
    asked = [parse(line) for line in front.lines]
    assert [(line.command, *line.params) for line in asked] == [("WHO", "*"), ("LIST",)]
    labels = [line.tags["label"] for line in asked]
    front.feed(
        f"@label={labels[0]} :s BATCH +w labeled-response",
        "@batch=w :s 352 alice * u h s zoe H :0 zoe",
        "@batch=w :s 315 alice * :End",
        ":s BATCH -w",
        f"@label={labels[1]} :s BATCH +l labeled-response",
        "@batch=l :s 322 alice #far 3 :away from here",
        "@batch=l :s 323 alice :End",
        ":s BATCH -l",
    )
    assert "zoe" in front.model.known_names()
    assert "#far" in front.model.known_rooms()
    assert front.conversations.take_words() == []
    front.now_s += asks.LOOK_EVERY_S + 1
    front.feed(":s PING x")
    asks.look_around(front.conversations)
    assert said(front)[-2:] == ["WHO *", "LIST"]
