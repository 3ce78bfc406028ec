"""The rows of the lists beside the conversation: pure, from what is there to lines.

State is told by a sign: ▸ is in front or chosen, ● here, ◐ away, ○ not here, ✎ has a draft,
@ names me.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from rookery.client.happened import Presence
from rookery.client.tui.legible import legible
from rookery.client.tui.pieces import Line, Piece, Role
from rookery.client.tui.wrap import padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rookery.client.conversation.conversation import Conversation, Member

SIGNS: Final = {
    Presence.HERE: "●",
    Presence.AWAY: "◐",
    Presence.GONE: "○",
    Presence.UNKNOWN: " ",
}
MAX_COUNT: Final = 999
"""Above it "999+" is shown."""


class Row(NamedTuple):
    """A row; `key` is what is chosen by clicking it, empty for a heading."""

    line: Line
    key: str = ""


def sidebar(
    conversations: Iterable[Conversation], current_key: str, jump_key: str, width: int
) -> list[Row]:
    """Return rooms and people."""
    every = list(conversations)
    rows = [Row((Piece(_ends(" Jump to…", f"{jump_key} ", width), Role.HEADING),))]
    for title, is_room in (("ROOMS", True), ("PEOPLE", False)):
        part = [one for one in every if one.is_room is is_room]
        if part or is_room:
            rows.append(Row((Piece(padded(f" {title}", width), Role.HEADING),)))
        rows += [_conversation(one, one.key == current_key, width) for one in part]
    return rows


def _conversation(one: Conversation, is_current: bool, width: int) -> Row:
    role = Role.ROW
    if one.unread:
        role = Role.UNREAD
    if is_current:
        role = Role.CURRENT
    mark = " ▸ " if is_current else "   "
    name = legible(one.name) if one.is_joined else f"({legible(one.name)})"
    sign = "" if one.is_room else f" {SIGNS[one.presence]}".rstrip()
    tail = f"{_counters(one)} "
    room = width - cell_len(mark) - cell_len(tail) - cell_len(sign)
    shown = padded(name, room) if cell_len(name) > room else name
    return Row((Piece(_ends(f"{mark}{shown}{sign}", tail, width), role),), one.key)


def _counters(one: Conversation) -> str:
    parts = []
    if one.draft.strip():
        parts.append("✎" if one.unread else "✎ draft")
    if one.unread:
        parts.append(_count(one.unread))
    if one.mentions and one.is_room:
        parts.append(f"@{_count(one.mentions)}")
    return " ".join(("", *parts))


def _count(number: int) -> str:
    return str(number) if number <= MAX_COUNT else f"{MAX_COUNT}+"


def people(members: Sequence[Member], width: int, chosen_key: str = "") -> list[Row]:
    """Return who is in a room."""
    return [_person(member, member.nick == chosen_key, width) for member in members]


def _person(member: Member, is_chosen: bool, width: int) -> Row:
    mark, sign_role, role = " ", _presence_role(member.presence), Role.ROW
    if is_chosen:
        mark, sign_role, role = "▸", Role.CURRENT, Role.CURRENT
    name = padded(f"{member.prefix}{legible(member.nick)}", width - 3)
    line = Piece(f"{mark}{SIGNS[member.presence]} ", sign_role), Piece(name, role)
    return Row(line, member.nick)


def _presence_role(presence: Presence) -> Role:
    return Role.PRESENT if presence is Presence.HERE else Role.ABSENT


def _ends(left: str, right: str, width: int) -> str:
    """Return `left` and `right` at the two ends of a row."""
    room = width - cell_len(right)
    return padded(left, room) + right if room > 0 else padded(left, width)
