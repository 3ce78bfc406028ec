"""NickServ: accounts, in the words that clients have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import account, certificates, choices, unregister, verify
from rookery.command.account_rows import busy
from rookery.command.export import export
from rookery.command.login import check_password, failed_too_often, log_out, logged_in
from rookery.command.password import change_password
from rookery.command.signing import account_of
from rookery.command.subcommand import Subcommand
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call


def _register(call: Call, words: list[str]) -> None:
    call.params = ["*", words[1] if len(words) > 1 else "*", words[0]]
    account.register(call)


def _verify(call: Call, words: list[str]) -> None:
    call.params = words[:2]
    verify.verify(call)


def _identify(call: Call, words: list[str]) -> None:
    """Sign in: to the account named, or to that of one's nick."""
    name, password = words[:2] if len(words) > 1 else (call.user.nick, words[0])
    if account_of(call.session) is not None:
        call.fail("ALREADY_AUTHENTICATED", "You are signed in to an account already")
        return
    wait_s = call.node.gate.try_login(call, fold(name))
    if wait_s:
        call.fail("TOO_MANY_TRIES", f"Too many failed tries: wait {wait_s} s before the next")
        return

    def then(found: str) -> None:
        if not found:
            call.fail("INVALID_CREDENTIALS", "The account or the password is wrong")
            failed_too_often(call)
        elif account_of(call.session) is None:
            logged_in(call, found)
            call.send(call.served(f"You are signed in as {found}"))

    check_password(call, name, password, then, lambda: busy(call))


def _log_out(call: Call, _: list[str]) -> None:
    user = call.user
    if not user.account:
        call.fail("ACCOUNT_REQUIRED", "You are not signed in to an account")
    elif len(user.sessions) > 1:
        text = "Other connections of yours share this name: disconnect this one instead"
        call.fail("CANNOT_LOG_OUT", text)
    else:
        log_out(call, user)
        call.send(call.served("You are signed out"))


def _change_password(call: Call, words: list[str]) -> None:
    if words[2:] and words[2] != words[1]:
        call.fail("INVALID_PASSWORD", "The new password was not typed the same twice")
        return
    change_password(call, words[0], words[1])


def _set(call: Call, words: list[str]) -> None:
    what, *rest = words
    if what.upper() in {"PASSWORD", "PASSWD"} and len(rest) > 1:
        _change_password(call, rest)
    else:
        choices.choose(call, what, rest[0])


def _needless(call: Call, _: list[str]) -> None:
    text = "That is not needed here: sign in with SASL, and you share your name with yourself"
    call.send(call.served(text))


_IDENTIFY: Final = Subcommand(
    _identify, 1, "IDENTIFY [account] <password>", "Sign in to your account."
)
_PASSWD: Final = Subcommand(
    _change_password, 2, "PASSWD <old> <new> [<new>]", "Change your password."
)
_UNREGISTER: Final = Subcommand(
    unregister.unregister, 0, "UNREGISTER [account] [code]", "Give up your account for good."
)
_NEEDLESS: Final = Subcommand(
    _needless, 0, "GHOST [nick]", "Not needed: your connections share your name."
)

SUBCOMMANDS: Final = {
    "REGISTER": Subcommand(
        _register, 1, "REGISTER <password> [email]", "Keep your nick for yourself."
    ),
    "VERIFY": Subcommand(
        _verify, 2, "VERIFY <account> <code>", "Complete a registration with the code you got."
    ),
    "IDENTIFY": _IDENTIFY,
    "LOGIN": _IDENTIFY,
    "LOGOUT": Subcommand(_log_out, 0, "LOGOUT", "Sign out of your account, and give up its nick."),
    "INFO": Subcommand(choices.info, 0, "INFO [account]", "Tell what is known of an account."),
    "SET": Subcommand(
        _set,
        2,
        "SET <ALWAYS-ON | MULTICLIENT> <on | off | default>",
        "Stay present without a connection; let several connections share your name.",
    ),
    "PASSWD": _PASSWD,
    "CERT": Subcommand(
        certificates.cert,
        1,
        "CERT <LIST | ADD [fingerprint] | DEL <fingerprint>>",
        "Sign in with TLS certificates (SASL EXTERNAL).",
    ),
    "EXPORT": Subcommand(
        export,
        0,
        "EXPORT [id | FILES [id] | DEVICES]",
        "Read all that is kept of what you said, of your files and your devices.",
    ),
    "UNREGISTER": _UNREGISTER,
    "DROP": _UNREGISTER,
    "GHOST": _NEEDLESS,
    "RECOVER": _NEEDLESS,
    "REGAIN": _NEEDLESS,
    "RELEASE": _NEEDLESS,
}
"""Word to what it does; several words may do the same."""
