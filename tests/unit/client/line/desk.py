"""A person at the line client, without a terminal, a socket or a clock."""

from __future__ import annotations

import contextlib

from tests.unit.client.wire_end import WireEnd

from rookery.client.line import naming
from rookery.client.line.talk import Talk
from rookery.client.options import Options
from rookery.client.registration import Identity
from rookery.wire.message import parse


class Front:
    """Keeps what is shown and asked."""

    def __init__(self, *, is_interactive=True):
        self.is_interactive = is_interactive
        self.shown = []
        self.exit_code = None
        self.completed = 0

    def complete(self):
        self.completed += 1

    def show(self, line):
        self.shown.append(line)

    def asked(self, prompt):
        pass

    def finish(self, exit_code):
        self.exit_code = exit_code


class DeskSession:
    """A session whose connection is a `WireEnd`."""

    def __init__(self, end, options):
        self.end = end
        self.model = end.model
        self.options = options
        self.is_encrypted = False
        self.password = "old"
        self.sink = None
        self.hurried = 0

    @contextlib.contextmanager
    def using(self):
        self.model.now_s = self.end.now_s
        yield self.model
        self.settle()

    def settle(self):
        while shown := self.model.take_shown():
            for thing in shown:
                self.sink(thing)

    def sign_in(self, name, password=""):
        with self.using() as model:
            model.sign_in(Identity(name, (), password, "fresh"))

    def saved_password(self):
        return self.password

    def try_now(self):
        self.hurried += 1


class Desk:
    """Type lines, feed the server's answers, and look at what is shown."""

    def __init__(self, *, is_interactive=True, host="127.0.0.1"):
        self.end = WireEnd()
        self.front = Front(is_interactive=is_interactive)
        options = Options(host, 8080, None, None, None, None, None)
        self.session = DeskSession(self.end, options)
        self.talk = Talk(self.session, self.front)
        self.session.sink = self.talk.news
        self._answered = 0

    def begin(self, name=None):
        naming.begin(self.talk, name, None)
        self.end.model.connected(self.end.now_s)
        offered = "message-tags echo-message batch labeled-response standard-replies"
        more = "draft/account-registration=before-connect rookery.chat/resend"
        self.feed(f":s CAP * LS :{offered} {more}")
        self.feed(f":s CAP * ACK :{offered} draft/account-registration rookery.chat/resend")

    def sign_in(self, name="alice"):
        self.begin(name)
        self.feed(f":s REGISTER SUCCESS {name} :yours", f":s 001 {name} :Welcome")
        self.read()
        self.said()

    def connect_again(self):
        """Come back after a lost connection, to the welcome."""
        self.end.model.connected(self.end.now_s)
        offered = "message-tags echo-message batch labeled-response rookery.chat/resend"
        self.feed(f":s CAP * LS :{offered}", f":s CAP * ACK :{offered}", ":s 001 alice :Welcome")

    def type(self, *lines):
        for line in lines:
            self.talk.typed(line)

    def feed(self, *lines):
        self.end.feed(*lines)
        self.session.settle()

    def news(self, *news):
        for one in news:
            self.talk.news(one)

    def read(self):
        """Return what was shown since the last look."""
        shown, self.front.shown[:] = list(self.front.shown), []
        return shown

    def said(self):
        """Return what was said to the server since the last look, without tags."""
        return [line.partition(" ")[2] if line[0] == "@" else line for line in self.lines()]

    def lines(self):
        lines = self.end.lines
        for line in lines:
            self._answered = parse(line).tags.get("label", self._answered)
        return lines

    def answer(self, *lines):
        """Answer the last question, as one labelled response."""
        self.lines()
        self.feed(f"@label={self._answered} :s BATCH +b labeled-response")
        self.feed(*(f"@batch=b {line}" for line in lines), ":s BATCH -b")

    def enter(self, room="teamchat", *others):
        self.type(f"join {room}")
        names = " ".join(("alice", *others))
        self.answer(
            f":alice!u@h JOIN #{room}",
            f":s 353 alice = #{room} :{names}",
            f":s 366 alice #{room} :End",
        )
