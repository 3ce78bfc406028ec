"""Wait until an application has done all that was caused, however slowly it does it.

A pause of Textual ends when each widget has done what it was told before; what that has told
others to do is waited for by the next one.
"""

QUIET_LOOKS = 2
"""So often in a row nobody may have a message left: one may still be made by who worked last."""


async def settled(pilot):
    """Return when no widget of any screen has a message left."""
    looks = 0
    while looks < QUIET_LOOKS:
        await pilot.pause()
        looks = 0 if _is_busy(pilot.app) else looks + 1


def pressed(*keys):
    """Return what presses keys, each when all that the one before has caused is done."""

    async def press(pilot):
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return press


def _is_busy(app):
    widgets = (one for screen in app.screen_stack for one in screen.walk_children(with_self=True))
    return any(one.message_queue_size for one in (app, *widgets))
