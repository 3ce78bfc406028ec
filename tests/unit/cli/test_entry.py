import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from rookery import __version__
from rookery.cli import main
from rookery.errors import ConfigError, RefusedError, RookeryError, StartError, UnreachableError


@pytest.fixture
def server(monkeypatch, tmp_path):
    """Put a server in the place of the real one: it runs whatever its `run` is set to."""
    fake = SimpleNamespace(run=lambda _loaded: 0)
    monkeypatch.setitem(sys.modules, "rookery.server", fake)
    monkeypatch.setenv("HOME", str(tmp_path))
    return fake


def test_version(capsys):
    """One line, for people and for bug reports."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Rookery {__version__}\n"


def test_help_lists_the_commands_and_exit_codes(capsys):
    """And how the shell learns to complete them."""
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {name} " in text for name in ("serve", "chat", "send", "tail", "config"))
    assert "_ROOKERY_COMPLETE=bash_source" in text
    assert "78 unusable settings" in text


@pytest.mark.parametrize("command", ("serve", "chat", "send", "tail", "config"))
def test_every_command_has_help(capsys, command):
    """Each is found in its module under its own name."""
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: rookery {command}")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    (
        (["serv"], "No such command 'serv'. Did you mean 'serve'?"),
        (["chat", "--port", "0"], '"0" is no port. Give a number from 1 to 65535'),
        (["serve", "--port", "x"], "must be a whole number from 0 to 65535."),
        (["serve", "--log-level", "loud"], "'loud' is not one of"),
        (["send"], "Missing argument 'TARGET'"),
    ),
)
def test_wrong_usage_is_2(capsys, arguments, expected):
    """The mistake is named, and nothing is started."""
    assert main(arguments) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    (
        (StartError("Port 8080 is taken."), 1),
        (RookeryError("Something."), 1),
        (UnreachableError("No server."), 69),
        (RefusedError("Not you."), 77),
        (ConfigError("Not so."), 78),
        (KeyboardInterrupt(), 130),
    ),
)
def test_an_error_is_its_sentence_and_its_code(server, capsys, error, code):
    """Nobody is shown a traceback."""

    def run(loaded):
        raise error

    server.run = run
    assert main(["serve"]) == code
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.strip() == str(error)


def test_a_command_returns_its_exit_code(server):
    """What `run` returns is what the shell sees."""
    server.run = lambda _loaded: 75
    assert main(["serve"]) == 75


def test_a_reader_that_goes_away_is_no_traceback():
    """`rookery config show | head -1` ends quietly."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m rookery config show | true"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert done.stderr == b""


def test_the_shell_is_told_the_choices():
    """Completion works through click's own protocol."""
    environ = os.environ | {
        "_ROOKERY_COMPLETE": "bash_complete",
        "COMP_WORDS": "rookery ser",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from rookery.cli import main; main()"],
        capture_output=True,
        check=True,
        env=environ,
        text=True,
    )
    assert done.stdout == "plain,serve\n"


def test_help_loads_no_library_but_click():
    """What a command needs is imported when it runs."""
    program = "import sys; from rookery.cli import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split())
    heavy = {"aiohttp", "argon2", "asyncio", "cryptography", "msgspec", "prompt_toolkit", "uvloop"}
    assert loaded & heavy == set()
