import json
import stat
from pathlib import Path

import pytest

from rookery.client.options import Options
from rookery.client.state import VOUCHED, StateFolder, server_key, state_path
from rookery.errors import ClientError


def options(host="chat.lan", state_dir=None):
    """Return options."""
    return Options(host, 8080, None, None, None, None, state_dir)


def test_private_for_the_person(tmp_path):
    """The folder is 0700 and what is in it 0600."""
    state = StateFolder(tmp_path / "rookery")
    state.add_secret("s", "alice", "secret")
    assert stat.S_IMODE(state.path.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in state.path.iterdir()}
    assert {0o600} == modes


def test_secrets(tmp_path):
    """A proven secret is the only one; names fold; servers are kept apart."""
    state = StateFolder(tmp_path)
    assert state.secrets("s", "alice") == ()
    state.add_secret("s", "Alice", "one")
    state.add_secret("s", "alice", "two")
    state.add_secret("other", "alice", "three")
    assert state.secrets("s", "ALICE") == ("one", "two")
    state.prove_secret("s", "alice", "two")
    assert state.secrets("s", "alice") == ("two",)
    state.drop_secret("s", "alice", "two")
    assert state.secrets("s", "alice") == ()
    assert state.secrets("other", "alice") == ("three",)


def test_trust_and_names(tmp_path):
    """A pinned server and the last name survive the run."""
    StateFolder(tmp_path).trust("s", "ab" * 32)
    StateFolder(tmp_path).trust("t", VOUCHED)
    StateFolder(tmp_path).set_last_name("s", "alice")
    state = StateFolder(tmp_path)
    assert [state.trusted(one) for one in "stu"] == ["ab" * 32, VOUCHED, None]
    assert [state.last_name(one) for one in "st"] == ["alice", None]


@pytest.mark.parametrize("content", ("[]", '{"s": []}', '{"s": {"alice": [1]}}'))
def test_strange_content_is_no_secret(tmp_path, content):
    """What is not ours counts for nothing."""
    (tmp_path / "secrets.json").write_text(content)
    assert StateFolder(tmp_path).secrets("s", "alice") == ()


def test_broken_file_names_its_remedy(tmp_path):
    """A file that cannot be read is said so in a sentence, not overwritten."""
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(ClientError, match="XDG_STATE_HOME"):
        StateFolder(tmp_path).add_secret("s", "alice", "x")
    assert (tmp_path / "secrets.json").read_text() == "{"


def test_folder_that_cannot_be_made(tmp_path):
    """A secret that cannot be kept is an error before it is sent."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ClientError, match="Cannot use the state folder"):
        StateFolder(tmp_path / "file" / "state").add_secret("s", "alice", "x")


def test_where_it_is(tmp_path, monkeypatch):
    """An option counts before XDG_STATE_HOME, that before the usual place."""
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert Path("/state/rookery") == state_path(options())
    assert tmp_path == state_path(options(state_dir=tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/alice")
    assert Path("/home/alice/.local/state/rookery") == state_path(options())


@pytest.mark.parametrize("host", ("127.0.0.1", "LOCALHOST", "::1", "127.9.9.9", "localhost."))
def test_names_of_this_computer_are_one_server(host):
    """Whoever signs in to 127.0.0.1 is known at localhost."""
    assert server_key(options(host)) == "localhost:8080"


def test_other_servers():
    """Host names fold."""
    assert server_key(options("Chat.LAN.")) == "chat.lan:8080"


def test_written_as_json(tmp_path):
    """The files are plain, for whoever must mend them."""
    StateFolder(tmp_path).add_secret("s", "alice", "x")
    assert json.loads((tmp_path / "secrets.json").read_text()) == {"s": {"alice": ["x"]}}
