import pytest
from tests.unit.client.conversation.front import AT, Front

from rookery.client.conversation import asks, told
from rookery.client.conversation.conversation import Member
from rookery.client.conversation.entry import Kind, State
from rookery.client.happened import Event, Presence, What
from rookery.wire.message import parse


@pytest.fixture
def front():
    """Alice, signed in and in #team with bob."""
    front = Front()
    front.connect()
    front.join("team", "bob")
    front.conversations.take_changes()
    return front


def test_room_is_entered_with_members_and_latest_page():
    """On entering, the latest page is asked for, and members stand by rank and name."""
    front = Front()
    front.connect()
    asks.join(front.conversations, "team")
    label = front.label()
    front.feed(
        f"@label={label} :s BATCH +j labeled-response",
        "@batch=j :alice!u@h JOIN #team alice :alice",
        "@batch=j :s 332 alice #team :Release Friday",
        "@batch=j :s 353 alice = #team :zoe +bob @alice",
        "@batch=j :s 366 alice #team :End",
        ":s BATCH -j",
    )
    lines = front.lines
    assert any("CHATHISTORY LATEST #team * 100" in line for line in lines)
    front.conversations.take_changes()
    room = front.conversation("#team")
    assert room.topic == "Release Friday"
    assert (Member("alice", "@"), Member("bob", "+"), Member("zoe")) == room.members


def test_message_of_others_counts_until_it_is_read(front):
    """Unread and mentions count from the read marker on; reading moves it for all devices."""
    front.say(1, "bob", "#team", "hello", "a1")
    front.say(2, "bob", "#team", "Alice: lunch?", "a2")
    front.conversations.take_changes()
    room = front.conversation("#team")
    assert (room.unread, room.mentions) == (2, 1)
    first = next(entry for entry in room.entries if entry.text == "hello")
    assert first.key == room.new_from_key
    asks.read_all(front.conversations, "#team")
    assert front.lines == ["MARKREAD #team timestamp=2026-11-22T10:00:02.000Z"]
    front.conversations.take_changes()
    assert (room.unread, room.mentions) == (0, 0)


def test_read_marker_of_another_device_counts(front):
    """What was read elsewhere is not unread here."""
    front.say(1, "bob", "#team", "hello", "a1")
    front.feed(":s MARKREAD #team timestamp=2026-11-22T10:00:01.000Z")
    front.conversations.take_changes()
    assert front.conversation("#team").unread == 0
    assert front.conversation("#team").new_from_key == ""


def test_correction_stands_in_the_place_of_its_original(front):
    """An edit changes the message and makes no line of its own, and no second unread."""
    front.say(1, "bob", "#team", "at 12", "a1")
    front.say(2, "bob", "#team", "other", "a2")
    front.say(3, "bob", "#team", "at 13", "a3", "+rookery.chat/edit=a1")
    assert front.talk("#team") == [("bob", "at 13"), ("bob", "other")]
    room = front.conversation("#team")
    assert [entry.is_edited for entry in room.entries if entry.is_talk] == [True, False]
    front.conversations.take_changes()
    assert room.unread == 2


def test_correction_by_somebody_else_is_a_message(front):
    """Nobody edits what others have said."""
    front.say(1, "bob", "#team", "at 12", "a1")
    front.say(2, "eve", "#team", "at 13", "a2", "+rookery.chat/edit=a1")
    assert front.talk("#team") == [("bob", "at 12"), ("eve", "at 13")]


def test_deleted_correction_gives_the_original_back(front):
    """REDACT of an edit undoes it, REDACT of the message leaves its place empty."""
    front.say(1, "bob", "#team", "at 12", "a1")
    front.say(2, "bob", "#team", "at 13", "a2", "+rookery.chat/edit=a1")
    front.feed(":bob!u@h REDACT #team a2")
    assert front.talk("#team") == [("bob", "at 12")]
    front.feed(":bob!u@h REDACT #team a1 :oops")
    assert front.last("#team").is_redacted
    assert front.last("#team").text == ""


