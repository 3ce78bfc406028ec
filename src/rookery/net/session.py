"""The pump: bytes in, lines out of the framer, commands done, one after the other.

A session's lines are carried out in their order. While one waits (for a password, for the disk,
for its pace), the next stay in `_backlog` and the connection is not read. Whatever goes wrong in
here ends this session alone.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from rookery import log
from rookery.command.dispatch import handle, refuse_undecodable
from rookery.command.leave import leave
from rookery.command.route import follow, more_texts
from rookery.command.signing import Signing
from rookery.deliver.session import Reached, Session
from rookery.net.pacing import Bucket
from rookery.wire import message
from rookery.wire import numerics as num
from rookery.wire.framer import MAX_CLIENT_TAGS_BYTES, TOO_LONG, Framer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.net.hall import Hall

_log: Final = log.get("session")


def guarded(step: Callable[[], object]) -> bool:
    """Run a step of the epoch; return False where it failed, which is logged: see `Guard`."""
    try:
        step()
    except Exception:  # noqa: BLE001 - one session's fault must not end the others
        _log.exception("failed between sessions")
        return False
    return True


class Pump(asyncio.Protocol):
    """One IRC connection, from its first byte to its last."""

    __slots__ = (
        "_backlog",
        "_bucket",
        "_framer",
        "_hall",
        "_is_choked",
        "_is_unsigned",
        "_is_waiting",
        "_transport",
        "_when_drained",
        "address",
        "heard_at_s",
        "opened_at_s",
        "session",
    )

    def __init__(self, hall: Hall, transport: asyncio.Transport, address: str, host: str) -> None:
        self._hall = hall
        self._transport = transport
        self.address = address
        self._framer = Framer(MAX_CLIENT_TAGS_BYTES, hall.node.rules.line_bytes)
        self._backlog: list[bytes] = []
        self._is_waiting = False
        self._is_choked = False
        self._when_drained: tuple[Callable[[], None], ...] = ()
        self._is_unsigned = True
        self.opened_at_s = self.heard_at_s = hall.now_s()
        pace = None if address in hall.limits.exempt else hall.pace
        self._bucket = Bucket(pace, self.opened_at_s) if pace else None
        self.session = Session(hall.next_session_id(), host, self)
        self.session.signing = Signing()

    # From the transport.

    def data_received(self, data: bytes) -> None:
        """Carry out what the bytes complete; called by the event loop."""
        self.heard_at_s = self._hall.now_s()
        lines = self._framer.feed(data)
        if self._is_waiting or self._backlog:
            self._backlog += lines
        else:
            self._carry_out(lines)
        epoch = self._hall.node.epoch
        epoch.touch()
        if epoch.rows >= self._hall.max_epoch_rows and not self._is_waiting:
            self._wait()
            epoch.after_commit(self._go_on)

    def connection_lost(self, error: Exception | None) -> None:
        """Take the session out of the world; called by the event loop, once."""
        reason = "Connection lost" if error else "Connection closed"
        self.session.port = None
        leave(self._hall.node, self.session, reason, has_read_all=False)
        if self._is_unsigned:
            self._signed_in()
        self._hall.closed(self)

    def eof_received(self) -> bool:
        """Close behind the answers when the peer has stopped sending; called by the event loop."""
        self.close("Connection closed")
        return self._transport.get_extra_info("ssl_object") is None  # TLS has no half-closed state

    def pause_writing(self) -> None:
        """Stop what waits for `when_drained`; the flush looks at `unsent_bytes`."""
        self._is_choked = True

    def resume_writing(self) -> None:
        """Go on with what has waited for `when_drained`."""
        self._is_choked = False
        steps, self._when_drained = self._when_drained, ()
        for step in steps:
            guarded(step)

    # The session's port: the way out, for the epoch's flush and for commands.

    def write(self, data: bytes) -> None:
        """Send `data`; called by the flush only. A broken transport ends this session alone."""
        try:
            self._transport.write(data)
        except Exception:  # noqa: BLE001 - one session's fault must not end the others
            _log.exception("cannot write", session=self.session.id, nick=self.session.nick)
            self.abort("The connection is broken")

    def unsent_bytes(self) -> int:
        """Return how much was written and has not left yet."""
        return self._transport.get_write_buffer_size()

    def reached(self) -> Reached:
        """Return our end of the connection."""
        end = self._transport.get_extra_info("sockname") or ("", 0)
        page = self._transport.get_extra_info("page") or ""
        return Reached(str(end[0]).partition("%")[0], end[1], page)

    def close(self, reason: str, *, has_read_all: bool = False, error: str = "") -> None:
        """Say ERROR with `error` or `reason` behind all that waits, and close; see `Port`."""
        session, node = self.session, self._hall.node
        if session.id not in node.sessions:
            return
        node.fanout.send(session, f"ERROR :{error or reason}\r\n".encode())
        self._stop_reading()
        leave(node, session, reason, has_read_all=has_read_all)
        node.epoch.after_commit(self._close_transport)

    def abort(self, reason: str) -> None:
        """Close at once; what waits is dropped."""
        _log.info("dropped", session=self.session.id, nick=self.session.nick, reason=reason)
        self._stop_reading()
        self.session.port = None
        leave(self._hall.node, self.session, reason, has_read_all=False)
        self._transport.abort()

    def when_drained(self, step: Callable[[], None]) -> None:
        """Call `step` when most of what was written has left; see `Port`."""
        if self._is_choked:
            self._when_drained += (step,)
        else:
            step()

    def resume(self, step: Callable[[], bool]) -> None:
        """Run the rest of a command that has waited; go on with the next lines where it is True."""
        try:
            may_go_on = step()
        except Exception:  # noqa: BLE001 - one session's fault must not end the others
            self._fail()
            return
        finally:
            self._hall.node.epoch.touch()
        if may_go_on:
            self._go_on()

    # Lines.

    def _go_on(self) -> None:
        """Carry out the lines that have waited, then read on."""
        if self.session.id not in self._hall.node.sessions or self._transport.is_closing():
            return
        self._is_waiting = False
        lines, self._backlog = self._backlog, []
        self._carry_out(lines)
        if not self._is_waiting:
            self._transport.resume_reading()
        self._hall.node.epoch.touch()

    def _fail(self) -> None:
        """End this session for a fault of ours, and log it; call from `except`."""
        _log.exception("failed", session=self.session.id, nick=self.session.nick)
        self.session.capture = None
        self.close("The server made a mistake with this connection, and has logged it")

    def _carry_out(self, lines: list[bytes]) -> None:
        node, session, bucket = self._hall.node, self.session, self._bucket
        now_ms = node.now_ms()
        at = 0
        while at < len(lines):
            try:
                if session.route is not None and (count := self._say_more(lines, at, now_ms)):
                    at += count
                    continue
                line = lines[at]
                if bucket is not None and (wait_s := bucket.wait_s(len(line), self._hall.now_s())):
                    self._wait()
                    self._backlog = lines[at:]
                    self._hall.later(wait_s, self._go_on)
                    return
                may_go_on = self._carry_out_one(line, now_ms)
            except Exception:  # noqa: BLE001 - one session's fault must not end the others
                self._fail()
                return
            at += 1
            if session.id not in node.sessions:
                return
            if self._is_unsigned and session.user is not None:
                self._signed_in()
            if not may_go_on:
                self._wait()
                self._backlog = lines[at:]
                return

    def _say_more(self, lines: list[bytes], at: int, now_ms: int) -> int:
        """Take the plain path with the lines from `at` on; return how many went that way."""
        texts = more_texts(self.session, lines, at)
        if texts and self._bucket is not None:
            run = lines[at : at + len(texts)]
            if not self._bucket.takes(run, self._hall.now_s()):
                return 0
        if texts:
            follow(self.session, texts, now_ms)
        return len(texts)

    def _carry_out_one(self, line: bytes, now_ms: int) -> bool:
        node, session = self._hall.node, self.session
        if line == TOO_LONG:
            self._tell(num.ERR_INPUTTOOLONG, "Input line was too long")
            return True
        try:
            text = line.decode()
        except UnicodeDecodeError:
            refuse_undecodable(node, session, line, now_ms)
            return True
        try:
            parsed = message.parse(text)
        except message.MalformedError:
            if text.strip(" "):
                self._tell(num.ERR_UNKNOWNCOMMAND, "*", "That is no IRC message")
            return True
        return handle(node, session, parsed, now_ms)

    def _signed_in(self) -> None:
        self._is_unsigned = False
        self._hall.signed_in(self)

    def _tell(self, code: str, *params: str) -> None:
        node, session = self._hall.node, self.session
        node.fanout.send(session, node.replies.numeric(session.nick, code, *params))

    def _wait(self) -> None:
        self._is_waiting = True
        self._transport.pause_reading()

    def _stop_reading(self) -> None:
        self._backlog = []
        self._is_waiting = True
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def _close_transport(self) -> None:
        self.session.port = None
        self._transport.close()
