"""The proof of an account without a session: name and password, as HTTP has them.

It costs what a sign-in costs, on the same threads, and counts as one: whoever guesses here waits as
everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rookery.command.login import verified
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Node


class Proof(NamedTuple):
    """What came of it; all empty for a wrong name or password."""

    account: str = ""
    """Key of the account that was proven."""
    wait_s: int = 0
    """So long no further try counts."""
    is_busy: bool = False
    """Nobody looked at it: too much is going on."""


def prove(
    node: Node, address: str, name: str, password: str, done: Callable[[Proof], None]
) -> None:
    """Check a password that came from `address`, and call `done` once with what came of it."""
    key, gate = fold(name), node.gate
    wait_s = gate.try_from(address, key, node.now_ms())
    if wait_s:
        done(Proof(wait_s=wait_s))
        return
    generation = node.world.registry.generation(key)

    def check() -> bool:
        row = verified(node.store.account(key))
        if row is None:
            node.passwords.waste(password)
            return False
        return node.passwords.is_right(row.password_hash, password)

    def judge(is_right: bool) -> None:  # noqa: FBT001 - what `check` returns
        if not is_right or node.world.registry.generation(key) != generation:
            gate.failed_count += 1
            done(Proof())
            return
        gate.ok_count += 1
        gate.was_right(address, key)
        done(Proof(account=key))

    def give_up(_: Exception) -> None:
        gate.was_not_judged(address, key)
        done(Proof(is_busy=True))

    # An account that was made a moment ago is found once it is stored.
    node.epoch.after_commit(lambda: node.hashers.run(check, judge, give_up))
