"""A small chat server on a socket of this computer, for what needs a real connection.

It knows accounts, rooms and the vendor extension for resends, and keeps all that was said.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import threading

from rookery.wire.message import Message, format_message, parse

END_S = 60.0

OFFERED = (
    "message-tags echo-message batch labeled-response standard-replies sasl=PLAIN "
    "draft/account-registration=before-connect rookery.chat/resend"
)


class SmallServer:
    """Listens from the beginning; `cut` closes all connections, `close` ends it."""

    def __init__(self):
        self.accounts = {}
        self.stored = []
        """(sender, target, text) in order."""
        self.counters = {}
        self.banned = ""
        self.deaf_to = ()
        """Texts that are stored, and names, with the connection closed instead of an answer."""
        self.people = []
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=_Person(self, connection).serve)
                self._threads.append(thread)
                thread.start()

    def wait_for(self, is_so, timeout_s):
        """Wait until what people do makes it so."""
        with self._changed:
            assert self._changed.wait_for(is_so, timeout_s)

    def took(self):
        with self._changed:
            self._changed.notify_all()

    def cut(self):
        with self.lock:
            for person in list(self.people):
                person.cut()

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(END_S)  # Whoever was let in last is among the people now.
        self.cut()
        for thread in self._threads:
            thread.join(END_S)


class _Person:
    def __init__(self, server, connection):
        self.server = server
        self.connection = connection
        self.nick = ""
        self.rooms = set()
        server.people.append(self)

    def cut(self):
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def serve(self):
        lines = self.connection.makefile("r", encoding="utf-8")
        with self.connection, lines, contextlib.suppress(OSError):
            for line in lines:
                with self.server.lock:
                    self._take(parse(line.rstrip("\r\n")))
                    self.server.took()
        with self.server.lock:
            self.server.people.remove(self)

    def say(self, command, *params, source="s", tags=None):
        line = format_message(Message(command, params, source, tags or {}))
        with contextlib.suppress(OSError):
            self.connection.sendall(line.encode() + b"\r\n")

    def _take(self, message):
        label = {"label": message.tags["label"]} if "label" in message.tags else {}
        handler = getattr(self, f"_on_{message.command.lower()}", None)
        if handler is not None:
            handler(message, label)

    def _on_cap(self, message, _):
        verb = message.params[0]
        if verb == "LS":
            self.say("CAP", "*", "LS", OFFERED)
        elif verb == "REQ":
            self.say("CAP", "*", "ACK", message.params[1])
        elif self.nick:
            self.say("001", self.nick, "Welcome")

    def _on_authenticate(self, message, _):
        if message.params[0] == "PLAIN":
            self.say("AUTHENTICATE", "+")
            return
        _, name, password = base64.b64decode(message.params[0]).decode().split("\0")
        if self.server.accounts.get(name) == password:
            self.say("900", "*", "*", name, "in")
            self.say("903", "*", "ok")
        else:
            self.say("904", "*", "no")

    def _on_nick(self, message, _):
        if self.server.banned:
            self.say("465", "*", self.server.banned)
        self.nick = message.params[0]

    def _on_register(self, message, _):
        if self.nick in self.server.accounts:
            self.say("FAIL", "REGISTER", "ACCOUNT_EXISTS", self.nick, "taken")
        else:
            self.server.accounts[self.nick] = message.params[2]
            if self.nick in self.server.deaf_to:
                self.cut()
                return
            self.say("REGISTER", "SUCCESS", self.nick, "yours")

    def _on_join(self, message, label):
        room = message.params[0]
        if room == "#closed":
            self.say("475", self.nick, room, "it has a key", tags=label)
            return
        self.rooms.add(room)
        self.say("BATCH", "+j", "labeled-response", tags=label)
        self.say("JOIN", room, source=f"{self.nick}!u@h", tags={"batch": "j"})
        inside = [person.nick for person in self.server.people if room in person.rooms]
        self.say("353", self.nick, "=", room, " ".join(inside), tags={"batch": "j"})
        self.say("366", self.nick, room, "End", tags={"batch": "j"})
        self.say("BATCH", "-j")

    def _on_part(self, message, label):
        self.rooms.discard(message.params[0])
        self.say("PART", message.params[0], source=f"{self.nick}!u@h", tags=label)

    def _on_who(self, _, label):
        self.say("BATCH", "+w", "labeled-response", tags=label)
        for person in self.server.people:
            row = (self.nick, "*", "u", "h", "s", person.nick, "H", "0 x")
            self.say("352", *row, tags={"batch": "w"})
        self.say("BATCH", "-w")

    def _on_privmsg(self, message, label):
        target, text = message.params
        device, _, counter = message.tags["rookery.chat/id"].partition(".")
        if int(counter) <= self.server.counters.get(device, 0):
            self.say("NOTE", "PRIVMSG", "ALREADY_STORED", target, "x", "stored", tags=label)
            return
        self.server.counters[device] = int(counter)
        self.server.stored.append((self.nick, target, text))
        if text in self.server.deaf_to:
            self.cut()
            return
        msgid = {"msgid": f"m{len(self.server.stored)}"}
        source = f"{self.nick}!u@h"
        self.say("PRIVMSG", target, text, source=source, tags=label | msgid)
        for person in self.server.people:
            if person is not self and (target == person.nick or target in person.rooms):
                person.say("PRIVMSG", target, text, source=source, tags=msgid)

    def _on_ping(self, message, _):
        self.say("PONG", "s", message.params[0])

    def _on_quit(self, _, __):
        self.say("ERROR", "bye")
        self.cut()
