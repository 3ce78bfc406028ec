"""Every command, one row each, by family. The reference page and HELP are made from it."""

from __future__ import annotations

from typing import Final

from rookery.command import (
    accept,
    account,
    away,
    capability,
    history,
    info,
    invite,
    isupport,
    join,
    kick,
    list_rooms,
    members,
    mode,
    monitor,
    multiline,
    present,
    rename,
    room_registration,
    sasl,
    session,
    setname,
    signin,
    talk,
    topic,
    who,
    whois,
    whowas,
)

_FAMILIES: Final = (
    accept.COMMANDS,
    account.COMMANDS,
    away.COMMANDS,
    capability.COMMANDS,
    history.COMMANDS,
    info.COMMANDS,
    invite.COMMANDS,
    isupport.COMMANDS,
    join.COMMANDS,
    kick.COMMANDS,
    list_rooms.COMMANDS,
    members.COMMANDS,
    mode.COMMANDS,
    monitor.COMMANDS,
    multiline.COMMANDS,
    present.COMMANDS,
    rename.COMMANDS,
    room_registration.COMMANDS,
    sasl.COMMANDS,
    session.COMMANDS,
    setname.COMMANDS,
    signin.COMMANDS,
    talk.COMMANDS,
    topic.COMMANDS,
    who.COMMANDS,
    whois.COMMANDS,
    whowas.COMMANDS,
)

COMMANDS: Final = {
    row.name: row
    for row in sorted((row for family in _FAMILIES for row in family), key=lambda row: row.name)
}
