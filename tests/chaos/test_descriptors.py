"""All file descriptors are used up: who is there goes on, and accepting resumes by itself."""

import contextlib
import resource
import socket
from pathlib import Path

from tests.chaos.audit import CONFIG, check
from tests.e2e.waits import SEEN_S

SPARE = 12
MORE = 40


def test_out_of_descriptors(server, crowd, irc, times):
    """Talk goes on, with history and logins; the next one gets in as soon as somebody has left."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "descriptors")
    talking.run_echoes(100)
    pid = server.process.pid
    in_use = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    _, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (in_use + SPARE, hard))
    for _ in range(times):
        said_before = server.log.text().count("out of file descriptors")
        with contextlib.ExitStack() as strangers:
            for _ in range(MORE):
                address = ("127.0.0.1", server.port)
                strangers.enter_context(socket.create_connection(address, timeout=SEEN_S))
            talking.run_until(
                lambda before=said_before: (
                    server.log.text().count("out of file descriptors") > before
                ),
                SEEN_S,
                "the end of the descriptors",
            )
            talking.run_echoes(200)
        irc(server.port).sign_in("late").close()
    check(server, talking)
    assert "Traceback" not in server.log.text()
