"""A password that a person chooses for a name: when that can be, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.wording import OFFLINE

if TYPE_CHECKING:
    from rookery.client.session import Session

MAX_BYTES: Final = 150
"""Old and new one must fit into one line (`docs/ext/password.md`)."""
GOOD_CHARS: Final = 8
NOT_THE_SAME: Final = "The two are not the same. Nothing changed."


def why_not_now(session: Session) -> str:
    """Return why the password cannot be changed, as a sentence; empty where it can."""
    if not session.model.is_online:
        return OFFLINE
    if not session.model.account:
        return "This server keeps no accounts, so there is no password to set."
    if not session.saved_password():
        return "The present password is not known here. Set it where you signed in with it."
    return ""


def fault(new: str) -> str:
    """Return why nobody can have this password, as a sentence; empty where one can."""
    if not new:
        return "Nothing typed, nothing changed."
    if len(new.encode()) > MAX_BYTES:
        return f"A password has at most {MAX_BYTES} bytes. Nothing changed."
    return ""


def warning(new: str) -> str:
    """Return what is weak about a password, as a sentence; empty for nothing.

    How few characters the server takes is its own setting, and told with its refusal.
    """
    if len(new) >= GOOD_CHARS:
        return ""
    return f"Fewer than {GOOD_CHARS} characters are easily guessed; the server may refuse so few."
