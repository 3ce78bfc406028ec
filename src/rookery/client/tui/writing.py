"""What the input is for at the moment: saying, answering or editing; and what Enter makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.conversation.entry import Kind, State
from rookery.client.tui import wishes
from rookery.client.tui.legible import legible
from rookery.client.tui.slash import IN_SCREEN, Mistaken, Ordered, Said, parsed

if TYPE_CHECKING:
    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.wishes import Wish

TYPING_EVERY_S: Final = 3.0
"""That somebody types is told no more often. IRCv3 typing."""


class Writing:
    """The input's state in one conversation; `key` is the conversation's."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.edited: Entry | None = None
        self.answered: Entry | None = None
        self._draft = ""
        """What was typed before an edit began."""
        self._told_at_s = -TYPING_EVERY_S
        self._is_told = False

    @property
    def note(self) -> str:
        """Return what to tell about the input; empty for plain saying."""
        if self.edited is not None:
            return "Editing: Enter saves, Ctrl-C leaves it as it was."
        if self.answered is not None:
            said = " ".join(legible(self.answered.text).split())
            return f"↱ Answering {legible(self.answered.sender)}: {said}"
        return ""

    def edit(self, entry: Entry, draft: str) -> str:
        """Begin to edit; return what the input shall hold."""
        self._draft = self._draft if self.edited is not None else draft
        self.edited, self.answered = entry, None
        return entry.text

    def answer(self, entry: Entry) -> None:
        """Begin to answer."""
        self.answered = entry

    def cancel(self) -> str:
        """Give up an edit or an answer; return what the input shall hold."""
        text = self._draft if self.edited is not None else ""
        self.edited = self.answered = None
        self._draft = ""
        return text

    def draft_of(self, text: str) -> str:
        """Return what is kept as the draft while the input holds `text`."""
        return self._draft if self.edited is not None else text

    def sent(self, text: str) -> Wish | Ordered | Mistaken:
        """Return what Enter means; afterwards call `done` where it was a wish."""
        if self.edited is not None:
            return wishes.Edit(self.key, self.edited.key, text)
        meant = parsed(text)
        if isinstance(meant, Ordered) and meant.name == "me":
            return self._say(meant.argument, is_action=True)
        if isinstance(meant, Ordered) and meant.name not in IN_SCREEN:
            return wishes.Command(self.key, meant.name, meant.argument)
        return self._say(meant.text, is_action=False) if isinstance(meant, Said) else meant

    def _say(self, text: str, *, is_action: bool) -> Wish:
        answered = self.answered.key if self.answered is not None else ""
        return wishes.Say(self.key, text, reply_to=answered, is_action=is_action)

    def typing(self, text: str, now_s: float) -> Wish | None:
        """Return what to tell others of the typing, if it is time to."""
        is_active = bool(text.strip()) and not text.startswith("/") and self.edited is None
        is_due = now_s - self._told_at_s >= TYPING_EVERY_S
        if is_active == self._is_told and not (is_active and is_due):
            return None
        self._is_told, self._told_at_s = is_active, now_s
        return wishes.TypingNow(self.key, is_active=is_active)


def is_editable(entry: Entry) -> bool:
    """Return whether the person may correct it."""
    return (
        entry.is_own
        and entry.kind is Kind.SAID
        and entry.state is State.SENT
        and not entry.is_redacted
        and bool(entry.msgid)
    )
