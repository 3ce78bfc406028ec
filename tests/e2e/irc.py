"""A bare IRC connection: says lines, and looks at the lines that come."""

import base64
import itertools
import re
import socket
import struct
import time

from tests.e2e.waits import END_S, SEEN_S

READ_BYTES = 65_536


class ConnectionEndedError(AssertionError):
    """The server has closed the connection, or is gone."""


class Irc:
    """One connection; `answers_pings` False leaves the server's questions open."""

    def __init__(self, port, tls=None, *, answers_pings=True):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SEEN_S)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.answers_pings = answers_pings
        self.lines = []
        """Every line that came, without its end."""
        self._at = 0
        self._rest = b""
        self._is_over = False
        self._tokens = itertools.count(1)

    def sign_in(self, nick, caps="", password=""):
        """Sign in as `nick` with these capabilities, and register it where there is a password.

        Return the connection itself.
        """
        if caps:
            self.send(f"CAP REQ :{caps}")
        self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        if caps:
            self.send("CAP END")
        self.expect(rf":\S+ 001 {re.escape(nick)} ")
        if password:
            self.send(f"REGISTER * * {password}")
            self.expect("REGISTER SUCCESS")
        return self

    def send(self, *lines):
        """Send lines."""
        self.send_bytes("".join(f"{line}\r\n" for line in lines).encode())

    def send_bytes(self, data):
        """Send bytes as they are."""
        self.socket.sendall(data)

    def expect(self, pattern, within_s=SEEN_S):
        """Return the next line in which the expression is found; pass over those before it."""
        until_s = time.monotonic() + within_s
        while True:
            while self._at < len(self.lines):
                line = self.lines[self._at]
                self._at += 1
                if re.search(pattern, line):
                    return line
            self._read_until(until_s, pattern)

    def come_back(self, nick, caps, password):
        """Sign in to the account `nick`; return the connection itself."""
        self.send(f"CAP REQ :sasl {caps}", "AUTHENTICATE PLAIN")
        self.expect(r"AUTHENTICATE \+")
        proof = base64.b64encode(f"\0{nick}\0{password}".encode()).decode()
        self.send(f"AUTHENTICATE {proof}")
        self.expect(" 903 ")
        self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP END")
        self.expect(rf":\S+ 001 {re.escape(nick)} ")
        return self

    def join(self, room):
        """Enter a room and wait until its members are listed; return the connection itself."""
        self.send(f"JOIN {room}")
        self.expect(f" 366 .*{room}")
        return self

    def catch_up(self):
        """Return all lines so far, when what the server sent before now has come."""
        token = f"catch-up-{next(self._tokens)}"
        self.send(f"PING {token}")
        self.expect(rf"PONG \S+ :?{token}$")
        return self.lines

    def not_seen(self, pattern):
        """Fail if the expression is found in a line that the server has sent before now."""
        seen = [line for line in self.catch_up() if re.search(pattern, line)]
        assert not seen, f"must not come: {seen}"

    def expect_end(self, within_s=END_S):
        """Wait until the server has closed the connection; return all lines."""
        until_s = time.monotonic() + within_s
        while not self._is_over:
            self._read_until(until_s, "the end of the connection")
        return self.lines

    def reset(self):
        """Vanish with a RST instead of a goodbye."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        """Close the connection."""
        self.socket.close()

    def _read_until(self, until_s, what):
        left_s = until_s - time.monotonic()
        if self._is_over:
            raise ConnectionEndedError(f"{what}: it has ended. Last lines:\n{self._last_lines()}")
        assert left_s > 0, f"{what}: never came. Last lines:\n{self._last_lines()}"
        self.socket.settimeout(left_s)
        try:
            data = self.socket.recv(READ_BYTES)
        except TimeoutError:
            return
        except ConnectionError:
            data = b""
        self._is_over = not data
        *whole, self._rest = (self._rest + data).split(b"\r\n")
        for line in whole:
            text = line.decode()
            self.lines.append(text)
            if self.answers_pings and text.startswith("PING "):
                self.send(f"PONG {text.removeprefix('PING ')}")

    def _last_lines(self):
        return "\n".join(self.lines[-30:])
