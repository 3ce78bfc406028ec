import json

import pytest
from tests.unit.client.conversation.front import AT, Front

from rookery.client.conversation import asks, snapshot
from rookery.wire.message import parse


@pytest.fixture
def front():
    """Alice, signed in and in #team with bob, who has said something."""
    front = Front()
    front.connect()
    front.join("team", "bob")
    front.say(1, "bob", "#team", "cake?", "a1")
    front.feed(f"@{AT.format(2)};msgid=b1;+draft/react=🎂;+draft/reply=a1 :zoe!u@h TAGMSG #team")
    return front


def again(front):
    """Return the next run, from what this one keeps, and that."""
    kept = json.loads(json.dumps(snapshot.taken(front.conversations)))
    later = Front()
    snapshot.restore(later.conversations, kept)
    later.conversations.take_changes()
    return later, kept


def test_view_is_the_same_in_the_next_run(front):
    """Entries, reactions, drafts, marks and the order come back."""
    asks.message(front.conversations, "carol")
    asks.draft(front.conversations, "#team", "half")
    asks.open_(front.conversations, "#team")
    front.conversations.take_changes()
    later, _ = again(front)
    before, after = front.conversation("#team"), later.conversation("#team")
    assert [e.text for e in after.entries] == [e.text for e in before.entries]
    assert after.entries[-1].reactions == {"🎂": ("zoe",)}
    assert (after.draft, after.unread, after.is_joined) == ("half", 1, True)
    assert after.entries[after.index_of(after.new_from_key)].text == "cake?"
    assert [one.name for one in later.conversations.shown] == ["#team", "carol"]
    assert later.conversations.open_key == "#team"


def test_what_was_read_is_not_new_in_the_next_run(front):
    """The line "new" comes back only with something unread."""
    front.conversations.take_changes()
    assert front.conversation("#team").new_from_key
    asks.open_(front.conversations, "#team")
    asks.read_all(front.conversations, "#team")
    front.conversations.take_changes()
    assert front.conversation("#team").new_from_key
    later, _ = again(front)
    assert later.conversation("#team").new_from_key == ""


def test_answers_are_counted_in_the_next_run(front):
    """A message that was answered says so again."""
    front.feed(f"@{AT.format(3)};msgid=a2;+draft/reply=a1 :zoe!u@h PRIVMSG #team :yes")
    before = [entry.reply_count for entry in front.conversation("#team").entries]
    later, _ = again(front)
    assert 1 in before
    assert [entry.reply_count for entry in later.conversation("#team").entries] == before


def test_view_of_a_client_that_kept_no_theme_is_read(front):
    """What an earlier release has written opens, with no theme chosen."""
    front.conversations.theme = "light"
    later, kept = again(front)
    del kept["theme"]
    older = Front()
    snapshot.restore(older.conversations, kept)
    assert (later.conversations.theme, older.conversations.theme) == ("light", "")


def test_rooms_are_entered_again(front):
    """The next run joins what was open."""
    later, _ = again(front)
    later.connect_quietly()
    assert any(line.endswith("JOIN #team") for line in later.lines)


def test_view_is_read_up_without_a_gap(front):
    """A page that does not reach the last view is followed by those before it."""
    later, _ = again(front)
    later.connect_quietly()
    join = next(line for line in later.lines if line.endswith("JOIN #team"))
    later.feed(
        f"@label={parse(join).tags['label']} :s BATCH +j labeled-response",
        f"@batch=j;{AT.format(50)};msgid=c0 :alice!u@h JOIN #team alice :alice",
        "@batch=j :s 366 alice #team :End",
        ":s BATCH -j",
    )
    later.page(
        "#team",
        f"{AT.format(40)};msgid=a4;account=bob :bob!u@h PRIVMSG #team :four",
        f"{AT.format(50)};msgid=c0 :alice!u@h JOIN #team alice :alice",
    )
    assert later.conversation("#team").is_loading
    later.page(
        "#team",
        f"{AT.format(1)};msgid=a1;account=bob :bob!u@h PRIVMSG #team :cake?",
        f"{AT.format(20)};msgid=a2;account=bob :bob!u@h PRIVMSG #team :two",
        f"{AT.format(30)};msgid=a3;account=bob :bob!u@h PRIVMSG #team :three",
        verb="BEFORE",
    )
    assert [text for _, text in later.talk("#team")] == ["cake?", "two", "three", "four"]
    assert not later.conversation("#team").is_loading


def test_correction_that_waits_is_not_in_the_view(front):
    """The next run must not show as said what the server has never had."""
    front.say(3, "alice", "#team", "mine", "a3")
    asks.edit(front.conversations, "#team", front.last("#team").key, "better")
    assert front.last("#team").text == "better"
    later, _ = again(front)
    assert later.last("#team").text == "mine"


@pytest.mark.parametrize(
    "spoil",
    (
        {"version": 99},
        {"conversations": 1},
        {"conversations": [{"name": "#x"}]},
        {"closed": []},
    ),
)
def test_other_content_is_refused(front, spoil):
    """What is not ours, or of another version, raises what the caller expects."""
    kept = snapshot.taken(front.conversations) | spoil
    with pytest.raises((ValueError, KeyError, TypeError)):
        snapshot.restore(Front().conversations, kept)
