"""Every command, one row each. The reference page and HELP are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.command import (
    account,
    away,
    capability,
    history,
    info,
    join,
    mode,
    people,
    sasl,
    session,
    signin,
    talk,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `is_early` lets it in before sign-in, too few parameters are answered 461."""

    name: str
    handler: Callable[[Call], None]
    min_params: int
    usage: str
    summary: str
    spec: str
    is_early: bool = False


_ROWS: Final = (
    Command(
        "AUTHENTICATE",
        sasl.authenticate,
        1,
        "AUTHENTICATE <mechanism | payload | *>",
        "Sign in to your account: PLAIN or SCRAM-SHA-256.",
        "IRCv3 sasl 3.1, 3.2",
        is_early=True,
    ),
    Command(
        "AWAY",
        away.away,
        0,
        "AWAY [:text]",
        "Say that you are away, and why; without a text, that you are back.",
        "RFC 2812 §4.1",
    ),
    Command(
        "CAP",
        capability.cap,
        1,
        "CAP <LS [302] | LIST | REQ :names | END>",
        "Agree on what your client understands.",
        "IRCv3 capability-negotiation",
        is_early=True,
    ),
    Command(
        "CHATHISTORY",
        history.chathistory,
        0,
        "CHATHISTORY <LATEST|BEFORE|AFTER> <target> <msgid=… | timestamp=… | *> <limit>",
        "Read what was said before in a room that you are in, or with a person.",
        "IRCv3 draft/chathistory",
    ),
    Command(
        "HELP",
        info.help_,
        0,
        "HELP [command]",
        "List the commands, or explain one.",
        "modern IRC, HELP",
    ),
    Command(
        "ISON",
        people.ison,
        1,
        "ISON <nick>...",
        "Tell which of these are connected.",
        "RFC 2812 §4.9",
    ),
    Command(
        "JOIN",
        join.join,
        1,
        "JOIN <#room>[,<#room>...] [key,...]",
        "Enter rooms; a room that is not there is made. JOIN 0 leaves all.",
        "RFC 2812 §3.2.1",
    ),
    Command(
        "LIST",
        join.list_,
        0,
        "LIST [#room,...]",
        "List the rooms with their size and topic.",
        "RFC 2812 §3.2.6",
    ),
    Command("LUSERS", info.lusers, 0, "LUSERS", "Count people and rooms.", "RFC 2812 §3.4.2"),
    Command(
        "MODE",
        mode.mode,
        1,
        "MODE <#room | nick> [changes [params...]]",
        "Show or change the modes of a room or of yourself.",
        "RFC 2812 §3.1.5, §3.2.3",
    ),
    Command("MOTD", info.motd, 0, "MOTD", "Show the message of the day.", "RFC 2812 §3.4.1"),
    Command(
        "NAMES",
        join.names,
        0,
        "NAMES [#room,...]",
        "List who is in a room.",
        "RFC 2812 §3.2.5",
    ),
    Command(
        "NICK",
        signin.nick,
        0,
        "NICK <nick>",
        "Take a name, or another one.",
        "RFC 2812 §3.1.2",
        is_early=True,
    ),
    Command(
        "NOTICE",
        talk.notice,
        0,
        "NOTICE <target>[,<target>...] :<text>",
        "Like PRIVMSG, but never answered automatically.",
        "RFC 2812 §3.3.2",
    ),
    Command(
        "PART",
        join.part,
        1,
        "PART <#room>[,<#room>...] [:reason]",
        "Leave rooms.",
        "RFC 2812 §3.2.2",
    ),
    Command(
        "PASS",
        signin.pass_,
        1,
        "PASS <password>",
        "Give the server's password, where it has one.",
        "RFC 2812 §3.1.1",
        is_early=True,
    ),
    Command(
        "PASSWORD",
        account.password,
        1,
        "PASSWORD <base64 of old NUL new>",
        "Change the password of your account.",
        "docs/ext/password.md",
    ),
    Command(
        "PING",
        session.ping,
        0,
        "PING <token>",
        "Ask for a sign of life.",
        "RFC 2812 §3.7.2",
        is_early=True,
    ),
    Command(
        "PONG",
        session.pong,
        0,
        "PONG [server] <token>",
        "Answer a PING.",
        "RFC 2812 §3.7.3",
        is_early=True,
    ),
    Command(
        "PRIVMSG",
        talk.privmsg,
        0,
        "PRIVMSG <target>[,<target>...] :<text>",
        "Say something in a room or to a person, here or away.",
        "RFC 2812 §3.3.1",
    ),
    Command(
        "QUIT",
        session.quit_,
        0,
        "QUIT [:reason]",
        "Disconnect.",
        "RFC 2812 §3.1.7",
        is_early=True,
    ),
    Command(
        "REGISTER",
        account.register,
        3,
        "REGISTER <* | nick> <* | email> <password>",
        "Keep your nick for yourself, behind a password.",
        "IRCv3 draft/account-registration",
        is_early=True,
    ),
    Command(
        "TAGMSG",
        talk.tagmsg,
        1,
        "TAGMSG <target>[,<target>...]",
        "Send tags without a text: typing, reactions.",
        "IRCv3 message-tags",
    ),
    Command(
        "TOPIC",
        topic.topic,
        1,
        "TOPIC <#room> [:text]",
        "Show or set what the room is about.",
        "RFC 2812 §3.2.4",
    ),
    Command(
        "USER",
        signin.user,
        4,
        "USER <name> 0 * :<real name>",
        "Introduce yourself.",
        "RFC 2812 §3.1.3",
        is_early=True,
    ),
    Command(
        "USERHOST",
        people.userhost,
        1,
        "USERHOST <nick>...",
        "Show the host names of up to five people.",
        "RFC 2812 §4.8",
    ),
    Command("VERSION", info.version, 0, "VERSION", "Show the server's version.", "RFC 2812 §3.4.3"),
    Command(
        "WHO",
        people.who,
        0,
        "WHO [#room | mask]",
        "List people: of a room, by a mask, or all.",
        "RFC 2812 §3.6.1",
    ),
    Command(
        "WHOIS",
        people.whois,
        0,
        "WHOIS [server] <nick>[,<nick>...]",
        "Tell about a person.",
        "RFC 2812 §3.6.2",
    ),
)

COMMANDS: Final = {row.name: row for row in _ROWS}
