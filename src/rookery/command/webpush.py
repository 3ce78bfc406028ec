"""WEBPUSH: a device asks to be told of messages while it sleeps, or no longer. `soju.im/webpush`.

A device belongs to an account, and its endpoint to one account at a time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rookery.command.account_rows import busy
from rookery.command.presence import stays
from rookery.command.row import Command
from rookery.command.signing import account_of
from rookery.command.subscriptions import caps_in_words
from rookery.store.base import SubscriptionRow
from rookery.wire.webpush import BadSubscriptionError, parse_endpoint, parse_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.subscriptions import Subscriptions
    from rookery.core.names import Name


def webpush(call: Call) -> None:
    """Handle WEBPUSH."""
    word, endpoint = call.param(0).upper(), call.param(1)
    handler = _SUBCOMMANDS.get(word)
    if handler is None or len(call.params) != handler[1] or not endpoint:
        call.fail("INVALID_PARAMS", *_shown(call), "Give REGISTER <endpoint> <keys>, or UNREGISTER")
        return
    subscriptions, account = call.node.subscriptions, account_of(call.session)
    if subscriptions is None:
        call.fail("INTERNAL_ERROR", *_shown(call), "This server pushes nothing")
    elif account is None:
        call.fail("ACCOUNT_REQUIRED", *_shown(call), "Sign in to your account first")
    else:
        handler[0](call, subscriptions, account)


def _register(call: Call, subscriptions: Subscriptions, account: Name) -> None:
    endpoint = call.params[1]
    try:
        parse_endpoint(endpoint)
        keys = parse_keys(call.params[2])
    except BadSubscriptionError as error:
        call.fail("INVALID_PARAMS", *_shown(call), str(error))
        return
    row = SubscriptionRow(
        endpoint=endpoint,
        account=account.key,
        public_key=keys.public_key,
        secret=keys.secret,
        caps=caps_in_words(call.session.caps),
        at_ms=call.now_ms,
    )

    def check() -> str:
        try:
            subscriptions.pusher.check(endpoint, row.public_key)
        except ValueError as error:
            return str(error)
        return ""

    def then(reason: str) -> None:
        if reason:
            call.fail("INVALID_PARAMS", *_shown(call), reason)
        elif account_of(call.session) != account:
            call.fail("ACCOUNT_REQUIRED", *_shown(call), "Sign in to your account first")
        else:
            _keep(call, subscriptions, row)

    call.wait_for(
        subscriptions.lookups.of(account.key), check, then, lambda _: busy(call, *_shown(call))
    )


def _keep(call: Call, subscriptions: Subscriptions, row: SubscriptionRow) -> None:
    """Tell the device from now on, and the oldest no longer where there are too many."""
    changes: dict[str, SubscriptionRow | None] = {row.endpoint: row}
    others = [one for one in subscriptions.of(row.account) if one.endpoint != row.endpoint]
    surplus = max(0, len(others) + 1 - subscriptions.rules.devices_max)
    changes |= dict.fromkeys((one.endpoint for one in others[:surplus]), None)
    is_new = subscriptions.get(row.endpoint) is None
    _change(call, subscriptions, changes)
    _answer(call)
    if is_new and not stays(call.node, call.user):
        text = (
            "Mentions in rooms are pushed while you are in them: NS SET ALWAYS-ON on keeps you in"
        )
        call.send_once_stored(call.note("ROOMS_NEED_ALWAYS_ON", text))


def _unregister(call: Call, subscriptions: Subscriptions, account: Name) -> None:
    row = subscriptions.get(call.params[1])
    if row is not None and row.account == account.key:
        _change(call, subscriptions, {row.endpoint: None})
    _answer(call)


def _change(
    call: Call, subscriptions: Subscriptions, changes: dict[str, SubscriptionRow | None]
) -> None:
    """Take the rows over, and store them; take them back where that fails."""
    before = {endpoint: subscriptions.get(endpoint) for endpoint in changes}

    def apply(rows: dict[str, SubscriptionRow | None]) -> None:
        for endpoint, row in rows.items():
            if row is None:
                subscriptions.drop(endpoint)
            else:
                subscriptions.put(row)

    apply(changes)
    epoch = call.node.epoch
    epoch.batch.subscriptions |= changes
    epoch.rows += len(changes)
    call.on_store_failure(call.params[1], partial(apply, before))


def _answer(call: Call) -> None:
    server, word = call.node.replies.server, call.params[0].upper()
    call.send_once_stored(f":{server} WEBPUSH {word} {call.params[1]}\r\n".encode())


def _shown(call: Call) -> tuple[str, str]:
    """Return what a FAIL repeats: the subcommand and the endpoint, as single words."""
    return (_word(call.param(0)), _word(call.param(1)))


def _word(text: str) -> str:
    is_word = text and text[0] != ":" and " " not in text and text.isprintable()
    return text if is_word else "*"


_SUBCOMMANDS: Final[dict[str, tuple[Callable[[Call, Subscriptions, Name], None], int]]] = {
    "REGISTER": (_register, 3),
    "UNREGISTER": (_unregister, 2),
}
"""What handles it, and how many parameters it has."""

COMMANDS: Final = (
    Command(
        "WEBPUSH",
        webpush,
        0,
        "WEBPUSH <REGISTER | UNREGISTER> <endpoint> [keys]",
        "Have this device told of messages while you are away, or no longer.",
        "soju.im/webpush",
    ),
)
