"""The keys that Textual's text fields bind themselves, done in the order in which they are pressed.

Textual inserts a letter at once, but hands a bound key up through every widget before it acts: of
a fast Backspace and Enter the Enter would come first.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget


def own_keys(bindings: Iterable[BindingType]) -> dict[str, str]:
    """Return the action of each key that a field binds."""
    return {
        key: binding.action
        for binding in bindings
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }


async def do_own(field: Widget, keys: dict[str, str], event: events.Key) -> bool:
    """Do at once what a key means to the field; return whether it means something."""
    action = keys.get(event.key)
    if action is None or not await field.app.run_action(action, field):
        return False
    event.stop()
    event.prevent_default()
    return True


def is_passed_on(widget: Widget, event: events.Key) -> bool:
    """Hand a key on where one before it gave the keys to another widget; return whether it did.

    Textual hands a burst of keys out before the first of them has acted.
    """
    app = widget.app
    # A dialog that has just come has no focus yet: it hands on by itself (`LineInput.take_early`).
    now = app.focused or (app.screen if app.screen is not widget.screen else widget)
    if now is widget:
        return False
    hand_to(now, event)
    return True


def hand_to(widget: Widget, event: events.Key) -> None:
    """Have another widget get a key."""
    widget.post_message(copy.copy(event))
    event.stop()
    event.prevent_default()
