"""What was said to somebody who was away: from the sign-in until the last message is there."""

import time
from itertools import pairwise
from typing import Final

import machine
from asker import Asker
from figures import Row

MESSAGES: Final = 10_000
"""As many as wait for one name before further senders are told that its mailbox is full."""
TEXT_BYTES: Final = 100
_AWAY: Final = "away"
_SENT_AT_ONCE: Final = 500
_MARK: Final = b"kept-"
_DIGITS: Final = 6


def measure(port: int, pid: int) -> Row:
    """Send what is kept, sign in, and return how long it took to come and the CPU of each."""
    with Asker(port) as sender:
        sender.sign_in("sender")
        for start in range(0, MESSAGES, _SENT_AT_ONCE):
            numbers = range(start, start + _SENT_AT_ONCE)
            sender.send(*(f"PRIVMSG {_AWAY} :{_text(number)}" for number in numbers))
            sender.catch_up()
    with Asker(port) as receiver:
        began_s, began_cpu_s = time.perf_counter(), machine.cpu_s(pid)
        receiver.send(f"NICK {_AWAY}", f"USER {_AWAY} 0 * :{_AWAY}")
        lines = receiver.answer(_MARK, count=MESSAGES)
        took_s, cpu_s = time.perf_counter() - began_s, machine.cpu_s(pid) - began_cpu_s
        # What is doubled comes behind.
        lines += receiver.catch_up()
    texts = [line.partition(_MARK)[2] for line in lines if _MARK in line]
    return {
        "replay_ms": took_s * 1e3,
        "replay_cpu_us": cpu_s * 1e6 / MESSAGES,
        **faults_in([int(text[:_DIGITS]) for text in texts], MESSAGES),
    }


def _text(number: int) -> str:
    return f"{_MARK.decode()}{number:0{_DIGITS}}".ljust(TEXT_BYTES, "x")


def faults_in(numbers: list[int], count: int) -> Row:
    """Return how many of 0 … count - 1 are lost, came again, or came before an earlier one."""
    return {
        "delivered": len({*numbers}),
        "lost": count - len({*numbers}),
        "dup": len(numbers) - len({*numbers}),
        "gaps": sum(later < earlier for earlier, later in pairwise(numbers)),
    }
