"""A line of text in pieces: addresses become links, on each wrapped line the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.tui.links import links, target
from rookery.client.tui.pieces import Line, Piece, Role
from rookery.client.tui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_ADDRESS_CHARS: Final = 2000
"""Of an address that is made a link; terminals ignore longer ones."""
_JOINERS: Final = ("\u200d", "\ufe0f")

_Span = tuple[int, int, Role, str]


def inline(
    text: str,
    marks: Sequence[tuple[str, Role]],
    first_cells: int,
    rest_cells: int,
    role: Role,
) -> list[Line]:
    """Return `text` with `marks` behind it as wrapped lines."""
    spans: list[_Span] = []
    for start, stop in links(text):
        address = target(text[start:stop])
        is_whole = not text[stop : stop + 1] or text[stop] not in _JOINERS
        if len(address) <= MAX_ADDRESS_CHARS and is_whole:
            spans.append((start, stop, Role.LINK, address))
    for words, mark_role in marks:
        text = f"{text} " if text else text
        spans.append((len(text), len(text) + len(words), mark_role, ""))
        text += words
    return [
        tuple(_cut_up(text, at, to, spans, role)) for at, to in wrap(text, first_cells, rest_cells)
    ]


def _cut_up(text: str, at: int, to: int, spans: Sequence[_Span], role: Role) -> Iterator[Piece]:
    """Yield the pieces of what stands from `at` to `to`."""
    for start, stop, own_role, address in spans:
        start, stop = max(start, at), min(stop, to)  # noqa: PLW2901 - clipped to the line
        if start < stop:
            if at < start:
                yield Piece(text[at:start], role)
            yield Piece(text[start:stop], own_role, address)
            at = stop
    if at < to:
        yield Piece(text[at:to], role)
