"""The table of keys as Textual binds it: an id for each action, which own keys replace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.binding import Binding, BindingType

from rookery.client.tui.keys import ANYWHERE, GOING, KEYS, MESSAGE, READING, SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.tui.keys import Key

BEGIN: Final = "begin_"
"""Before the name of an action: the first key of its sequence."""
NOWHERE: Final = "f24"
"""What an action without any key is bound to: a key that hardly a keyboard has."""


_DOERS: Final = {ANYWHERE: "do", GOING: "do", READING: "do", MESSAGE: "act"}
"""The Textual action that does all actions of a group, by their names."""


def bindings_of(*groups: str, is_priority: bool = True) -> list[BindingType]:
    """Return the bindings of some groups of the table.

    With priority they come before what the focused widget does with the key.
    """
    return [
        Binding(keys, action, key.description, show=False, priority=is_priority, id=binding_id)
        for key in KEYS
        if key.group in groups
        for binding_id, action, keys in _bound(key)
    ]


def keymap(table: Iterable[Key]) -> dict[str, str]:
    """Return the keys of each id, for `App.set_keymap`."""
    return {binding_id: keys for key in table for binding_id, _, keys in _bound(key)}


def _bound(key: Key) -> list[tuple[str, str, str]]:
    """Return id, action and keys of each binding that an action needs."""
    name = key.action
    if name in SEQUENCES and len(key.keys) > 1:
        begin = f"{BEGIN}{name}"
        return [(begin, begin, key.keys[0]), (name, name, key.keys[-1])]
    does = _DOERS.get(key.group, "")
    action = f"{does}({name!r})" if does else name
    return [(name, action, ",".join(key.keys) or NOWHERE)]
