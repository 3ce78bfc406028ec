"""`rookery tail`: print what is said in a room or with a person, as it comes."""

from __future__ import annotations

import contextlib
import json
import os
import select
import sys
import threading
from typing import TYPE_CHECKING, Final

from rookery.client import asking, history, wording
from rookery.client.direct import Direct
from rookery.client.news import Lost
from rookery.client.requests import Kind
from rookery.client.rooms import is_room
from rookery.client.shown import BackOnline, Refused, Said, Went, plain_room
from rookery.client.wire_time import to_wire
from rookery.errors import ClientError, RefusedError
from rookery.wire.casefold import fold
from rookery.wire.message import Message

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.news import News
    from rookery.client.options import Options

EXIT_INTERRUPTED: Final = 130


def tail(options: Options, target: str, is_json: bool, last: int) -> int:
    """Print messages until Ctrl-C, or until nobody reads them any more; return the exit code.

    `last` earlier messages come first. What was missed while the connection was lost follows when
    it is back. May raise `ClientError`.
    """
    tailing = _Tail(options, target, is_json=is_json)
    threading.Thread(target=tailing.watch_reader, name="reader", daemon=True).start()
    try:
        with tailing.direct as direct:
            with direct.session.using() as model:
                tailing.begin(model, last)
            direct.wait_for(lambda _: tailing.is_over, None)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    if tailing.error is not None:
        raise tailing.error
    return 0


class _Tail:
    """One run: what of the news is printed."""

    def __init__(self, options: Options, target: str, *, is_json: bool) -> None:
        self.direct = Direct(options, self._hear)
        self.is_over = False
        self.error: ClientError | None = None
        self._target = target
        self._is_json = is_json

    def begin(self, model: Model, last: int) -> None:
        """Enter the room, and ask for earlier messages."""
        if is_room(self._target):
            asking.join(model, self._target)
        if last and history.CHATHISTORY in model.caps:
            line = Message("CHATHISTORY", ["LATEST", self._target, "*", str(last)])
            model.ask(Kind.HISTORY, self._target, line)

    def watch_reader(self) -> None:
        """Wait until nobody reads our output any more, as when `head` has seen enough."""
        watch = select.poll()
        watch.register(sys.stdout.fileno(), 0)
        watch.poll()
        with self.direct.session.using():
            self._end(None)

    def _hear(self, news: News) -> None:
        match news:
            case Said() if self._is_about(news):
                self._print(_json(news) if self._is_json else wording.said(news))
            case Lost(is_first=True):
                print("Connection lost. Trying again.", file=sys.stderr)
            case BackOnline(after_s):
                print(f"Back online after {round(after_s)} s.", file=sys.stderr)
            case Refused("join", _, _, reason):
                place = plain_room(self._target)
                self._end(RefusedError(f"You cannot enter {place}: {wording.refusal(reason)}."))
            case Went(by=by):
                by_whom = f" by {by}" if by else ""
                self._end(
                    ClientError(f"You were taken out of {plain_room(self._target)}{by_whom}.")
                )

    def _is_about(self, one: Said) -> bool:
        other = one.target if one.is_room or one.is_own else one.sender
        return fold(other) == fold(self._target)

    def _print(self, line: str) -> None:
        try:
            print(line, flush=True)
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self._end(None)

    def _end(self, error: ClientError | None) -> None:
        self.error = self.error or error
        self.is_over = True


def _json(one: Said) -> str:
    """Return a message as one JSON object; `time` as RFC 3339 in UTC, null where unknown."""
    message = {
        "id": one.msgid or None,
        "time": to_wire(one.at_ms) if one.at_ms is not None else None,
        "from": one.sender,
        "account": one.account or None,
        "target": one.target,
        "text": one.text,
    }
    return json.dumps(message, ensure_ascii=False)
