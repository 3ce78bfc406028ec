import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rookery.cli import main

CONFIG = """
server = "home"

[servers.home]
host = "home.example.org"
user = "alice"

[servers.work]
host = "work.example.org"
port = 8081
tls = true
password_file = "/secret"
"""


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """Put a client in the place of the real one; return the list of what it is called with."""
    calls = []

    def record(options, server, settings):
        calls.append((options, server, settings))
        return 75

    module = SimpleNamespace(tui=record)
    monkeypatch.setitem(sys.modules, "rookery.client.tui.start", module)
    path = tmp_path / "client.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("ROOKERY_CLIENT_CONFIG", str(path))
    return calls


@pytest.mark.parametrize(
    ("words", "host", "port", "user", "server"),
    (
        ([], "home.example.org", 8080, "alice", "home"),
        (["work"], "work.example.org", 8081, None, "work"),
        (["work", "--port", "1", "--user", "bob"], "work.example.org", 1, "bob", "work"),
        (["--host", "::1"], "::1", 8080, None, "::1"),
        (["--port", "8081"], "127.0.0.1", 8081, None, "127.0.0.1"),
        (["--user", "bob"], "home.example.org", 8080, "bob", "home"),
    ),
)
def test_server_comes_from_flags_or_config(calls, words, host, port, user, server):
    """A flag counts before the file; a host or port of one's own is another server."""
    assert main(["tui", *words]) == 75
    ((options, name, _),) = calls
    assert (options.host, options.port, options.user, name) == (host, port, user, server)


def test_all_options_of_a_server(calls):
    """What stands below its name is used."""
    main(["tui", "work"])
    options = calls[0][0]
    assert options.tls is True
    assert options.password_file == Path("/secret")


def test_unknown_server_is_a_sentence(calls, capsys):
    """Nothing is started."""
    assert main(["tui", "wrok"]) == 78
    assert calls == []
    assert "no [servers.wrok]. Known: home, work." in capsys.readouterr().err


@pytest.mark.parametrize("piped", ("stdin", "stdout", "stderr"))
def test_without_a_terminal_the_line_client_is_named(monkeypatch, tmp_path, capsys, piped):
    """A pipe cannot show a screen, whichever stream it is."""
    monkeypatch.setenv("ROOKERY_CLIENT_CONFIG", str(tmp_path / "none.toml"))
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        monkeypatch.setattr(stream, "isatty", lambda is_one=name != piped: is_one)
    assert main(["tui", "--port", "8081"]) == 1
    assert "rookery chat --host 127.0.0.1 --port 8081" in capsys.readouterr().err
