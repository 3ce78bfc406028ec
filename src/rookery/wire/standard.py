"""Tag names and other words of the wire that several layers use."""

from __future__ import annotations

from typing import Final

TAG_TIME: Final = "time"
TAG_MSGID: Final = "msgid"
TAG_ACCOUNT: Final = "account"
TAG_BATCH: Final = "batch"
TAG_LABEL: Final = "label"
TAG_RESEND: Final = "rookery.chat/id"
"""A sending client's id of a message: `docs/ext/resend.md`."""

CHANTYPES: Final = "#"
