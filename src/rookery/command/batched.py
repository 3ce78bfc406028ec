"""Answers that belong together, as one batch. IRCv3 batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.deliver.render import with_tag
from rookery.wire.capabilities import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.command.call import Call


def send_batched(call: Call, kind: str, lines: Iterable[bytes]) -> None:
    """Send lines as a batch of `kind` (its type and parameters), or bare where it is unknown."""
    if not call.session.caps & BATCH:
        data = b"".join(lines)
        if data:
            call.send(data)
        return
    server, ref = call.node.replies.server, call.node.batch_ref()
    tag = f"batch={ref}".encode()
    whole = [f":{server} BATCH +{ref} {kind}\r\n".encode()]
    whole += (with_tag(line, tag) for line in lines)
    whole.append(f":{server} BATCH -{ref}\r\n".encode())
    call.send(b"".join(whole))
