"""CAP: what client and server agree to understand. IRCv3 capability-negotiation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import mechanisms, metadata_shown
from rookery.command.account_rules import account_registration
from rookery.command.row import Command
from rookery.command.signin import complete
from rookery.command.signing import CAP_VALUES_VERSION, signing_of
from rookery.wire import numerics as num
from rookery.wire.capabilities import (
    BY_NAME,
    CAP_302,
    CAP_NOTIFY,
    CAPABILITIES,
    METADATA_2,
    STS_ROW,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.node import Rules

MAX_LIST_BYTES: Final = 400
"""A list of capabilities in one line; the rest goes on in the next."""


def values(rules: Rules) -> dict[str, str]:
    """Return the capabilities on offer with their values (CAP LS 302)."""
    offered = {row.name: "" for row in CAPABILITIES}
    offered["sasl"] = ",".join(mechanisms.offered(rules))
    offered["draft/multiline"] = (
        f"max-bytes={rules.multiline_max_bytes},max-lines={rules.multiline_max_lines}"
    )
    offered["draft/metadata-2"] = (
        f"before-connect,max-subs={rules.metadata_max_subscriptions}"
        f",max-keys={rules.metadata_max_keys},max-value-bytes={rules.metadata_max_value_bytes}"
    )
    offered["draft/relaymsg"] = rules.relay_separators
    if not rules.relay_separators:
        del offered["draft/relaymsg"]
    if not rules.has_push:
        del offered["soju.im/webpush"], offered["draft/webpush"]
    offered["draft/account-registration"] = account_registration(rules.accounts)
    if not rules.is_registration_open:
        del offered["draft/account-registration"]
    return offered


def cap(call: Call) -> None:
    """Handle CAP."""
    subcommand = call.params[0].upper()
    handler = _SUBCOMMANDS.get(subcommand)
    if handler is None:
        call.reply(num.ERR_INVALIDCAPCMD, call.params[0] or "*", "Invalid CAP command")
        return
    handler(call)


def _ls(call: Call) -> None:
    signing = signing_of(call.session)
    asked = call.param(1)
    version = int(asked) if asked.isascii() and asked.isdigit() else 0
    if signing is not None:
        signing.is_negotiating = True
        signing.cap_version = max(signing.cap_version, version)
    with_values = version >= CAP_VALUES_VERSION
    if with_values:
        call.session.caps |= CAP_NOTIFY | CAP_302
    offered = values(call.node.rules)
    if with_values:
        offered |= _sts(call)
        names = [f"{name}={value}" if value else name for name, value in offered.items()]
    else:  # A client this old knows no drafts, and reads one line only.
        names = [name for name in offered if "/" not in name]
    _list(call, "LS", names, is_split=with_values)


def _sts(call: Call) -> dict[str, str]:
    """Return the policy with its value: where to go encrypted, or for how long to stay so."""
    rules = call.node.rules
    if not rules.sts_port:
        return {}
    if not call.session.is_encrypted:
        return {STS_ROW.name: f"port={rules.sts_port}"}
    preload = ",preload" if rules.sts_may_preload else ""
    return {STS_ROW.name: f"duration={rules.sts_duration_s}{preload}"}


def _list_own(call: Call) -> None:
    names = [row.name for row in CAPABILITIES if call.session.caps & row.bit]
    _list(call, "LIST", names, is_split=bool(call.session.caps & CAP_302))


def _list(call: Call, subcommand: str, names: list[str], *, is_split: bool) -> None:
    lines = [""]
    for name in names:
        if is_split and len(lines[-1]) + len(name) > MAX_LIST_BYTES:
            lines.append("")
        lines[-1] += f"{name} "
    nick = call.session.nick
    for line in lines[:-1]:
        _send(call, f"CAP {nick} {subcommand} * :{line.rstrip()}")
    _send(call, f"CAP {nick} {subcommand} :{lines[-1].rstrip()}")


def _req(call: Call) -> None:
    signing = signing_of(call.session)
    if signing is not None:
        signing.is_negotiating = True
    wish = " ".join(call.params[1:]).rstrip()
    asked = wish.split()
    offered = values(call.node.rules)
    caps = call.session.caps
    for item in asked:
        name = item.removeprefix("-")
        bit = BY_NAME[name].bit if name in offered else 0
        is_implied = item == "-cap-notify" and caps & CAP_302
        if not bit or is_implied:
            _send(call, f"CAP {call.session.nick} NAK :{wish}")
            return
        caps = caps & ~bit if item.startswith("-") else caps | bit
    gained = caps & ~call.session.caps
    call.session.caps = caps
    _send(call, f"CAP {call.session.nick} ACK :{wish}")
    if gained & METADATA_2 and signing is None:
        metadata_shown.greet(call)


def _end(call: Call) -> None:
    signing = signing_of(call.session)
    if signing is not None and signing.is_negotiating:
        signing.is_negotiating = False
        complete(call)


def _send(call: Call, line: str) -> None:
    call.send(f":{call.node.replies.server} {line}\r\n".encode())


_SUBCOMMANDS: Final[dict[str, Callable[[Call], None]]] = {
    "LS": _ls,
    "LIST": _list_own,
    "REQ": _req,
    "END": _end,
}


COMMANDS: Final = (
    Command(
        "CAP",
        cap,
        1,
        "CAP <LS [302] | LIST | REQ :names | END>",
        "Agree on what your client understands.",
        "IRCv3 capability-negotiation",
        is_early=True,
    ),
)
