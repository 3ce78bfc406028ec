"""The conversation of one run: lines typed in, news out, and what the prompt says.

`typed` is called on the keyboard's thread, `news` on the receiving one; both under the session's
lock. What is typed while the server owes an answer waits its turn, so that `join x` and the line
behind it mean what they say.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from rookery.client import asking, wording
from rookery.client.line import commands, heard, lobby
from rookery.client.line.questions import SENDING, SIGNING_IN, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.news import News
    from rookery.client.session import Session


class Front(Protocol):
    """What a person sits in front of. Nothing here may wait for another thread."""

    is_interactive: bool
    """A person is there to answer a question that comes up by itself."""

    def show(self, line: str) -> None:
        """Print a line."""

    def asked(self, prompt: str) -> None:
        """Know that a question stands at the prompt now."""

    def finish(self, exit_code: int) -> None:
        """End the run."""

    def complete(self) -> None:
        """Complete what is typed: what was asked for it is known now."""


class Talk:
    """One run of the line client. The modules beside this one read and set its fields."""

    def __init__(self, session: Session, front: Front) -> None:
        self.session = session
        self.model = session.model
        self.front = front
        self.show = front.show
        self.room = ""
        """The wire name of the room in which what is typed is said; empty in the lobby."""
        self.pending = ""
        """What the next typed line waits for: a request's label, or a word of `questions`."""
        self.is_name_given = False
        """The name came from the command line: without a person no other can be asked for."""
        self.was_in = False
        self.is_offline = False
        self.is_hurried = False
        """Enter was pressed to try now; the result is worth a word."""
        self.has_failed = False
        """Something typed was no command."""
        self.looking = ""
        """The label of what was asked to complete a word."""
        self.was_exit_asked = False
        """The person knows that lines would not be sent."""
        self.hinted: set[str] = set()
        """The kinds of hints that were given."""
        self.dropped: list[tuple[str, str]] = []
        """Lines (target, text) that will not be sent, for want of somebody to ask."""
        self.taken = ""
        """The name that was refused last, as typed."""
        self._question: Question | None = None
        self._typed: deque[str] = deque()

    @property
    def prompt(self) -> str:
        """Return what stands before the line that is being typed."""
        if self._question is not None:
            return self._question.prompt
        if self.pending == SIGNING_IN:
            return ""
        place = wording.place(self.room)
        if not self.is_offline:
            return f"{place}> "
        waiting = len(self.model.outbox)
        state = f"(offline, {waiting} waiting)" if waiting else "(offline)"
        return f"{place} {state}> ".lstrip()

    @property
    def is_secret(self) -> bool:
        """Return whether what is typed must not be shown."""
        return self._question is not None and self._question.is_secret

    @property
    def is_settled(self) -> bool:
        """Return whether all that was typed is done, and all that was sent is stored."""
        return not self._typed and not self.pending and not len(self.model.outbox)

    @property
    def has_question(self) -> bool:
        """Return whether an answer is waited for."""
        return self._question is not None

    def ask(
        self,
        prompt: str,
        answer: Callable[[str], None],
        *,
        is_secret: bool = False,
        dropped: Callable[[], None] | None = None,
    ) -> None:
        """Put a question to the prompt; `dropped` is for Ctrl-C, see `Question`."""
        self._question = Question(prompt, answer, is_secret, dropped)
        self.front.asked(prompt)

    def drop_question(self) -> bool:
        """Take the question back, on Ctrl-C; return whether there was one to take back."""
        with self.session.using():
            question = self._question
            if question is None or question.dropped is None:
                return False
            self._question = None
            question.dropped()
            self.work()
            return True

    def typed(self, line: str) -> None:
        """Take a line from the keyboard; several lines in it were pasted."""
        with self.session.using():
            self._typed.append(line)
            self.work()

    def news(self, news: News) -> None:
        """Take what the session has to tell."""
        heard.hear(self, news)
        if self.pending == SENDING and (self.is_offline or not len(self.model.outbox)):
            self.pending = ""
        self.work()

    def work(self) -> None:
        """Do what was typed, as far as nothing has to be waited for."""
        while self._typed and not self.pending:
            line = self._typed.popleft()
            question, self._question = self._question, None
            if question is not None:
                question.answer(line)
            elif not line.strip():
                self._hurry()
            elif not self.room:
                self._command(line)
            elif line == "leave":
                lobby.leave(self, "")
            else:
                asking.say(self.model, self.room, line)

    def _hurry(self) -> None:
        if self.is_offline:
            self.is_hurried = True
            self.show("Trying now.")
            self.session.try_now()

    def _command(self, line: str) -> None:
        if "\n" in line.strip():
            self.show("These are several lines, and here each is a command. Nothing was done.")
            return
        command, word, rest = commands.find(line)
        if command is not commands.COMMANDS["exit"]:
            self.was_exit_asked = False
        if command is not None:
            command.run(self, rest)
            return
        self.has_failed = True
        self.show(commands.unknown(word))
