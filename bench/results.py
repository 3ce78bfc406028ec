"""The page `RESULTS.md`: goals, tables and pictures of one record, all of it computed."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import charts
import goals
import reading
import report
from figures import Row
from scenarios import ARCHIVE, CHAT_MEMBERS, CHAT_RATE, FLOOD, GROWTH, REPLAY, SPEED, of_part

_ARCHIVE_WORDS: Final = (
    f"One person in {len(reading.ROOMS)} rooms asks one thing after the other while a room of"
    f" {CHAT_MEMBERS} hears {CHAT_RATE} lines a second. The database was read through before: the"
    " system's page cache holds what fits."
)
_GROWTH_WORDS: Final = (
    "64 messages in flight. Rooms: ten people in each, drawn from 500. Connections: 50 of them are"
    " in the one room where somebody speaks."
)
_TABLES: Final = (
    ("Beside other servers", (SPEED,), ""),
    ("History and search", (ARCHIVE,), _ARCHIVE_WORDS),
    ("After an absence, and under a flood of wrong passwords", (REPLAY, FLOOD), ""),
    ("Growth", (GROWTH,), _GROWTH_WORDS),
)
_PICTURES: Final = {
    "Beside other servers": ("ratios", "room", "private", "cpu", "connections"),
    "History and search": ("archive",),
    "Growth": ("growth",),
}


def write(folder: Path, head: Row, rows: Sequence[Row]) -> None:
    """Write the page and its pictures into this folder."""
    drawn = dict(charts.drawn(rows, folder / "plots"))
    lines = [*_head(head, rows), "", "## Goals", "", *goals.table(rows), ""]
    for title, parts, words in _TABLES:
        table = report.table(rows, of_part(*parts))
        if len(table) == _HEAD_LINES:
            continue
        said = " ".join(filter(None, (_sizes(rows, parts), words)))
        lines += [f"## {title}", "", *([said, ""] if said else []), *table, ""]
        for name in _PICTURES.get(title, ()):
            if name in drawn:
                lines += [f"![{drawn[name]}](plots/{name}.svg)", ""]
    lines += ["## What was checked", "", *report.verdict(rows)]
    lines += [f"- {note}" for note in head["notes"]]
    (folder / "RESULTS.md").write_text("\n".join(lines) + "\n")


_HEAD_LINES: Final = 2


def _sizes(rows: Sequence[Row], parts: Sequence[str]) -> str:
    """Return in how many messages was looked, where the rows tell it."""
    wanted = of_part(*parts)
    sizes = {row.get("archive_rows") for row in rows if row["scenario"] in wanted} - {None}
    return f"In {' and '.join(f'{size:,}' for size in sorted(sizes))} messages." if sizes else ""


def _head(head: Row, rows: Sequence[Row]) -> list[str]:
    count = len({row["round"] for row in rows})
    began = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(head["began_s"]))
    minutes = (head.get("ended_s", head["began_s"]) - head["began_s"]) / 60
    return [
        "# The speed record",
        "",
        "Written by `make record`; [what is measured and how](README.md).",
        "",
        f"- Commit: {head['commit']}",
        f"- Date: {began}; rounds: {count}, interleaved; {minutes:.0f} minutes",
        f"- Machine: {head['machine']}, {head.get('load_after', 0):.1f} after",
    ]
