"""The conversations of alice, with a server's end that is written by hand."""

from __future__ import annotations

from tests.unit.client.wire_end import FULL, WireEnd

from rookery.client.conversation import asks, told
from rookery.client.conversation.conversations import Conversations
from rookery.client.news import Lost
from rookery.wire.message import parse

NOON_MS = 1_795_000_000_000
"""The clock of the client, which stands still."""
AT = "time=2026-11-22T10:00:{:02d}.000Z"


class Front(WireEnd):
    """What the server says goes to the conversations at once."""

    def __init__(self):
        super().__init__(is_full=True)
        self.conversations = Conversations(self.model, lambda: NOON_MS)

    def connect(self, name="alice", *, offered=FULL):
        super().connect(name, offered=offered)

    def sign_in(self, *lines):
        """Sign in, with what the server says behind the welcome."""
        self.connect_quietly()
        self.feed(*lines)

    def connect_quietly(self):
        """Sign in without forgetting what that makes the client ask."""
        self.model.take_shown()
        forget, self.forget = self.forget, lambda: None
        self.connect()
        self.forget = forget
        self.settle()

    def feed(self, *lines):
        super().feed(*lines)
        self.settle()

    def settle(self):
        if hasattr(self, "conversations"):
            while shown := self.model.take_shown():
                for thing in shown:
                    told.hear(self.conversations, thing)

    def drop(self):
        """Lose the connection, as the session tells it."""
        self.lose()
        self.settle()
        told.hear(self.conversations, Lost(1.0, is_first=True))

    def join(self, room, *members):
        """Enter a room whose history is empty."""
        asks.join(self.conversations, room)
        label = self.label()
        self.feed(
            f"@label={label} :s BATCH +j labeled-response",
            f"@batch=j;{AT.format(0)};msgid=a0 :alice!u@h JOIN #{room} alice :alice",
            f"@batch=j :s 353 alice = #{room} :@alice {' '.join(members)}",
            f"@batch=j :s 366 alice #{room} :End",
            ":s BATCH -j",
        )
        self.page(f"#{room}")
        self.forget()

    def page(self, target, *lines, verb="LATEST"):
        """Answer the question for a page that was asked with the lines before."""
        asked = [line for line in self.lines if f"CHATHISTORY {verb} {target}" in line]
        assert len(asked) == 1, asked
        label = parse(asked[0]).tags["label"]
        self.feed(
            f"@label={label} :s BATCH +h chathistory {target}",
            *(f"@batch=h;{line.removeprefix('@')}" for line in lines),
            ":s BATCH -h",
        )

    def say(self, second, sender, target, text, msgid, tags=""):
        """Have somebody say something."""
        more = f";{tags}" if tags else ""
        self.feed(
            f"@{AT.format(second)};msgid={msgid};account={sender}{more} "
            f":{sender}!u@h PRIVMSG {target} :{text}"
        )

    def conversation(self, name):
        """Return a conversation."""
        return self.conversations.of(name).conversation

    def talk(self, name):
        """Return what was said in a conversation: sender and text."""
        return [(e.sender, e.text) for e in self.conversation(name).entries if e.is_talk]

    def last(self, name):
        """Return the last message of a conversation."""
        return [entry for entry in self.conversation(name).entries if entry.is_talk][-1]
