"""Measure the full-screen client on a pty: until its first frame, and until a key is seen.

python bench/tui.py
python bench/tui.py --rounds 9 --keys 300 --write

Every round also times a bare `import textual.app`, below which no client on Textual can come; see
README.md.
"""

import argparse
import itertools
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import machine
import marks
from screen import Screen, shown
from servers import BENCH, BUILD, SERVERS, running

MESSAGES_PER_S = 200
KEYS_PER_S = 10
ROOMS, MESSAGES = 10, 100
"""What the client that starts with a last view has seen before."""
_ONLINE, _FRAME, _QUIT = "● online".encode(), b"Ctrl-K", "/quit\r"
_LETTERS = [chr(code) for code in range(0x0400, 0x0530) if chr(code).isalpha()]
"""Each is typed once, so that its first appearance is its echo."""
_SENT_AFTER = 40
"""Letters on a line; no line is longer than the screen."""
_TUI = [sys.executable, "-m", "rookery", "tui"]
_MARK = "measured: tui"


def main() -> None:
    """Print the figures, and put them into the page where that is asked for."""
    options = _options()
    BUILD.mkdir(exist_ok=True)
    rows: dict[str, list[float]] = {}
    with (
        running(SERVERS["rookery"].command) as server,
        tempfile.TemporaryDirectory(dir=BUILD) as home,
    ):
        command = [*_TUI, "--port", f"{server.port}", "--user", "bench"]
        env = _environment(home)
        _fill(server.port, command, env)
        for _ in range(options.rounds):
            for name, figure in _starts(command, env, home).items():
                rows.setdefault(name, []).append(figure)
        quiet_ms = _echoes(command, env, options.keys)
        with _flood(server.port):
            flooded_ms = _echoes(command, env, options.keys)
    text = _table(rows, quiet_ms, flooded_ms)
    print(text)
    if options.write:
        marks.write_between(BENCH / "README.md", text, _MARK)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the full-screen client.")
    parser.add_argument("--rounds", type=int, default=7, help="starts of each kind")
    parser.add_argument("--keys", type=int, default=200, help="keys typed, with and without flood")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    options.keys = min(options.keys, len(_LETTERS))
    return options


def _environment(home: str) -> dict[str, str]:
    more = {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], **more}


def _fill(port: int, command: list[str], env: dict[str, str]) -> None:
    """Let the client see full rooms once, so that there is a last view."""
    with _person(port, "talker") as talker, shown(command, env) as screen:
        screen.seen(_ONLINE)
        for number in range(ROOMS):
            room = f"#room{number}"
            lines = [f"PRIVMSG {room} :message {at} of a usual length" for at in range(MESSAGES)]
            talker.sendall("".join(f"{line}\r\n" for line in (f"JOIN {room}", *lines)).encode())
            screen.press(f"/join {room}\r")
            screen.seen(f"{room}> ".encode())
            screen.seen(f"message {MESSAGES - 1} of".encode())
        screen.press(_QUIT)
        screen.drain(2.0)


def _starts(command: list[str], env: dict[str, str], home: str) -> dict[str, float]:
    """Return one figure of each kind of start."""
    began_s = time.perf_counter()
    with machine.pinned_to(machine.GENERATOR_CPU):
        subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    imported_s = time.perf_counter() - began_s
    with shown(command, env) as screen:
        painted_s = screen.seen(b"message 9") - screen.spawned_s
        painted_cpu_s = screen.cpu_s()
        online_s = screen.seen(_ONLINE) - screen.spawned_s
        screen.press(_QUIT)
    with tempfile.TemporaryDirectory(dir=home) as empty:
        elsewhere = {**env, "XDG_STATE_HOME": empty}
        with shown([*command[:-1], "bench2"], elsewhere) as screen:
            cold_s = screen.seen(_FRAME) - screen.spawned_s
            screen.press(_QUIT)
    return {
        "`import textual.app` alone, ms": imported_s * 1e3,
        "first frame with the last view, ms": painted_s * 1e3,
        "its CPU, ms": painted_cpu_s * 1e3,
        "first frame without one, ms": cold_s * 1e3,
        "online, ms": online_s * 1e3,
    }


def _echoes(command: list[str], env: dict[str, str], keys: int) -> list[float]:
    """Return how long each key took to be seen, in ms."""
    with shown(command, env) as screen:
        screen.seen(_ONLINE)
        screen.drain(1.0)
        taken_ms = [_echo(screen, at, letter) for at, letter in enumerate(_LETTERS[:keys])]
        screen.press(_QUIT)
    return taken_ms


def _echo(screen: Screen, at: int, letter: str) -> float:
    screen.drain(1 / KEYS_PER_S)
    if at % _SENT_AFTER == 0:
        screen.press("\x15")
    before = screen.written_bytes()
    pressed_s = screen.press(letter)
    return (screen.seen(letter.encode(), before) - pressed_s) * 1e3


@contextmanager
def _person(port: int, nick: str) -> Iterator[socket.socket]:
    """Yield a signed-in connection; what comes on it is thrown away."""
    with socket.create_connection(("127.0.0.1", port)) as person:
        person.sendall(f"NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n".encode())
        threading.Thread(target=_swallow, args=(person,), daemon=True).start()
        yield person


def _swallow(person: socket.socket) -> None:
    try:
        while data := person.recv(65_536):
            for line in data.split(b"\r\n"):
                if line.startswith(b"PING "):
                    person.sendall(b"PONG " + line.removeprefix(b"PING ") + b"\r\n")
    except OSError:
        return


@contextmanager
def _flood(port: int) -> Iterator[None]:
    """Say `MESSAGES_PER_S` messages a second in the room that the client shows."""
    is_over = threading.Event()
    with _person(port, "flood") as flood:

        def say() -> None:
            room = f"#room{ROOMS - 1}"
            flood.sendall(f"JOIN {room}\r\n".encode())
            for number in itertools.count():
                if is_over.wait(1 / MESSAGES_PER_S):
                    return
                flood.sendall(f"PRIVMSG {room} :{number} of very many words\r\n".encode())

        thread = threading.Thread(target=say, daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


def _table(rows: dict[str, list[float]], quiet_ms: list[float], flooded_ms: list[float]) -> str:
    lines = ["| figure | median | lowest | highest |", "| --- | ---: | ---: | ---: |"]
    for name, figures in rows.items():
        shown_ms = (statistics.median(figures), min(figures), max(figures))
        lines.append(f"| {name} | {' | '.join(f'{figure:.0f}' for figure in shown_ms)} |")
    lines += ["", "| a key until it is seen | p50 ms | p99 ms | highest ms |"]
    lines.append("| --- | ---: | ---: | ---: |")
    for name, taken_ms in (("quiet", quiet_ms), (f"{MESSAGES_PER_S} messages/s", flooded_ms)):
        cuts = statistics.quantiles(taken_ms, n=100)
        figures = (cuts[49], cuts[98], max(taken_ms))
        lines.append(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")
    rounds = len(next(iter(rows.values())))
    head = f"{rounds} rounds; {machine.description(Path(BUILD))}."
    return "\n".join([head, "", *lines])


if __name__ == "__main__":
    main()
