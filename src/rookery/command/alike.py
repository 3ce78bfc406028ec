"""Lines that everybody gets alike but for their own nick: rendered once, until the rules change.

A rush of thousands who come back at once is greeted from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Rules

_NICK: Final = "\0"
"""Stands for the nick; no line holds it."""


class Alike:
    """Rendered lines by what they are, for the rules that they were rendered by."""

    __slots__ = ("_rules", "_texts")

    def __init__(self) -> None:
        self._rules: Rules | None = None
        self._texts: dict[str, str] = {}

    def lines(self, what: str, nick: str, rules: Rules, render: Callable[[str], bytes]) -> bytes:
        """Return the lines called `what` for `nick`; `render` makes them where they are not known.

        They must follow from the nick and the rules alone.
        """
        if rules is not self._rules:
            self._rules, self._texts = rules, {}
        text = self._texts.get(what)
        if text is None:
            text = self._texts[what] = render(_NICK).decode()
        return text.replace(_NICK, nick).encode()
