"""The front in a terminal: one prompt that stays whole while lines arrive above it.

One prompt_toolkit application runs from beginning to end on the keyboard's thread. Lines from any
thread go to its event loop, which takes the prompt away, prints them, and draws it again, all in
one step: what is being typed is never torn, and nothing is printed by two threads at once (as it
can be with `patch_stdout`, which prints from a thread of its own when no prompt is running).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final

from prompt_toolkit import PromptSession
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout.processors import (
    ConditionalProcessor,
    Processor,
    Transformation,
    TransformationInput,
)
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.utils import get_cwidth, is_dumb_terminal

from rookery.client.line.completion import complete, look_around
from rookery.client.line.wrap import wrapped
from rookery.client.safe_text import safe
from rookery.client.wording import names

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer

    from rookery.client.line.talk import Talk

PAINT_EVERY_S: Final = 0.03
"""Lines that come faster are printed together."""
EXIT_INTERRUPTED: Final = 130
HANGUP: Final = 128 + signal.SIGHUP


def is_capable() -> bool:
    """Return whether the terminal can move its cursor."""
    return not is_dumb_terminal()


class _Nothing(Processor):
    """Shows nothing of what is typed."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Replace the text by none."""
        return Transformation([], lambda _: 0, lambda _: 0)


class Terminal:
    """A person's terminal."""

    is_interactive = True

    def __init__(self) -> None:
        self._talk: Talk | None = None
        self._exit_code: int | None = None
        self._lines: list[str] = []
        self._lock = threading.Lock()
        self._is_painting = False
        self._is_gone = False
        self._loop: asyncio.AbstractEventLoop | None = None
        # Without cursor position requests: a terminal that does not answer them would be warned
        # about, and a one-line prompt does not need to know where it is.
        size = Vt100_Output.from_pty(sys.stdout).get_size
        self._output = Vt100_Output(sys.stdout, size, enable_cpr=False)
        is_secret = Condition(lambda: self._talk is not None and self._talk.is_secret)
        self._prompt: PromptSession[int] = PromptSession(
            self._prompt_text,
            key_bindings=self._keys(),
            input_processors=[ConditionalProcessor(_Nothing(), is_secret)],
            enable_suspend=True,
            reserve_space_for_menu=0,
            erase_when_done=True,
            output=self._output,
        )
        # The keys of prompt_toolkit that accept a line (Alt-Enter, Ctrl-O, Alt-#) would end it.
        self._prompt.default_buffer.accept_handler = self._accepted

    def show(self, line: str) -> None:
        """Print a line above the prompt; from any thread."""
        with self._lock:
            self._lines.append(line)
            loop = self._loop
            if loop is not None and not self._is_painting:
                self._is_painting = True
                loop.call_soon_threadsafe(self._paint)
        if loop is None:
            self._print()

    def asked(self, prompt: str) -> None:
        """Show the question: the prompt says it."""
        self._prompt.app.invalidate()

    def complete(self) -> None:
        """Complete what is typed by now."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._complete)

    def changed(self) -> None:
        """Pass it over: what is new is shown by `show`."""

    def finish(self, exit_code: int) -> None:
        """End `run`; the first call counts."""
        with self._lock:
            if self._exit_code is not None:
                return
            self._exit_code = exit_code
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._leave)

    def may_trust(self, fingerprint: str) -> bool:
        """Ask whether to trust an unknown certificate, before the prompt is there."""
        print("The server's certificate is not known here. Its SHA-256 is")
        print(f"  {fingerprint}")
        print("The server prints it at its start: compare the two.")
        with contextlib.suppress(EOFError):
            return input("Is it the same? (yes/no): ").strip().lower() in {"y", "yes"}
        return False

    def has_goodbye(self, exit_code: int) -> bool:
        """Return whether "Bye." is in place."""
        return exit_code in {0, EXIT_INTERRUPTED}

    def run(self, talk: Talk) -> int:
        """Read the keyboard until the person leaves; return the exit code."""
        self._talk = talk
        try:
            asyncio.run(self._run())
        except (EOFError, OSError):
            self._is_gone = True
            self.finish(HANGUP)
        self._print()
        assert self._exit_code is not None
        return self._exit_code

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.finish, 128 + number)
        with self._lock:
            self._loop = loop
        try:
            await self._prompt.prompt_async(pre_run=self._begun)
        finally:
            with self._lock:
                self._loop = None

    def _begun(self) -> None:
        if self._exit_code is not None:
            asyncio.get_running_loop().call_soon(self._leave)

    def _leave(self) -> None:
        app = self._prompt.app
        if app.is_running and app.future is not None and not app.future.done():
            app.exit(result=0)

    def _paint(self) -> None:
        """Print what has come; on the event loop."""
        self._print()
        loop = self._loop
        if loop is not None:
            loop.call_later(PAINT_EVERY_S, self._painted)

    def _painted(self) -> None:
        with self._lock:
            self._is_painting = bool(self._lines)
        if self._is_painting:
            self._paint()

    def _print(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, []
        app = self._prompt.app
        try:
            if lines:
                if app.is_running:
                    app.renderer.erase()
                self._output.write_raw("".join(f"{piece}\n" for piece in self._wrapped(lines)))
                self._output.flush()
        except OSError:
            self._is_gone = True
        app.invalidate()

    def _wrapped(self, lines: list[str]) -> list[str]:
        columns = self._output.get_size().columns
        return [
            piece
            for line in "\n".join(lines).split("\n")
            for piece in wrapped(line, columns, get_cwidth)
        ]

    def _prompt_text(self) -> str:
        return self._talk.prompt if self._talk is not None else ""

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        is_empty = Condition(lambda: not self._prompt.default_buffer.text)

        is_typing = has_focus(DEFAULT_BUFFER)

        @keys.add("tab", filter=is_typing)
        def _tab(_: KeyPressEvent) -> None:
            self._complete(is_asking=True)

        @keys.add("enter", filter=is_typing)
        def _enter(_: KeyPressEvent) -> None:
            self._entered()

        @keys.add("c-c", filter=is_typing)
        @keys.add("<sigint>")
        def _interrupt(_: KeyPressEvent) -> None:
            self._interrupted()

        @keys.add("c-d", filter=is_empty)
        def _end(_: KeyPressEvent) -> None:
            self.finish(0)

        return keys

    def _complete(self, *, is_asking: bool = False) -> None:
        """Complete the word at the cursor, or list what it may mean; ask where nothing is known."""
        talk, buffer = self._talk, self._prompt.default_buffer
        if talk is None or talk.is_secret:
            return
        before = buffer.document.text_before_cursor
        rest, words = complete(talk, before)
        if rest:
            buffer.insert_text(rest)
        elif len(words) > 1:
            self.show(names(words))
        elif is_asking:
            look_around(talk, before)

    def _entered(self) -> None:
        """Move what was typed from the prompt into the record above it, and act on it."""
        talk, buffer = self._talk, self._prompt.default_buffer
        assert talk is not None
        text = buffer.text
        if not talk.is_secret and text.strip():
            buffer.append_to_history()
        self._put_away("")
        self._print()
        if self._exit_code is None:
            talk.typed(text)

    def _accepted(self, _: Buffer) -> bool:
        """Do as Enter does; True: what stands at the prompt by now stays there."""
        self._entered()
        return True

    def _interrupted(self) -> None:
        """Drop what was typed, and the question; where there is neither, end."""
        talk, is_typed = self._talk, bool(self._prompt.default_buffer.text)
        assert talk is not None
        if is_typed or talk.has_question:
            self._put_away("^C")
        if not talk.drop_question() and not is_typed:
            self.finish(EXIT_INTERRUPTED)

    def _put_away(self, end: str) -> None:
        """Move the prompt and what was typed behind it into the record above."""
        talk, buffer = self._talk, self._prompt.default_buffer
        assert talk is not None
        shown = "" if talk.is_secret else "\n".join(map(safe, buffer.text.split("\n")))
        prompt = talk.prompt
        buffer.reset()
        self.show(f"{prompt}{shown}{end}")
