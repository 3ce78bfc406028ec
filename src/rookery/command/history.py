"""CHATHISTORY: what was said before. IRCv3 draft/chathistory.

Who may read what is said in `place`. What happened beside the talk (who came and went, reactions)
is shown and counted only for IRCv3 draft/event-playback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import history_targets
from rookery.command.missed import send_batch
from rookery.command.place import Place, place
from rookery.command.row import Command
from rookery.command.selector import BadSelectorError, Point, point
from rookery.core.clock import MAX_ID
from rookery.wire.capabilities import EVENT_PLAYBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.events import Said
    from rookery.store.base import Store


class _Window(NamedTuple):
    """Exclusive bounds; the newest between them are meant, or the oldest."""

    after_id: int
    before_id: int
    newest: bool


_EVERYTHING: Final = Point(MAX_ID, 0)


def _latest(points: list[Point]) -> _Window:
    return _Window(points[0].after_id, MAX_ID, newest=True)


def _before(points: list[Point]) -> _Window:
    return _Window(0, points[0].before_id, newest=True)


def _after(points: list[Point]) -> _Window:
    return _Window(points[0].after_id, MAX_ID, newest=False)


def _between(points: list[Point]) -> _Window:
    """Count from the first point on, forwards or backwards in time."""
    start, end = points
    if start.before_id <= end.before_id:
        return _Window(start.after_id, end.before_id, newest=False)
    return _Window(end.after_id, start.before_id, newest=True)


_WINDOWS: Final[dict[str, Callable[[list[Point]], _Window]]] = {
    "LATEST": _latest,
    "BEFORE": _before,
    "AFTER": _after,
    "BETWEEN": _between,
}
_AROUND: Final = "AROUND"


def chathistory(call: Call) -> None:
    """Send a page of history as a `chathistory` batch, empty where there is nothing."""
    subcommand = call.param(0).upper()
    if subcommand == history_targets.NAME:
        history_targets.targets(call)
        return
    if subcommand not in _WINDOWS and subcommand != _AROUND:
        call.fail("INVALID_PARAMS", call.param(0) or "*", "Unknown command")
        return
    selector_count = 2 if subcommand == "BETWEEN" else 1
    if not history_targets.has_count(call, selector_count + 3):
        return
    target, *selectors = call.params[1:-1]
    points = _points(call, subcommand, target, selectors)
    limit = history_targets.limit_of(call) if points else 0
    if not points or not limit:
        return
    there = place(call, target)
    if there is None:
        call.fail("INVALID_TARGET", subcommand, target or "*", "Messages could not be retrieved")
        return
    ask = _around if subcommand == _AROUND else _window
    _read(call, there, ask(call, there, points, limit))


def _talk_only(call: Call) -> bool:
    return not call.session.caps & EVENT_PLAYBACK


def _points(call: Call, subcommand: str, target: str, selectors: list[str]) -> list[Point]:
    """Return what the selectors name; none after an answer that says what is wrong."""
    if subcommand == "LATEST" and selectors == ["*"]:
        return [_EVERYTHING]
    points = []
    for selector in selectors:
        try:
            points.append(point(selector))
        except BadSelectorError as error:
            shown = selector.split(" ")[0] or "*"
            if error.is_unknown_kind:
                text = "Messages are found by msgid and timestamp here"
                call.fail("INVALID_MSGREFTYPE", subcommand, target, shown, text)
            else:
                call.fail("INVALID_PARAMS", subcommand, shown, "Give msgid=… or timestamp=…")
            return []
    return points


class _Page(NamedTuple):
    """How a page is read; it has nothing from `before_id` on."""

    read: Callable[[Store], list[Said]]
    before_id: int


def _window(call: Call, there: Place, points: list[Point], limit: int) -> _Page:
    window, talk_only = _WINDOWS[call.params[0].upper()](points), _talk_only(call)
    # What is said from now on comes by itself: a page with it would show it twice.
    before_id = min(window.before_id, call.node.ids.last_id + 1)

    def read(store: Store) -> list[Said]:
        return store.history(
            there.conversation,
            max(window.after_id, there.floor_id),
            before_id,
            limit,
            newest=window.newest,
            talk_only=talk_only,
        )

    return _Page(read, before_id)


def _around(call: Call, there: Place, points: list[Point], limit: int) -> _Page:
    middle_id, talk_only = points[0].before_id, _talk_only(call)
    before_id = call.node.ids.last_id + 1  # As in a window.

    def read(store: Store) -> list[Said]:
        rows = store.around(there.conversation, middle_id, limit, talk_only=talk_only)
        return [row for row in rows if there.floor_id < row.id < before_id]

    return _Page(read, before_id)


def _read(call: Call, there: Place, page: _Page) -> None:
    node, subcommand, name = call.node, call.params[0].upper(), there.name
    call.wait_for(
        node.readers,
        lambda: page.read(node.store),
        lambda rows: send_batch(call, f"chathistory {name}", rows),
        lambda _: call.fail("MESSAGE_ERROR", subcommand, name, "Messages could not be retrieved"),
        is_settled=node.epoch.is_settled(there.conversation, page.before_id),
    )


COMMANDS: Final = (
    Command(
        "CHATHISTORY",
        chathistory,
        0,
        "CHATHISTORY <LATEST|BEFORE|AFTER|AROUND> <target> <msgid=… | timestamp=… | *> <limit>,"
        " BETWEEN <target> <from> <to> <limit>, TARGETS <from> <to> <limit>",
        "Read what was said before in a room that you are in, or with a person.",
        "IRCv3 draft/chathistory",
    ),
)
