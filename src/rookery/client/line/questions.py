"""Questions that stand at the prompt until they are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SIGNING_IN: Final = "signing in"
"""What typed lines wait for until the server has let us in."""
LEAVING: Final = "leaving"
"""The same until the room is left."""
SENDING: Final = "sending"
"""The same until the private message is stored."""
TO: Final = "To: "
ROOM: Final = "Room: "


@dataclass(frozen=True, slots=True)
class Question:
    """What the prompt asks; `answer` gets the line that was typed."""

    prompt: str
    answer: Callable[[str], None]
    is_secret: bool = False
    """What is typed is not shown."""
    dropped: Callable[[], None] | None = None
    """What Ctrl-C does; None where nothing can go on without an answer."""
