"""From a parsed message to its row in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import multiline
from rookery.command.call import Call
from rookery.command.table import COMMANDS
from rookery.core.operators import check_may
from rookery.wire import numerics as num
from rookery.wire.capabilities import LABELED_RESPONSE, MULTILINE
from rookery.wire.message import NO_TAGS, MalformedError, parse
from rookery.wire.standard import TAG_BATCH, TAG_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Node
    from rookery.deliver.session import Session
    from rookery.wire.message import Message

_OF_A_BROWSER: Final = "HOST:"
"""Each request of a browser has this header, in front of a body that a page of a stranger's has
written: with a method of its own making (`fetch`) it comes here, and its lines must do nothing."""
MAX_LABEL_BYTES: Final = 64
"""IRCv3 labeled-response: a label has at most 64 bytes."""


def handle(node: Node, session: Session, message: Message, now_ms: int) -> bool:
    """Carry out one message; return False where the session must wait before its next one."""
    command, params, _, tags = message
    call = Call(node, session, command, params, tags, now_ms)
    if tags and TAG_BATCH in tags and session.caps & MULTILINE:
        call.run(multiline.collect)
        return True
    if tags:
        _take_label(call)
    call.run(_handler(call))
    return not call.is_waiting


def refuse_undecodable(node: Node, session: Session, line: bytes, now_ms: int) -> None:
    """Answer a line that is not UTF-8; the command is named where it can be read.

    IRCv3 utf8-only, "The INVALID_UTF8 standard replies code".
    """
    try:
        command, params, _, tags = parse(line.decode(errors="replace"))
    except MalformedError:
        command, params, tags = "*", (), NO_TAGS
    if not (command.isascii() and command.isalnum()):
        command = "*"
    call = Call(node, session, command, params, tags, now_ms)
    _take_label(call)
    sentence = "Only UTF-8 is understood here; the line was ignored"
    call.run(lambda one: one.fail("INVALID_UTF8", sentence))


def _take_label(call: Call) -> None:
    if call.session.caps & LABELED_RESPONSE:
        label = call.tags.get(TAG_LABEL, "")
        if 0 < len(label.encode()) <= MAX_LABEL_BYTES:
            call.label = label
            call.session.capture = []


def _handler(call: Call) -> Callable[[Call], None]:
    row = COMMANDS.get(call.command)
    if call.session.user is None and (row is None or not row.is_early):
        return _not_irc if call.command == _OF_A_BROWSER else _not_signed_in
    if row is None:
        return _unknown
    if not row.is_talk:  # What is said most often pays for neither.
        uses = call.node.uses
        uses[row.name] = uses.get(row.name, 0) + 1
        if row.privilege:
            return _privileged
    return row.handler if len(call.params) >= row.min_params else _too_few


def _privileged(call: Call) -> None:
    row = COMMANDS[call.command]
    check_may(call.user, row.privilege)
    step = row.handler if len(call.params) >= row.min_params else _too_few
    step(call)


def _not_signed_in(call: Call) -> None:
    call.reply(num.ERR_NOTREGISTERED, "You have not signed in yet")


def _not_irc(call: Call) -> None:
    port = call.session.port
    if port is not None:
        port.close("That is HTTP, with a method that nothing here knows")


def _unknown(call: Call) -> None:
    call.reply(num.ERR_UNKNOWNCOMMAND, call.command, "Unknown command. HELP lists them")


def _too_few(call: Call) -> None:
    call.reply(num.ERR_NEEDMOREPARAMS, call.command, "Not enough parameters")
