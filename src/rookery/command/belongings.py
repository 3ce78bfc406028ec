"""What an account has on this node beside the world: its devices, and its part of the uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Node


def give_up(node: Node, account: str) -> Callable[[], None]:
    """Let an account that is gone have nothing more; return what gives it all back."""
    takings_back = []
    if node.uploads is not None:
        takings_back.append(node.uploads.disown(account))
    if node.subscriptions is not None:
        takings_back.append(node.subscriptions.drop_all(account))

    def give_back() -> None:
        for take_back in takings_back:
            take_back()

    return give_back
