"""The line client's prompt, with keys pressed through a pipe instead of a keyboard."""

import contextlib
import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.ansi_escape_sequences import REVERSE_ANSI_SEQUENCES
from prompt_toolkit.key_binding.defaults import load_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.shortcuts import PromptSession
from tests.unit.client.line.desk import Desk

from rookery.client.line.terminal import EXIT_INTERRUPTED, Terminal

LEAVE = "\x03" * 6
"""Ctrl-C, for what may be half pressed, searched and typed, and to leave."""
NO_KEYS = {Keys.Any, Keys.SIGINT, Keys.BracketedPaste}
"""What is bound beside keys; the beginning of a paste waits for its end."""
ENDS_OR_STOPS = {"\x03", "\x04", "\x1a"}
"""Ctrl-C and Ctrl-D leave, and Ctrl-Z would stop the tests themselves."""


def _written(key):
    return REVERSE_ANSI_SEQUENCES.get(key, key)


def _every_key():
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        of_prompt = PromptSession().app.key_bindings.bindings
    bindings = [*load_key_bindings().bindings, *of_prompt]
    pressed = {one.keys for one in bindings if not NO_KEYS & set(one.keys)}
    written = {"".join(map(_written, keys)) for keys in pressed}
    return sorted(keys for keys in written - ENDS_OR_STOPS if not keys[0].isprintable())


def _run(keys):
    """Press keys, then Ctrl-C until it ends; return its exit code, what it showed and sent."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        desk = Desk()
        desk.sign_in()
        desk.enter()
        desk.read()
        desk.said()
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            terminal = Terminal()
            desk.talk.front, desk.talk.show = terminal, terminal.show
            pipe.send_text(keys + LEAVE)
            return terminal.run(desk.talk), out.getvalue(), desk.said()


@pytest.mark.parametrize("key", _every_key(), ids=repr)
def test_every_key_that_the_library_knows(key):
    """No key ends the client but those that are said to."""
    exit_code, shown, _ = _run(f"hello{key}")
    assert exit_code == EXIT_INTERRUPTED
    assert "Unhandled exception" not in shown


@pytest.mark.parametrize("key", ("\r", "\x1b\r", "\x0f"), ids=["Enter", "Alt-Enter", "Ctrl-O"])
def test_keys_that_enter_a_line(key):
    """Keys that shells take a line with say it once, and the prompt is empty behind it."""
    exit_code, _, said = _run(f"one{key}two{key}")
    assert exit_code == EXIT_INTERRUPTED
    assert said == ["PRIVMSG #teamchat one", "PRIVMSG #teamchat two"]
