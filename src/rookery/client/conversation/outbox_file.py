"""What waits when the program ends, kept beside the device that was to send it.

Only the client that has the device reads or writes it: two clients of one person never send the
same line. A file that no orderly end has written may lie behind what was sent since, so its lines
are sent only when the person says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rookery.client.conversation import outgoing
from rookery.client.conversation.plain import as_dict, as_list, read_object
from rookery.client.state import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rookery.client.conversation.conversations import Conversations


def text_of(conversations: Conversations, *, is_final: bool) -> str:
    """Return what is kept; `is_final`: the program ends, and nothing is sent any more."""
    model = conversations.model
    rows = [
        {
            "target": waiting.target,
            "text": waiting.text,
            "tags": dict(waiting.tags),
            "typed_ms": conversations.clock_ms() - round((model.now_s - waiting.typed_at_s) * 1000),
            "may_have_left": waiting.may_have_left,
        }
        for waiting in model.outbox
    ]
    return json.dumps({"is_final": is_final, "outbox": rows}, ensure_ascii=False)


def take_over(conversations: Conversations, path: Path) -> None:
    """Put what an earlier run left at `path` into the outbox, and note that it is ours now.

    Raises OSError, ValueError, KeyError or TypeError for what cannot be read or written.
    """
    kept = read_object(path)
    if kept is None or not kept["outbox"]:
        return
    # From here on it is no orderly end's: after a crash the lines would be sent once more.
    write_whole(path, json.dumps({**kept, "is_final": False}, ensure_ascii=False))
    for row in map(as_dict, as_list(kept["outbox"])):
        _put(conversations, row, is_doubtful=not kept["is_final"] or bool(row["may_have_left"]))


def _put(conversations: Conversations, row: Mapping[str, object], *, is_doubtful: bool) -> None:
    model = conversations.model
    target, text = str(row["target"]), str(row["text"])
    age_s = max(conversations.clock_ms() - int(str(row["typed_ms"])), 0) / 1000
    tags = {str(name): str(value) for name, value in as_dict(row["tags"]).items()}
    held = conversations.take(target)
    waiting = model.outbox.add(target, text, model.next_client_id(), model.now_s - age_s, tags)
    waiting.is_doubtful = is_doubtful
    outgoing.show(conversations, held, waiting)
