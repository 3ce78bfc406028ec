"""The program `rookery`, started as its users start it, in a home of its own."""

import contextlib
import itertools
import os
import random
import socket
import subprocess
import sys
from typing import Final

ROOKERY: Final = (sys.executable, "-m", "rookery")
PORTS: Final = range(20_000, 30_000)
"""Below those that Linux hands out (32,768 on): a free one is given to nobody meanwhile."""
_ports = itertools.cycle(random.sample(PORTS, len(PORTS)))


def environment(home, **more):
    """Return the variables of somebody whose home is `home`, and nothing of the tester's."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        **more,
    }


def run(home, *arguments, text="", within_s=60.0, **more):
    """Run `rookery` to its end with `text` as its input; return the finished process."""
    return subprocess.run(
        [*ROOKERY, *arguments],
        input=text,
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
        timeout=within_s,
        check=False,
    )


def free_port():
    """Return a port on which nobody listens, and that is returned to nobody else."""
    for port in _ports:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("the ports never end")