def test_reactions_come_and_go(front):
    """Names stand in order; who takes theirs back is gone."""
    front.say(1, "bob", "#team", "cake!", "a1")
    for second, who in ((2, "zoe"), (3, "bob")):
        front.feed(
            f"@{AT.format(second)};msgid=b{second};+draft/react=🎂;+draft/reply=a1 "
            f":{who}!u@h TAGMSG #team"
        )
    assert front.last("#team").reactions == {"🎂": ("zoe", "bob")}
    front.feed(f"@{AT.format(4)};msgid=b4;+draft/unreact=🎂;+draft/reply=a1 :zoe!u@h TAGMSG #team")
    assert front.last("#team").reactions == {"🎂": ("bob",)}


def test_answers_are_counted(front):
    """A message knows how many answers to it are loaded."""
    front.say(1, "bob", "#team", "who is in?", "a1")
    front.say(2, "zoe", "#team", "me", "a2", "+draft/reply=a1")
    room = front.conversation("#team")
    assert next(entry for entry in room.entries if entry.msgid == "a1").reply_count == 1
    assert front.last("#team").reply_to == "a1"


def test_typing_ends_by_itself(front):
    """Who types is shown until they say something, stop, or fall silent."""
    front.feed("@+typing=active :bob!u@h TAGMSG #team")
    assert front.conversation("#team").typing == ("bob",)
    told.tick(front.conversations, front.now_s + 5)
    assert front.conversation("#team").typing == ("bob",)
    told.tick(front.conversations, front.now_s + 6)
    assert front.conversation("#team").typing == ()
    front.feed("@+typing=active :bob!u@h TAGMSG #team")
    front.say(1, "bob", "#team", "there", "a1")
    assert front.conversation("#team").typing == ()


def test_presence_of_members_and_correspondents(front):
    """Away and gone are shown beside the name, in the room and in the list."""
    front.say(1, "bob", "alice", "psst", "a1")
    front.feed(":bob!u@h AWAY :lunch")
    front.conversations.take_changes()
    assert Presence.AWAY is front.conversation("bob").presence
    room = front.conversation("#team")
    assert (Member("alice", "@"), Member("bob", "", Presence.AWAY)) == room.members
    front.feed(":bob!u@h QUIT :bye")
    front.conversations.take_changes()
    assert Presence.GONE is front.conversation("bob").presence
    assert (Member("alice", "@"),) == room.members


def test_ranks_follow_mode(front):
    """MODE changes the sign before a name."""
    front.feed(":alice!u@h MODE #team +o-o bob alice")
    front.conversations.take_changes()
    assert (Member("bob", "@"), Member("alice")) == front.conversation("#team").members


def test_events_stand_between_messages(front):
    """Joining, leaving, kicking, renaming, topic: each with who did it."""
    front.feed(
        f"@{AT.format(1)};msgid=a1 :zoe!u@h JOIN #team zoe :Zoe",
        f"@{AT.format(2)};msgid=a2 :zoe!u@h NICK zoey",
        f"@{AT.format(3)};msgid=a3 :alice!u@h TOPIC #team :Cake",
        f"@{AT.format(4)};msgid=a4 :alice!u@h KICK #team zoey :spam",
        f"@{AT.format(5)};msgid=a5 :bob!u@h PART #team :bye",
    )
    events = [entry.event for entry in front.conversation("#team").entries[1:]]
    assert [
        Event(What.JOINED),
        Event(What.RENAMED, "zoey"),
        Event(What.TOPIC, detail="Cake"),
        Event(What.REMOVED, "zoey", "spam"),
        Event(What.LEFT, detail="bye"),
    ] == events
    assert front.conversation("#team").topic == "Cake"


