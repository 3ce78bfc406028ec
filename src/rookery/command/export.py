"""One's own data, to read and to take along: `NS EXPORT`; files and devices are in `holdings`.

Each message is one NOTICE or several with a JSON object each; texts too long for a line are split,
and `more` says that the next object goes on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rookery.command.account_rows import busy
from rookery.command.holdings import export_devices, export_files
from rookery.command.signing import account_of
from rookery.core.clock import MAX_ID, time_of
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.core.events import Said
    from rookery.core.names import Name

PIECE_BYTES: Final = 150
"""Of text in one object: escaped and with all else around it, it fits one line."""
_ID_CHARS: Final = 16


def export(call: Call, words: list[str]) -> None:
    """Show a page of all that the account said or got in private, from an id on; or the rest."""
    account = account_of(call.session)
    what = words[0].upper() if words else ""
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
    elif what == "FILES":
        export_files(call, account, words[1] if len(words) > 1 else "")
    elif what == "DEVICES":
        export_devices(call, account)
    else:
        _export_messages(call, account, words)


def _export_messages(call: Call, account: Name, words: list[str]) -> None:
    node, page = call.node, call.node.rules.mailbox_page
    # What an earlier owner of the name has said, and got, is not this one's.
    after_id = max(_id(words), node.world.registry.given_up.get(account.key, 0))

    def tell(rows: list[Said]) -> None:
        for said in rows:
            for text in _objects(said):
                call.send(call.served(text))
        if len(rows) < page:
            call.send(call.served("That is all."))
        else:
            call.send(call.served(f"To go on: EXPORT {rows[-1].id:x}"))

    def read() -> list[Said]:
        return node.store.export(account.key, after_id, page)

    call.wait_for(node.readers, read, tell, lambda _: busy(call))


def _id(words: list[str]) -> int:
    text = words[0] if words else ""
    is_hex = 0 < len(text) <= _ID_CHARS and set(text.lower()) <= set("0123456789abcdef")
    return min(int(text, 16), MAX_ID) if is_hex else 0


def _objects(said: Said) -> Iterator[str]:
    whole, rest = as_object(said), said.text
    while True:
        piece = cut(rest, PIECE_BYTES)
        rest = rest[len(piece) :]
        more = {"more": True} if rest else {}
        yield json.dumps(whole | {"text": piece} | more, ensure_ascii=False)
        if not rest:
            return


def as_object(said: Said) -> dict[str, object]:
    """Return a message as it is exported."""
    return {
        "id": f"{said.id:x}",
        "at_ms": time_of(said.id),
        "from": said.source.partition("!")[0],
        "to": said.target,
        "command": said.command,
        "text": said.text,
    }
