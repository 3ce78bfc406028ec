"""From a parsed message to its row in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.command.call import Call
from rookery.command.table import COMMANDS
from rookery.wire import numerics as num
from rookery.wire.capabilities import LABELED_RESPONSE
from rookery.wire.standard import TAG_LABEL

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.deliver.session import Session
    from rookery.wire.message import Message

MAX_LABEL_CHARS = 64
"""IRCv3 labeled-response: a label has at most 64 bytes."""


def handle(node: Node, session: Session, message: Message) -> bool:
    """Carry out one message; return False where the session must wait before its next one."""
    command, params, _, tags = message
    call = Call(node, session, command, params, tags)
    if tags and session.caps & LABELED_RESPONSE:
        label = tags.get(TAG_LABEL, "")
        if 0 < len(label) <= MAX_LABEL_CHARS:
            call.label = label
            session.capture = []
    row = COMMANDS.get(command)
    if row is None:
        call.run(lambda: _unknown(call))
    elif session.user is None and not row.is_early:
        call.run(lambda: call.reply(num.ERR_NOTREGISTERED, "You have not signed in yet"))
    elif len(params) < row.min_params:
        call.run(lambda: call.reply(num.ERR_NEEDMOREPARAMS, command, "Not enough parameters"))
    else:
        call.run(lambda: row.handler(call))
    return not call.is_waiting


def _unknown(call: Call) -> None:
    if call.session.user is None:
        call.reply(num.ERR_NOTREGISTERED, "You have not signed in yet")
    else:
        call.reply(num.ERR_UNKNOWNCOMMAND, call.command, "Unknown command. HELP lists them")
