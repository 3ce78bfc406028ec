import io
import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery import log


@pytest.fixture(autouse=True)
def _logging_as_before():
    root, own = logging.getLogger(), logging.getLogger("rookery")
    handlers, level = root.handlers[:], own.level
    yield
    root.handlers[:] = handlers
    own.setLevel(level)


def written(style, *, is_terminal=False, level="info", write):
    """Return what `write` logs through a new logger of the part `net`."""
    stream = io.StringIO()
    log.configure(level, style, is_terminal=is_terminal, stream=stream)
    write(log.get("net"))
    return stream.getvalue()


def test_text_is_key_and_value():
    """A line for programs has time, level, part and event first; words without quotes."""
    text = written(
        "text",
        write=lambda net: net.warning(
            "session ended", session=7, reason="Ping timeout", after_s=1.50, account=None
        ),
    )
    time, rest = text.split(" ", 1)
    assert re.fullmatch(r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)
    assert rest == (
        'level=warning log=net event="session ended" '
        'session=7 reason="Ping timeout" after_s=1.5 account=null\n'
    )


def test_json_is_one_object():
    """Values keep their types; a field never replaces what the line says about itself."""
    text = written("json", write=lambda net: net.info("listening", port=8080, level="forged"))
    fields = json.loads(text)
    assert list(fields) == ["time", "level", "log", "event", "port"]
    assert (fields["level"], fields["event"], fields["port"]) == ("info", "listening", 8080)


def test_a_terminal_gets_lines_to_read():
    """The level is named only where it is not info."""
    text = written(
        "auto",
        is_terminal=True,
        write=lambda net: (net.info("listening", port=8080), net.error("disk full")),
    )
    lines = [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in text.splitlines()]
    assert lines == ["net: listening  port=8080", "error net: disk full"]


def test_auto_follows_the_terminal():
    """People read terminals, programs read pipes."""
    text = written("auto", write=lambda net: net.info("listening"))
    assert text.startswith("time=")


@pytest.mark.parametrize("is_terminal", (True, False))
@pytest.mark.parametrize("style", ("auto", "text", "json"))
@given(value=st.text())
def test_a_value_cannot_forge_a_line(style, is_terminal, value):
    """Whatever a peer sends, it stays inside one line and sends nothing to the terminal."""
    text = written(style, is_terminal=is_terminal, write=lambda net: net.info("joined", nick=value))
    assert text.endswith("\n")
    assert text[:-1].isprintable()


@pytest.mark.parametrize(
    ("value", "expected"),
    (
        ("bob", "bob"),
        ("", '""'),
        ("a b", '"a b"'),
        ('say "x"', r'"say \"x\""'),
        ("x\r\ntime=0 level=info", r'"x\r\ntime=0 level=info"'),
        ("\x1b[2J", r'"\u001b[2J"'),
        ("\x9b2J", r'"\u009b2J"'),
        ("\u202egnp.exe", r'"\u202egnp.exe"'),
        ("\U000e0001", r'"\U000e0001"'),
        ("Zoë", "Zoë"),
    ),
)
def test_what_is_not_printable_is_escaped(value, expected):
    """Line ends, terminal codes and direction marks are shown as what they are."""
    text = written("text", write=lambda net: net.info("joined", nick=value))
    assert text.partition(" nick=")[2] == f"{expected}\n"


@pytest.mark.parametrize(
    ("style", "is_terminal"), (("auto", True), ("text", False), ("json", False))
)
def test_a_traceback_cannot_forge_a_line(style, is_terminal):
    """An exception's text may hold what a peer sent: on a terminal its lines are indented."""

    def parse():
        raise ValueError("bad\n12:00:00 net: forged\x1b[2J")

    def fail(net):
        try:
            parse()
        except ValueError:
            net.exception("session failed", session=7)

    text = written(style, is_terminal=is_terminal, write=fail)
    assert "session failed" in text
    assert "ValueError" in text
    assert "\x1b" not in text
    assert all(line.startswith("    ") for line in text.splitlines()[1:])


def test_levels():
    """Only lines at least as serious as the level are written."""
    text = written(
        "text", level="warning", write=lambda net: (net.info("quiet"), net.warning("loud"))
    )
    assert ("quiet" in text, "loud" in text) == (False, True)
    assert "fine" in written("text", level="debug", write=lambda net: net.debug("fine"))


def test_configuring_again_replaces():
    """A reload changes form and level, and no line is written twice."""
    first = io.StringIO()
    log.configure("info", "json", is_terminal=False, stream=first)
    second = written("text", write=lambda net: net.info("once"))
    assert first.getvalue() == ""
    assert second.count("once") == 1


def test_other_libraries_lines_have_the_same_form():
    """A warning of asyncio is a structured line too."""
    stream = io.StringIO()
    log.configure("info", "json", is_terminal=False, stream=stream)
    logging.getLogger("asyncio").warning("took %s", "long")
    fields = json.loads(stream.getvalue())
    assert (fields["log"], fields["event"]) == ("asyncio", "took long")
