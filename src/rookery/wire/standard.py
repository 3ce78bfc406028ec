"""Tag names and other words of the wire that several layers use."""

from __future__ import annotations

from typing import Final

TAG_TIME: Final = "time"
TAG_MSGID: Final = "msgid"
TAG_ACCOUNT: Final = "account"
TAG_BATCH: Final = "batch"
TAG_BOT: Final = "bot"
TAG_LABEL: Final = "label"
TAG_CONCAT: Final = "draft/multiline-concat"
TAG_RELAYED_BY: Final = "draft/relaymsg"
TAG_EDIT: Final = "+rookery.chat/edit"
"""The msgid of the message that this one corrects: `docs/ext/edit.md`."""
TAG_REPLY: Final = "+draft/reply"
TAG_REPLY_RATIFIED: Final = "+reply"
"""The same under the name that it has been given since."""
TAG_REACT: Final = "+draft/react"
TAG_UNREACT: Final = "+draft/unreact"
TAG_TYPING: Final = "+typing"
TAG_RESEND: Final = "rookery.chat/id"
"""A sending client's id of a message: `docs/ext/resend.md`."""

CHANTYPES: Final = "#"
