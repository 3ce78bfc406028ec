"""Draw docs/pictures/line-client.svg: a real server and real clients, in tmux, as SVG text.

`python scripts/picture.py` needs tmux and the installed package. Three people talk as `_STORY`
says; what then stands on the first one's screen is the picture, with the terminal's colours.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURE: Final = ROOT / "docs/pictures/line-client.svg"
PORT: Final = 8417
COLUMNS: Final = 76
ROWS: Final = 27
PATIENCE_S: Final = 10.0
POLL_S: Final = 0.05

_STORY: Final = (
    # Who, what they type, and what then stands on their screen.
    ("bob", "message alice lunch tomorrow?", "kept for whoever does."),
    ("carol", "message alice build is green", "kept for whoever does."),
    ("bob", "join teamchat", "Joined teamchat"),
    ("carol", "join teamchat", "Joined teamchat"),
    ("alice", "message", "To:"),
    ("alice", "bob", "Message:"),
    ("alice", "yes, 12:30", "Sent to bob."),
    ("alice", "message dave the report is done", "kept for whoever does."),
    ("alice", "join teamchat", "Joined teamchat"),
    ("alice", "Hello team!", "alice (in teamchat): Hello team!"),
    ("bob", "hi Alice", "bob (in teamchat): hi Alice"),
    ("alice", "exit", '("exit" was sent'),
    ("carol", "leave", "Left teamchat."),
    ("alice", "leave", "Left teamchat."),
    ("alice", "who", "are here"),
)


class _Style(NamedTuple):
    colour: str = "#d8dee9"
    is_bold: bool = False


_BASIC: Final = (
    "#4c566a",
    "#e06c75",
    "#98c379",
    "#e5c07b",
    "#61afef",
    "#c678dd",
    "#56b6c2",
    "#eee",
)
_SGR: Final = re.compile(r"\x1b\[([0-9;]*)m")


class _Terminals:
    """A tmux server of our own, one session for each person."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")
        self._folder = folder

    def open(self, name: str, command: str, awaited: str) -> None:
        self._tmux("new-session", "-d", "-s", name, "-x", str(COLUMNS), "-y", str(ROWS), command)
        self._await(name, awaited)

    def type(self, name: str, line: str, awaited: str) -> None:
        self._tmux("send-keys", "-t", name, "-l", line)
        self._tmux("send-keys", "-t", name, "Enter")
        self._await(name, awaited)

    def screen(self, name: str, *options: str) -> str:
        return self._tmux("capture-pane", "-p", "-t", name, *options)

    def close(self) -> None:
        self._tmux("send-keys", "-t", "server", "C-c")
        self._await("server", "stopped")
        self._tmux("kill-server")

    def _await(self, name: str, text: str) -> None:
        until_s = time.monotonic() + PATIENCE_S
        while text not in self.screen(name, "-J"):
            if time.monotonic() > until_s:
                sys.exit(f"{name}'s screen does not show {text!r}:\n{self.screen(name)}")
            time.sleep(POLL_S)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", self._socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def play(folder: Path) -> str:
    """Play the story and return the first person's screen, with its escape sequences."""
    program = f"{sys.executable} -m rookery"
    terminals = _Terminals(folder)
    serve = f"{program} serve --port {PORT} --data {folder / 'data'}; read line"
    terminals.open("server", serve, "listening")
    try:
        for name in ("bob", "carol"):
            terminals.open(name, _chat(program, folder, name), "Connected")
        for name, line, awaited in _STORY[:4]:
            terminals.type(name, line, awaited)
        terminals.open("alice", _chat(program, folder, ""), "Username:")
        terminals.type("alice", "alice", "build is green")
        for name, line, awaited in _STORY[4:]:
            terminals.type(name, line, awaited)
        return terminals.screen("alice", "-e")
    finally:
        terminals.close()


def _chat(program: str, folder: Path, name: str) -> str:
    user = f" --user {name}" if name else ""
    return f"{program} chat --port {PORT}{user} --state-dir {folder / (name or 'asked')}"


def drawn(screen: str) -> str:
    """Return a terminal's screen as an SVG document."""
    lines = screen.rstrip("\n").split("\n")
    width, height = COLUMNS * 8.4 + 32, len(lines) * 19 + 30
    body = []
    style = _Style()
    for at, line in enumerate(lines):
        spans, style = _spans(line, style)
        text = "".join(map(_span, spans))
        body.append(f'<text x="16" y="{at * 19 + 27}" xml:space="preserve">{text}</text>')
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}"'
                f' width="{width:.0f}" height="{height}"'
                ' font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"'
                ' font-size="14">'
            ),
            "<title>The line client of Rookery at work</title>",
            '<rect width="100%" height="100%" rx="8" fill="#20242c"/>',
            *body,
            "</svg>\n",
        )
    )


def _spans(line: str, style: _Style) -> tuple[list[tuple[str, _Style]], _Style]:
    spans = []
    parts = _SGR.split(line)
    for at, part in enumerate(parts):
        if at % 2:
            style = _changed(style, part)
        elif part:
            spans.append((part, style))
    return spans, style


def _changed(style: _Style, codes: str) -> _Style:
    for code in (int(one or 0) for one in codes.split(";")):
        if code == 0:
            style = _Style()
        elif code in {1, 22}:
            style = style._replace(is_bold=code == 1)
        elif code == 39:
            style = style._replace(colour=_Style().colour)
        elif code // 10 in {3, 9} and code % 10 < len(_BASIC):
            style = style._replace(colour=_BASIC[code % 10])
    return style


def _span(span: tuple[str, _Style]) -> str:
    text, style = span
    bold = ' font-weight="bold"' if style.is_bold else ""
    return f'<tspan fill="{style.colour}"{bold}>{escape(text)}</tspan>'


def main() -> None:
    """Play, draw and write."""
    with tempfile.TemporaryDirectory() as folder:
        screen = play(Path(folder))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn(screen), encoding="utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
