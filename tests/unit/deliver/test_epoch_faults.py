"""A fault of one port, one undo, one answer or one action behind a commit ends nothing else."""

import pytest
from tests.unit.deliver.test_epoch import FULL, Stage


@pytest.fixture
def stage():
    """Return an epoch whose faults are counted."""
    stage = Stage()
    stage.faults = []
    stage.epoch.guard = lambda step: _guarded(stage.faults, step)
    return stage


def _guarded(faults, step):
    try:
        step()
    except (RuntimeError, KeyError) as error:
        faults.append(error)
        return False
    return True


def _fails(*_):
    raise KeyError("a fault of ours")


def test_broken_port(stage):
    """Who is behind a port that raises is written to, and the actions are carried out."""
    done = []
    stage.ann.sessions[0].port.is_broken = True
    stage.says("one")
    stage.epoch.after_commit(lambda: done.append("after"))
    stage.turns.turn()
    stage.writer.finish()
    assert (stage.read(), done, len(stage.faults)) == (["one"], ["after"], 1)


def test_action_that_fails(stage):
    """The actions behind one that fails are carried out."""
    done = []
    stage.epoch.after_commit(_fails)
    stage.epoch.after_commit(lambda: done.append("after"))
    stage.turns.turn()
    assert (done, len(stage.faults)) == (["after"], 1)


def test_undo_and_answer_that_fail(stage):
    """The rest of a failed epoch is taken back and told, and the next one is stored."""
    done = []
    stage.says("one", lambda: done.append("undone"))
    stage.says("two", _fails)
    stage.epoch.waiting.append((_fails, "three", None))
    stage.says("four")
    stage.turns.turn()
    stage.writer.finish(FULL)
    assert (done, stage.told, len(stage.faults)) == (["undone"], ["one", "two", "four"], 2)
    stage.says("five")
    stage.turns.turn()
    stage.writer.finish()
    assert stage.read() == ["five"]


def test_what_needed_no_store_is_not_told_of_a_later_failure(stage):
    """A command of an epoch without rows counts, whatever becomes of the next."""
    stage.epoch.waiting.append((stage.told.append, "unstored", None))
    stage.replies("one")
    stage.turns.turn()
    stage.says("two")
    stage.turns.turn()
    stage.writer.finish(FULL)
    assert stage.told == ["two"]
