"""`rookery backup` beside a busy server, and `rookery restore` of what it wrote."""

import contextlib
import re
import stat
import threading

from tests.e2e.irc import Irc
from tests.e2e.program import run
from tests.e2e.server import Server

ROUNDS = 3
MAX_SAID = 10_000
"""One page of history."""


class Talker(threading.Thread):
    """Says numbered messages as fast as they are echoed, until told to stop or a page is full."""

    def __init__(self, connection):
        super().__init__()
        self._connection = connection
        self._is_over = threading.Event()
        self.echoed = 0

    def run(self):
        while not self._is_over.is_set() and self.echoed < MAX_SAID:
            number = self.echoed + 1
            self._connection.send(f"PRIVMSG #yard :number {number} ends")
            self._connection.expect(f"PRIVMSG #yard :number {number} ends")
            self.echoed = number

    def stop(self):
        self._is_over.set()
        self.join()


def _said(folder, data, number):
    """Return the numbers that a server on the folder has in its history."""
    server = Server(folder / f"server-{number}")
    server.config.parent.mkdir()
    server.data = data
    page = f"[limits]\nhistory_page = {MAX_SAID}\n"
    with contextlib.ExitStack() as ends:
        ends.enter_context(contextlib.closing(server))
        server.start("--no-limits", config=page)
        reader = ends.enter_context(contextlib.closing(Irc(server.port)))
        reader.sign_in("eve", "batch draft/chathistory server-time message-tags").join("#yard")
        reader.send(f"CHATHISTORY LATEST #yard * {MAX_SAID}")
        reader.expect(r"BATCH -")
        text = "\n".join(reader.lines)
        return [int(found) for found in re.findall(r":number (\d+) ends", text)]


def test_backup_under_load(server, irc, tmp_path):
    """Each backup holds all that was echoed before it, and no gap in what came after."""
    server.start("--no-limits")
    speaker = Talker(irc().sign_in("ann", "echo-message").join("#yard"))
    speaker.start()
    echoed = []
    for number in range(ROUNDS):
        echoed.append(speaker.echoed)
        done = run(tmp_path, "backup", str(tmp_path / f"kept-{number}"), "--data", str(server.data))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(" MiB, verified.\n")
    speaker.stop()
    assert echoed[-1] > echoed[0], "people talked meanwhile"
    for number in range(ROUNDS):
        kept, data = tmp_path / f"kept-{number}", tmp_path / f"data-{number}"
        done = run(tmp_path, "restore", str(kept), "--data", str(data))
        assert (done.returncode, done.stderr) == (0, "")
        said = _said(tmp_path, data, number)
        assert said == [*range(1, len(said) + 1)]
        assert len(said) >= echoed[number]


def test_restore_beside_a_running_server(server, tmp_path):
    """A folder in use is refused with a sentence, and the server goes on."""
    server.start()
    kept = str(tmp_path / "kept")
    assert run(tmp_path, "backup", kept, "--data", str(server.data)).returncode == 0
    refused = run(tmp_path, "restore", kept, "--data", str(server.data), "--replace")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Another Rookery (pid {server.process.pid}) uses ")
    again = run(tmp_path, "backup", kept, "--data", str(server.data))
    assert (again.returncode, "--replace" in again.stderr) == (1, True)
    assert server.stop() == 0


def test_all_files_are_private(server, irc, tmp_path):
    """Nothing that a running server or a backup writes may be read by others."""
    server.start("--tls")
    irc().sign_in("ann").join("#yard").send("PRIVMSG #yard :hi")
    kept = tmp_path / "kept"
    assert run(tmp_path, "backup", str(kept), "--data", str(server.data)).returncode == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in server.data.iterdir()}
    assert set(modes) >= {
        "rookery.db",
        "rookery.db-wal",
        "rookery.db-shm",
        "rookery.lock",
        "tls-cert.pem",
        "tls-key.pem",
    }
    assert {*modes.values(), stat.S_IMODE(kept.stat().st_mode)} == {0o600}
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_doctor_beside_a_running_server(server, tmp_path):
    """All is well with a server that runs, and nothing is well with a port of nobody."""
    server.start("--tls")
    well = run(tmp_path, "doctor", *server.arguments(), "--tls")
    assert (well.returncode, well.stdout.splitlines()[-1]) == (0, "No problems found.")
    other = run(tmp_path, "doctor", *server.arguments(), "--port", "1")
    assert other.returncode == 1
    assert "FAIL port " in other.stdout
