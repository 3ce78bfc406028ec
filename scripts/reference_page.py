"""Markdown for the generated pages of the reference: pages, tables, links to the source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTE: Final = "<!-- Made by `make docs`; edit the source that it names, not this page. -->"


def page(title: str, sources: tuple[str, ...], *parts: str) -> str:
    """Return a page; `sources` are paths from the root, each part is a paragraph or more."""
    made_from = f"Made from {' and '.join(map(source, sources))}." if sources else ""
    return "\n\n".join(filter(None, (f"# {title}", NOTE, made_from, *parts))) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    """Escape what a table cell or Markdown would read as its own."""
    escaped = text.replace("|", "\\|")
    return escaped if escaped.startswith("`") else escaped.replace("<", "\\<")


def code(text: str) -> str:
    """Return a text as code; nothing for none."""
    return f"`{text}`" if text else ""


def spec(text: str) -> str:
    """Return where something is specified; our own specs as a link."""
    if not text.startswith("docs/"):
        return text
    return f"[{Path(text).stem}]({text.replace('docs/', '../')})"


def source(path: str) -> str:
    """Return a link to a file of the source."""
    return f"[{path.removeprefix('src/')}](../../{path})"
