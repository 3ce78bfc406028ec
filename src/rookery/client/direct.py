"""A session for a command without a conversation: it signs in by itself, or says why it cannot."""

from __future__ import annotations

import contextlib
import getpass
import threading
from typing import TYPE_CHECKING, Final, Self

from rookery.client.naming import name_fault, refused_name, why_taken
from rookery.client.news import GaveUp, News
from rookery.client.session import Session
from rookery.client.shown import AskResend, BackOnline, NameRefused, NameTaken, SignedIn
from rookery.errors import ClientError, RefusedError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.model import Model
    from rookery.client.options import Options

SIGN_IN_S: Final = 30.0
"""How long the sign-in may take."""


class Direct:
    """Use as a context: signed in within it, signed out behind it. May raise `ClientError`."""

    def __init__(self, options: Options, hear: Callable[[News], None]) -> None:
        self.session = Session(options)
        self._options = options
        self._hear = hear
        self._is_in = threading.Event()
        self._error: ClientError | None = None

    def __enter__(self) -> Self:
        """Connect and sign in."""
        password = self._options.given_password() or ""
        self.session.open()
        self.session.sign_in(self._name(), password)
        self.session.start(self._news)
        try:
            if not self.wait_for(lambda _: self._is_in.is_set(), SIGN_IN_S):
                msg = f"{self._options.address} does not let us in. Try again later."
                raise UnreachableError(msg)
        except ClientError:
            self.session.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye."""
        self.session.stop()

    def wait_for(self, is_so: Callable[[Model], bool], timeout_s: float | None) -> bool:
        """Wait until `is_so`; raises the `ClientError` that ended the session meanwhile."""
        is_it = self.session.wait_for(lambda model: bool(self._error) or is_so(model), timeout_s)
        if self._error is not None:
            raise self._error
        return is_it

    def _name(self) -> str:
        """Return the given name, the one that was used last here, or that of the login."""
        name = self._options.user or self.session.last_name()
        if name is None:
            with contextlib.suppress(OSError, KeyError):
                name = getpass.getuser()
        if not name or name_fault(name):
            msg = name_fault(name) if name else "Say who you are: --user NAME"
            raise RefusedError(msg)
        return name

    def _news(self, news: News) -> None:
        match news:
            case SignedIn() | BackOnline():
                self._is_in.set()
                self._hear(news)
            case GaveUp(error):
                self._error = error
            case NameTaken():
                self._error = RefusedError(why_taken(news))
            case NameRefused(name, reason):
                self._error = RefusedError(refused_name(name, reason))
            case AskResend():
                self._error = ClientError("The connection was lost for too long: send again.")
            case _:
                self._hear(news)
