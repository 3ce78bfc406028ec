import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rookery.cli import main
from rookery.client.options import Options

PLAIN = Options(
    host="127.0.0.1",
    port=8080,
    user=None,
    tls=None,
    fingerprint=None,
    password_file=None,
    state_dir=None,
)


@pytest.fixture
def calls(monkeypatch):
    """Put clients in the place of the real ones; return the list of what they are called with."""
    calls = []

    def record(*arguments):
        calls.append(arguments)
        return 69

    for name, attribute in (("line", "chat"), ("send", "send"), ("tail", "tail")):
        module = SimpleNamespace(**{attribute: record})
        monkeypatch.setitem(sys.modules, f"rookery.client.{name}", module)
    return calls


@pytest.mark.parametrize(
    ("words", "expected"),
    (
        (["chat"], (PLAIN,)),
        (["send", "bob"], (PLAIN, "bob", None)),
        (["send", "bob", ""], (PLAIN, "bob", "")),
        (["send", "#ci", "build", "is  green"], (PLAIN, "#ci", "build is  green")),
        (["send", "bob", "--", "--not-a-flag"], (PLAIN, "bob", "--not-a-flag")),
        (["tail", "#ops"], (PLAIN, "#ops", False, 0)),
        (["tail", "#ops", "--json", "--last", "20"], (PLAIN, "#ops", True, 20)),
    ),
)
def test_a_command_calls_its_client(calls, words, expected):
    """And returns the client's exit code."""
    assert main(words) == 69
    assert calls == [expected]


def test_every_option_arrives(calls):
    """The same connection options for chat, send and tail."""
    words = (
        "chat --host ::1 --port 1 --user alice --tls --fingerprint AB:CD "
        "--password-file /p --state-dir /s"
    )
    assert main(words.split()) == 69
    assert calls == [
        (Options("::1", 1, "alice", True, "AB:CD", Path("/p"), Path("/s")),),
    ]


@pytest.mark.parametrize(("flag", "expected"), (("--tls", True), ("--no-tls", False)))
def test_tls_is_yes_no_or_unsaid(calls, flag, expected):
    """Without either flag the client decides."""
    main(["chat", flag])
    assert calls[0][0].tls is expected
