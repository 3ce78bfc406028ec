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
    markread,
    members,
    metadata,
    mode,
    monitor,
    multiline,
    present,
    redact,
    relaymsg,
    rename,
    room_registration,
    sasl,
    search,
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
    markread.COMMANDS,
    members.COMMANDS,
    metadata.COMMANDS,
    mode.COMMANDS,
    monitor.COMMANDS,
    multiline.COMMANDS,
    present.COMMANDS,
    redact.COMMANDS,
    relaymsg.COMMANDS,
    rename.COMMANDS,
    room_registration.COMMANDS,
    sasl.COMMANDS,
    search.COMMANDS,
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
