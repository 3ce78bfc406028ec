"""Which server a query is for: there is one, and people name it in several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core import masks
from rookery.core.refusal import Reason, Refusal
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call


def is_this_server(call: Call, target: str) -> bool:
    """Return whether `target` is a mask of the server's name, or the nick of somebody on it."""
    node = call.node
    is_named = masks.glob(target).fullmatch(node.replies.server) is not None
    return is_named or fold(target) in node.world.users


def check_is_here(call: Call, at: int = 0) -> None:
    """Raise NO_SUCH_SERVER where the parameter `at` is there and means another server."""
    target = call.param(at)
    if target and not is_this_server(call, target):
        raise Refusal(Reason.NO_SUCH_SERVER, target)
