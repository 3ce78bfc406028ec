"""BATCH from clients: messages of several lines. IRCv3 draft/multiline, client-batch.

What is inside a batch is collected and answered by nothing; closing it says the message, as if
it had been one PRIVMSG or NOTICE with the tags of the opening BATCH. The first fault ends it: one
FAIL is sent, and what else comes of that batch is ignored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.command import talk
from rookery.command.row import Command
from rookery.deliver import multiline
from rookery.deliver.multiline import Part
from rookery.wire.capabilities import MULTILINE
from rookery.wire.casefold import fold
from rookery.wire.standard import TAG_BATCH, TAG_CONCAT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rookery.command.call import Call

BATCH_TYPE: Final = "draft/multiline"


@dataclass(slots=True)
class _Collected:
    """A batch that is open."""

    ref: str
    target: str
    tags: Mapping[str, str]
    label: str
    opened_at_ms: int
    command: str = ""
    parts: list[Part] = field(default_factory=list)
    size_bytes: int = 0
    is_failed: bool = False


class _FaultError(Exception):
    """A batch cannot go on: the code of FAIL, its context and its sentence."""

    def __init__(self, code: str, *context: str) -> None:
        super().__init__(code, *context)
        self.code = code
        self.context = context


def batch(call: Call) -> None:
    """Open or close a batch."""
    reference = call.params[0]
    if reference.startswith("+") and len(reference) > 1:
        _open(call, reference[1:])
    elif reference.startswith("-") and len(reference) > 1:
        _close(call, reference[1:])
    else:
        call.fail("MULTILINE_INVALID", "BATCH is +reference or -reference")


def collect(call: Call) -> None:
    """Take a line that says it belongs to a batch; it is not carried out by itself."""
    collected = call.session.client_batch
    ref = call.tags[TAG_BATCH]
    call.is_answered = True
    if not isinstance(collected, _Collected) or collected.ref != ref:
        _fail(call, "", _FaultError("MULTILINE_INVALID", "No such batch is open"))
        return
    if collected.is_failed:
        return
    try:
        _add(call, collected)
    except _FaultError as fault:
        collected.is_failed = True
        _fail(call, collected.label, fault)


def _open(call: Call, ref: str) -> None:
    if not call.session.caps & MULTILINE or call.param(1) != BATCH_TYPE:
        call.fail("MULTILINE_INVALID", "Only draft/multiline can be opened, once it is agreed on")
        return
    target = call.param(2)
    if not target or "," in target or TAG_BATCH in call.tags:
        call.fail("MULTILINE_INVALID", "Give one target; a batch holds no batch")
        return
    open_batch = call.session.client_batch
    if isinstance(open_batch, _Collected) and not open_batch.is_failed:
        open_batch.is_failed = True
        call.fail("MULTILINE_INVALID", "A batch was open already; it has been dropped")
        return
    call.session.client_batch = _Collected(ref, target, call.tags, call.label, call.now_ms)
    call.is_answered = True


def _add(call: Call, collected: _Collected) -> None:
    rules = call.node.rules
    _check_age(call, collected)
    if call.command not in {"PRIVMSG", "NOTICE"} or collected.command not in {"", call.command}:
        raise _FaultError("MULTILINE_INVALID", "A batch is all PRIVMSG or all NOTICE")
    target = call.param(0)
    if fold(target) != fold(collected.target):
        given = target or "*"
        sentence = "Every line has the target of the batch"
        raise _FaultError("MULTILINE_INVALID_TARGET", collected.target, given, sentence)
    part = Part(call.param(1), TAG_CONCAT in call.tags)
    if part.is_joined and (not part.text or not collected.parts):
        raise _FaultError("MULTILINE_INVALID", "A blank or first line cannot be joined to another")
    is_broken = bool(collected.parts) and not part.is_joined
    collected.size_bytes += len(part.text.encode()) + is_broken
    collected.command = call.command
    collected.parts.append(part)
    if collected.size_bytes > rules.multiline_max_bytes:
        limit = str(rules.multiline_max_bytes)
        raise _FaultError("MULTILINE_MAX_BYTES", limit, f"A batch has at most {limit} bytes")
    if len(collected.parts) > rules.multiline_max_lines:
        limit = str(rules.multiline_max_lines)
        raise _FaultError("MULTILINE_MAX_LINES", limit, f"A batch has at most {limit} lines")


def _check_age(call: Call, collected: _Collected) -> None:
    if call.now_ms - collected.opened_at_ms > call.node.rules.multiline_timeout_ms:
        raise _FaultError("TIMEOUT", collected.ref, "The batch was left open for too long")


def _check_says_something(collected: _Collected) -> None:
    if not any(part.text for part in collected.parts):
        raise _FaultError("MULTILINE_INVALID", "A batch is not blank")


def _close(call: Call, ref: str) -> None:
    collected = call.session.client_batch
    if not isinstance(collected, _Collected) or collected.ref != ref:
        call.fail("MULTILINE_INVALID", "No such batch is open")
        return
    call.session.client_batch = None
    if collected.is_failed:
        return
    try:
        _check_age(call, collected)
        _check_says_something(collected)
    except _FaultError as fault:
        _fail(call, collected.label, fault)
        return
    _say(call, collected)


def _say(call: Call, collected: _Collected) -> None:
    """Go on as the one message that the batch was; its answers carry the batch's label."""
    parts = collected.parts
    call.command, call.tags = collected.command, collected.tags
    call.params = [collected.target, multiline.whole(parts)]
    if collected.label:
        call.label = collected.label
        call.session.capture = []
    talk.say_lines(call, parts if len(parts) > 1 else None)


def _fail(call: Call, label: str, fault: _FaultError) -> None:
    node, session = call.node, call.session
    line = node.replies.standard(session, "FAIL", "BATCH", fault.code, *fault.context)
    if label:
        (line,) = node.replies.labelled([line], label, "")
    call.send(line)


COMMANDS: Final = (
    Command(
        "BATCH",
        batch,
        1,
        "BATCH <+reference draft/multiline target | -reference>",
        "Say something of several lines, as one message.",
        "IRCv3 draft/multiline, client-batch",
    ),
)
