"""Run the line client: choose the front, connect, and end with the right word and exit code."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Final

from rookery.client.line import naming
from rookery.client.line.pipe import Pipe
from rookery.client.line.talk import Talk
from rookery.client.safe_text import safe
from rookery.client.session import Session
from rookery.client.wording import place

if TYPE_CHECKING:
    from rookery.client.line.terminal import Terminal
    from rookery.client.options import Options

EXIT_UNSENT: Final = 75
EXIT_INTERRUPTED: Final = 130
DRAIN_S: Final = 5.0
"""How long `exit` waits for what was sent to be stored, and then for the server's goodbye."""
HURRIED_S: Final = 0.5
"""The same on Ctrl-C and other signals."""


def chat(options: Options) -> int:
    """Chat until the person leaves; return the exit code. May raise `ClientError`."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not is_terminal:
        # A shell starts what runs in its background with SIGINT ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _chat(options, _terminal() if is_terminal else Pipe())
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _terminal() -> Terminal | Pipe:
    """Return the front for this terminal; one that cannot move its cursor gets plain lines."""
    from rookery.client.line.terminal import Terminal, is_capable

    # prompt_toolkit takes 150 ms to import: only where there is a terminal for it.
    return Terminal() if is_capable() else Pipe(is_prompting=True)


def _chat(options: Options, front: Terminal | Pipe) -> int:
    password = options.given_password()
    session = Session(options, front.may_trust, is_read_kept=True)
    talk = Talk(session, front)
    session.open()
    with session.using():
        naming.begin(talk, options.user, password)
    session.start(talk.news, front.changed)
    code = front.run(talk)
    patience_s = DRAIN_S if code == 0 else HURRIED_S
    if code in {0, EXIT_INTERRUPTED}:
        session.wait_for(lambda model: not len(model.outbox) or not model.is_online, patience_s)
    session.stop(goodbye_s=patience_s)
    waiting = [(entry.target, entry.text) for entry in talk.model.outbox]
    unsent = [*talk.dropped, *waiting]
    if unsent:
        front.show("Not sent:")
    for target, text in unsent:
        front.show(f"  to {place(target)}: {safe(text)}")
    if front.has_goodbye(code):
        front.show("Bye.")
    return EXIT_UNSENT if unsent and code == 0 else code
