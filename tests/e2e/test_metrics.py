"""The numbers and the health of a real server, on an address of their own."""

import urllib.error
import urllib.request

import pytest
from tests.e2e.program import free_port, run
from tests.e2e.waits import SEEN_S


def _get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=SEEN_S) as answer:
        return answer.read().decode()


def test_metrics_and_health(server, irc):
    """Prometheus reads numbers that move with what is said; /healthz says ok."""
    port = free_port()
    server.start("--metrics-port", str(port))
    ann = irc().sign_in("ann").join("#yard")
    ann.send("PRIVMSG #yard :hi")
    ann.catch_up()
    text = _get(port, "/metrics")
    for line in (
        "rookery_people 1.0",
        "rookery_rooms 1.0",
        'rookery_logins_total{result="ok"} 0.0',
    ):
        assert line in text.splitlines()
    assert "process_resident_memory_bytes" in text
    assert _get(port, "/healthz") == "ok\n"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _get(port, "/")
    assert server.stop() == 0


def test_health_as_soon_as_it_listens(server):
    """Who is told that the server listens finds it healthy."""
    port = free_port()
    server.start("--metrics-port", str(port))
    assert _get(port, "/healthz") == "ok\n"


def test_nothing_listens_unless_asked(server):
    """Without the setting the numbers are nowhere to be read, and no library for them is loaded."""
    server.start("--no-web")  # The page has that library for itself, some time after the start.
    with open(f"/proc/{server.process.pid}/maps", encoding="utf-8") as maps:  # noqa: PTH123 - no file
        assert "aiohttp" not in maps.read()


def test_port_of_the_metrics_in_use(server, tmp_path):
    """A port that is taken is one sentence that names the setting."""
    server.start()
    taken = str(server.port)
    second = run(
        tmp_path / "x",
        *("serve", "--port", "0", "--data", str(tmp_path / "y"), "--metrics-port", taken),
    )
    assert second.returncode == 1
    assert second.stderr.splitlines()[-1].startswith("Cannot listen for metrics on 127.0.0.1 port ")
    assert "listening" not in second.stderr
    assert "Traceback" not in second.stderr
