"""RPL_ISUPPORT: what this server has, for programs. modern IRC, "Feature Advertisement"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import info, kick, list_rooms, mode, uploads
from rookery.command.row import Command
from rookery.command.setname import MAX_REALNAME_BYTES
from rookery.core import masks, modes, user_modes
from rookery.core.room import RANKS
from rookery.wire import numerics as num
from rookery.wire.capabilities import BATCH, EXTENDED_ISUPPORT
from rookery.wire.casefold import CASEMAPPING, UTF8MAPPING
from rookery.wire.standard import CHANTYPES, TAG_BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.command.node import Rules

TOKENS_PER_LINE: Final = 12
"""With the nick before and the text behind them no more than 15 parameters."""
TOKEN_BYTES_PER_LINE: Final = 380


RANK_LETTERS: Final = "".join(letter for _, letter, _ in RANKS)
RANK_SIGNS: Final = "".join(sign for _, _, sign in RANKS)
MODE_KINDS: Final = (
    modes.Kind.LIST,
    modes.Kind.SETTING,
    modes.Kind.SETTING_ON,
    modes.Kind.FLAG,
)
FIXED: Final = {
    "ACCOUNTEXTBAN": masks.ACCOUNT[0],
    "AWAYLEN": str(info.MAX_AWAY_BYTES),
    "BOT": user_modes.BOT,
    "CASEMAPPING": CASEMAPPING,
    "CHANMODES": ",".join(map(modes.letters, MODE_KINDS)),
    "CHANTYPES": CHANTYPES,
    "ELIST": list_rooms.ELIST,
    "EXCEPTS": "e",
    "EXTBAN": f",{masks.EXTBANS}",
    "INVEX": "I",
    "KICKLEN": str(kick.MAX_REASON_BYTES),
    "MODES": str(mode.MAX_CHANGES),
    "MSGREFTYPES": "msgid,timestamp",
    "NAMELEN": str(MAX_REALNAME_BYTES),
    "PREFIX": f"({RANK_LETTERS}){RANK_SIGNS}",
    "SAFELIST": "",
    "STATUSMSG": RANK_SIGNS,
    "UTF8ONLY": "",
    "WHOX": "",
}
"""Tokens whose values no setting changes."""


def isupport(rules: Rules) -> dict[str, str]:
    """Return the tokens of RPL_ISUPPORT with their values; empty for a token without one."""
    targets = rules.targets_per_command
    tokens = FIXED | {
        "ACCEPT": str(rules.accept_max),
        "CHANLIMIT": f"{CHANTYPES}:{rules.rooms_per_user}",
        "CHANNELLEN": str(rules.room_max_chars),
        "CHATHISTORY": str(rules.history_page),
        "KEYLEN": str(rules.key_max_chars),
        "LINELEN": str(rules.line_bytes),
        "MAXLIST": f"{modes.letters(modes.Kind.LIST)}:{rules.list_entries}",
        "MAXTARGETS": str(targets),
        "MONITOR": str(rules.monitor_max),
        "NETWORK": rules.network,
        "NICKLEN": str(rules.nick_max_chars),
        "rookery.chat/PASSWORDMIN": str(rules.accounts.password_min_chars),
        "TARGMAX": f"NAMES:,LIST:,JOIN:,PART:,KICK:,WHOIS:{targets},WHOWAS:1,PRIVMSG:{targets},"
        f"NOTICE:{targets},TAGMSG:{targets},MONITOR:,ACCEPT:",
        "TOPICLEN": str(rules.topic_max_bytes),
    }
    if rules.is_unicode:
        tokens["UTF8MAPPING"] = UTF8MAPPING
    if rules.icon:
        tokens["draft/ICON"] = rules.icon.replace("=", "\\x3D")
    return tokens


def tell_isupport(call: Call) -> None:
    """Send all tokens, in a batch to who asked for draft/extended-isupport."""
    node, nick = call.node, call.session.nick
    whole = node.alike.lines("isupport", nick, node.rules, lambda nick: _told(call, nick))
    own = _own_tokens(call)
    if own:
        whole += _rendered(call, nick, own)
    is_batched = call.session.caps & BATCH and call.session.caps & EXTENDED_ISUPPORT
    if not is_batched:
        call.send(whole)
        return
    server, ref = node.replies.server, node.batch_ref()
    opening = f":{server} BATCH +{ref} draft/isupport\r\n".encode()
    closing = f":{server} BATCH -{ref}\r\n".encode()
    tag = f"@{TAG_BATCH}={ref} ".encode()
    tagged = (tag + line for line in whole.splitlines(keepends=True))
    call.send(b"".join([opening, *tagged, closing]))


def _told(call: Call, nick: str) -> bytes:
    return _rendered(call, nick, isupport(call.node.rules))


def _own_tokens(call: Call) -> dict[str, str]:
    """Return the tokens that follow from more than the rules: this session's, or a key's."""
    node = call.node
    own = uploads.tokens(node.uploads, call.session)
    if node.subscriptions is not None:
        own["VAPID"] = node.subscriptions.pusher.public_key
    return own


def _rendered(call: Call, nick: str, tokens: dict[str, str]) -> bytes:
    numeric, last = call.node.replies.numeric, "are supported by this server"
    lines = _lines(tokens)
    return b"".join(numeric(nick, num.RPL_ISUPPORT, *words, last) for words in lines)


def _lines(tokens: dict[str, str]) -> Iterator[list[str]]:
    words: list[str] = []
    size = 0
    for key, value in tokens.items():
        word = f"{key}={value}" if value else key
        size += len(word) + 1
        if words and (len(words) == TOKENS_PER_LINE or size > TOKEN_BYTES_PER_LINE):
            yield words
            words, size = [], len(word) + 1
        words.append(word)
    yield words


def ask_isupport(call: Call) -> None:
    """Send all tokens again; before the sign-in to who asked for draft/extended-isupport."""
    if call.session.user is None and not call.session.caps & EXTENDED_ISUPPORT:
        call.reply(num.ERR_NOTREGISTERED, "You have not signed in yet")
        return
    tell_isupport(call)


COMMANDS: Final = (
    Command(
        "ISUPPORT",
        ask_isupport,
        0,
        "ISUPPORT",
        "List what the server has, for programs.",
        "IRCv3 draft/extended-isupport",
        is_early=True,
    ),
)
