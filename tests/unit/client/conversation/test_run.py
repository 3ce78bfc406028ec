import os
import stat

import pytest

from rookery.client.conversation import asks
from rookery.client.conversation.run import Run
from rookery.client.conversation.view_file import ViewFile
from rookery.client.options import Options
from rookery.client.state import StateFolder


@pytest.fixture
def options(tmp_path):
    """Return options for a server that is not there."""
    return Options("127.0.0.1", 9, "alice", None, None, None, tmp_path)


def test_view_is_saved_for_its_person_alone(options, tmp_path):
    """The file is the person's own, whole, and found by the next run."""
    run = Run(options, "alice")
    run.conversations.take("bob").conversation.draft = "half"
    assert run.stop() == []
    (path,) = (tmp_path / "views").iterdir()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600  # noqa: PTH116 - the mode alone
    again = Run(options, "Alice")
    assert again.is_known
    assert again.conversations.of("bob").conversation.draft == "half"
    other = Run(options, "carol")
    assert not other.is_known


@pytest.mark.parametrize("content", ("", "{", "[]", '{"version": 1}', '{"version": 7}'))
def test_unreadable_view_costs_nothing_but_a_note(options, content):
    """The client starts without it and says so."""
    run = Run(options, "alice")
    run.stop()
    ViewFile(StateFolder(options.state_dir), "localhost:9", "alice").write(content)
    again = Run(options, "alice")
    assert not again.is_known
    assert list(again.conversations) == []
    (word,) = again.conversations.take_words()
    assert word.startswith("The last view could not be read")


def test_view_is_written_when_it_has_changed(options):
    """Not twice the same, and not more often than every few seconds."""
    run = Run(options, "alice")
    assert run.to_save().view
    with run.using() as conversations:
        conversations.take("bob")
        asks.draft(conversations, "bob", "half")
    assert run.to_save().view == ""
    run.stop()


def test_another_name_has_nothing_of_the_first(options):
    """A taken name's talks, drafts and waiting lines stay with it."""
    run = Run(options, "alice")
    run.session.sign_in("alice")
    with run.using() as conversations:
        asks.message(conversations, "bob", "secret")
        asks.draft(conversations, "bob", "half")
    stale = run.to_save()
    run.be("carol")
    assert list(run.conversations) == []
    assert list(run.session.model.outbox) == []
    run.save(stale)
    assert run.stop() == []
    again = Run(options, "carol")
    assert list(again.conversations) == []
    again.be("alice")
    assert [waiting.text for waiting in again.session.model.outbox] == ["secret"]
    again.stop()


def test_nothing_is_written_behind_the_end(options):
    """What another thread was about to write is older than what the end has written."""
    run = Run(options, "alice")
    run.session.sign_in("alice")
    stale = run.to_save()
    with run.using() as conversations:
        asks.message(conversations, "bob", "secret")
    assert run.stop() == ["  to bob: secret"]
    run.save(stale)
    again = Run(options, "alice")
    assert again.conversations.of("bob") is not None


def test_rooms_of_the_last_view_outlive_a_connection_that_dies_early(options):
    """They are still to be entered on the next one, before anything is said there."""
    run = Run(options, "alice")
    run.conversations.take("#team")
    run.stop()
    again = Run(options, "carol")
    again.be("alice")
    model = again.session.model
    model.connected(0.0)
    model.disconnected(1.0)
    assert [(room.name, room.is_wanted) for room in model.rooms] == [("#team", True)]
    again.stop()
