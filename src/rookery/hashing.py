"""The process that hashes: one question a line on its input, one answer a line on its output.

It ends when its input does, or after `IDLE_S` without a question; who asks starts another
(`spare_passwords.py`). Started as `python -m rookery.hashing TIME_COST MEMORY_KIB`.
"""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Callable
from typing import Final

from rookery import turns
from rookery.passwords import Argon2Passwords

IDLE_S: Final = 60.0
"""How long the process keeps its 20 MB when nobody signs in (unit: seconds)."""


def answer(passwords: Argon2Passwords, question: str) -> str:
    """Return the answer to `[method, arguments…]`, which names a method of `Passwords`."""
    method, *arguments = json.loads(question)
    return json.dumps(_METHODS[method](passwords, *arguments))


_METHODS: Final[dict[str, Callable[..., object]]] = {
    "hash": Argon2Passwords.hash,
    "is_right": Argon2Passwords.is_right,
    "waste": Argon2Passwords.waste,
}


def main() -> None:
    """Answer until nobody asks any more."""
    turns.take_spare_turns()
    time_cost, memory_kib = map(int, sys.argv[1:])
    passwords = Argon2Passwords(time_cost, memory_kib)
    # One line is under way at a time: nothing waits in a buffer while select looks at the pipe.
    while select.select([sys.stdin], [], [], IDLE_S)[0]:
        question = sys.stdin.readline()
        if not question:
            return
        try:
            sys.stdout.write(f"{answer(passwords, question)}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the server then tries by itself
            sys.exit(f"rookery: a password could not be hashed here ({error})")


if __name__ == "__main__":
    main()
