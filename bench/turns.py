"""Turns at the processor: who measures wants short ones, and at once.

On Linux a thread may say how long its turns should be (`sched_setattr`, since 6.12 for ordinary
threads too): who wakes up interrupts a thread with longer turns, and waits for the next tick, up to
4 ms, where they are no longer than its own. Nobody's share changes by it. Elsewhere, and where it
is forbidden, nothing happens. Source: sched(7), sched_setattr(2).
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from typing import Final

_SYSCALLS: Final = {
    "x86_64": 314,
    "aarch64": 274,
    "riscv64": 274,
    "ppc64le": 355,
    "s390x": 345,
}
"""Number of `sched_setattr`: the C library has a function for it only since 2.41."""


class _Attributes(ctypes.Structure):
    """`struct sched_attr` in its first form."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


def want_turns(turn_ns: int) -> bool:
    """Ask for turns of this length, 0 for the kernel's own; return whether it was heard.

    It counts for the thread that asks, and for what it starts from now on.
    """
    number = _SYSCALLS.get(platform.machine()) if sys.platform == "linux" else None
    if number is None or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return False  # An operator who chose another policy has said it all.
    wanted = _Attributes(
        size=ctypes.sizeof(_Attributes),
        policy=os.SCHED_OTHER,
        nice=os.getpriority(os.PRIO_PROCESS, 0),
        runtime=turn_ns,
    )
    kernel = ctypes.CDLL(None)
    return bool(kernel.syscall(number, 0, ctypes.byref(wanted), 0) == 0)
