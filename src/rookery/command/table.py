"""Every command, one row each, by family. The reference page and HELP are made from it."""

from __future__ import annotations

from typing import Final

from rookery.command import (
    account,
    away,
    capability,
    history,
    info,
    join,
    mode,
    multiline,
    people,
    sasl,
    session,
    signin,
    talk,
    topic,
)

_FAMILIES: Final = (
    account.COMMANDS,
    away.COMMANDS,
    capability.COMMANDS,
    history.COMMANDS,
    info.COMMANDS,
    join.COMMANDS,
    mode.COMMANDS,
    multiline.COMMANDS,
    people.COMMANDS,
    sasl.COMMANDS,
    session.COMMANDS,
    signin.COMMANDS,
    talk.COMMANDS,
    topic.COMMANDS,
)

COMMANDS: Final = {
    row.name: row
    for row in sorted((row for family in _FAMILIES for row in family), key=lambda row: row.name)
}