def test_private_message_opens_a_conversation(front):
    """Somebody new has a place in the list, is watched, and their history is read."""
    front.feed(":s 005 alice MONITOR=100 :are supported")
    front.say(1, "carol", "alice", "hi", "a1")
    said = [line.partition(" ")[2] if line[0] == "@" else line for line in front.lines]
    assert said == [
        "MONITOR + carol",
        "MARKREAD carol",
        "CHATHISTORY LATEST carol * 100",
    ]
    front.conversations.take_changes()
    assert (front.conversation("carol").unread, front.conversation("carol").mentions) == (1, 1)
    assert [("carol", front.last("carol"))] == front.conversations.take_arrived()


def test_what_i_said_elsewhere_stands_in_the_talk(front):
    """My message from another device is mine, and not unread."""
    front.feed(f"@{AT.format(1)};msgid=a1 :alice!u@h PRIVMSG carol :from the phone")
    assert front.last("carol").is_own
    front.conversations.take_changes()
    assert front.conversation("carol").unread == 0


def test_removed_from_a_room(front):
    """A kick leaves the conversation there, says who it was, and nothing can be said."""
    front.feed(":bob!u@h KICK #team alice :bye")
    assert not front.conversation("#team").is_joined
    assert front.conversation("#team").entries[-1].text == "bob removed you from team (bye)."
    asks.say(front.conversations, "#team", "hey")
    assert front.lines == []


def test_server_s_words_without_a_conversation():
    """What nobody can see in a conversation is told once, apart."""
    front = Front()
    front.connect()
    front.feed(":s NOTICE alice :Maintenance at noon")
    assert front.conversations.take_words() == ["Server: Maintenance at noon."]
    assert front.conversations.take_words() == []


def test_words_stand_in_the_conversation_in_front(front):
    """With one open, the server's words are a line in it."""
    asks.open_(front.conversations, "#team")
    front.feed(":s NOTICE alice :Maintenance at noon")
    last = front.conversation("#team").entries[-1]
    assert (last.kind, last.text) == (Kind.WORD, "Server: Maintenance at noon.")
    assert State.SENT is last.state


def test_what_was_read_offline_is_told_on_return(front):
    """The server's marker lies behind mine, so that my other devices hear of mine, once."""
    front.say(1, "bob", "#team", "hello", "a1")
    front.drop()
    asks.read_all(front.conversations, "#team")
    assert front.lines == []
    front.connect_quietly()
    join = next(line for line in front.lines if "JOIN" in line)
    front.feed(
        f"@label={parse(join).tags['label']} :s BATCH +j labeled-response",
        "@batch=j :alice!u@h JOIN #team alice :alice",
        "@batch=j :s MARKREAD #team *",
        "@batch=j :s 366 alice #team :End",
        ":s BATCH -j",
        ":s MARKREAD #team *",
    )
    marks = [line for line in front.lines if line.startswith("MARKREAD #team timestamp=")]
    assert marks == ["MARKREAD #team timestamp=2026-11-22T10:00:01.000Z"]


def test_talk_of_somebody_renamed_says_so(front):
    """It stays under the former name, which is another person to the server."""
    front.say(1, "bob", "alice", "psst", "a1")
    front.feed(":bob!u@h NICK bobby")
    assert front.conversation("bob").entries[-1].text == (
        "bob is called bobby now. To go on talking: /msg bobby"
    )


def test_members_are_sorted_only_when_they_are_others(front):
    """A message leaves them as they are: the very same."""
    front.conversations.take_changes()
    before = front.conversation("#team").members
    front.say(1, "bob", "#team", "hello", "a1")
    front.conversations.take_changes()
    assert front.conversation("#team").members is before
    front.feed(":zoe!u@h JOIN #team zoe :zoe")
    front.conversations.take_changes()
    assert [member.nick for member in front.conversation("#team").members][-1] == "zoe"
    front.feed(":bob!u@h QUIT :gone")
    front.conversations.take_changes()
    assert "bob" not in [member.nick for member in front.conversation("#team").members]
