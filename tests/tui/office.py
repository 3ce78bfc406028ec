"""A desk with conversations on it and an application that notes what is wished, for the screen."""

import re
from dataclasses import replace

from textual import on
from textual.app import App

from rookery.client.conversation.changes import Changed, Listed
from rookery.client.conversation.conversation import Conversation, Member
from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.happened import Event, Presence, What
from rookery.client.tui.chat_screen import ChatScreen
from rookery.client.tui.desk import Connection
from rookery.client.tui.keys import KEYS
from rookery.client.tui.terminal_keys import teach
from rookery.client.tui.themes import THEMES
from rookery.client.tui.wishes import Wish

NOON_MS = 1_763_985_600_000
"""Monday, 24 November 2025, 12:00 UTC."""
MINUTE_MS = 60_000
FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
_FETCHED = re.compile(r"@font-face \{.*?\}|<!--.*?-->", re.DOTALL)
"""What a picture would fetch from elsewhere, and who made it."""


def said(key, sender, text, minutes=0, **fields):
    """Return a message, some minutes from noon."""
    return Entry(
        key, NOON_MS + minutes * MINUTE_MS, Kind.SAID, sender, text, msgid=f"m-{key}", **fields
    )


def happened(key, sender, what, minutes=0, **fields):
    """Return an event, some minutes from noon."""
    event = Event(what, **fields)
    return Entry(key, NOON_MS + minutes * MINUTE_MS, Kind.EVENT, sender, event=event)


def general():
    """Return a room in which much of what can be shown is shown."""
    entries = [
        said(
            "a",
            "bob",
            "lunch tomorrow?",
            -1080,
            reactions={"👍": ("alice", "carol")},
            reply_count=1,
        ),
        said("b", "carol", "yes, 12:30", -1078, reply_to="m-a"),
        happened("c", "dave", What.JOINED, -30),
        happened("d", "erin", What.JOINED, -30),
        happened("e", "frank", What.JOINED, -29),
        happened("f", "grace", What.JOINED, -29),
        happened("g", "heidi", What.LEFT, -28),
        happened("h", "ivan", What.QUIT, -28, detail="connection lost"),
        said(
            "i",
            "bob",
            "notes: https://wiki.chat.lan/release/2026-11/checklist?step=3#signing, read them",
            -20,
        ),
        said("j", "alice", "done", -19, is_own=True, is_edited=True),
        said("k", "carol", "@alice can you take the release?", -5, is_mention=True),
        said("l", "名前", "日本語も大丈夫 👩‍🚀 和絵文字", -4),
        Entry("m", NOON_MS - 3 * MINUTE_MS, Kind.ACTION, "dave", "waves", msgid="m-m"),
        said("n", "mallory", "\x1b[2J\x1b]0;owned\x07 harmless \u202eevil", -2),
        Entry("o", NOON_MS, Kind.SAID, "alice", "on it", state=State.WAITING, is_own=True),
    ]
    members = [Member("bob", "@"), Member("carol"), Member("dave", presence=Presence.AWAY)]
    return Conversation(
        "#general",
        topic="Release Friday",
        members=tuple(members),
        entries=entries,
        new_from_key="k",
        unread=4,
        mentions=1,
        typing=("bob",),
        has_older=False,
    )


def friendly():
    """Return the same room without what only tests, as the documentation shows it."""
    room = general()
    room.entries = [
        replace(one, text=one.text.replace("2026-11", "2025-11"))
        for one in room.entries
        if one.key not in {"l", "n", "o"}
    ]
    room.entries += [
        said("q", "alice", "yes, I take it", -2, is_own=True),
        said("r", "bob", "then I bring cake"),
    ]
    room.unread = 3
    return room


def conversations(room=general):
    """Return two rooms and two people."""
    return [
        room(),
        Conversation(
            "#ops", unread=12, entries=[said("x", "bob", "disk is full", 0)], has_older=False
        ),
        Conversation("bob", presence=Presence.HERE, unread=1, mentions=1, has_older=False),
        Conversation("carol", presence=Presence.GONE, draft="about Fri", has_older=False),
    ]


class Office:
    """The desk."""

    def __init__(self, every=None):
        self.conversations = conversations() if every is None else every
        self.connection = Connection(is_online=True)
        self.server = "chat.lan"
        self.nick = "alice"
        self.names = ["bob", "carol", "dave"]
        self.rooms = ["#general", "#ops", "#lunch"]

    def get(self, key):
        return next((one for one in self.conversations if one.key == key), None)


class OfficeApp(App[None], inherit_bindings=False):
    """An application that grants no wish, and notes all."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "Rookery"

    def __init__(self, office=None, theme="dark", table=KEYS):
        super().__init__()
        teach()
        self.office = office or Office()
        self.wished = []
        self.table = table
        for one in THEMES.values():
            self.register_theme(one)
        self.theme = theme

    def export_screenshot(self, **options):
        """Return the picture with fonts of the computer alone: it fetches nothing."""
        svg = _FETCHED.sub("", super().export_screenshot(**options))
        svg = svg.replace("font-family: Fira Code", f"font-family: {FONTS}")
        return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)

    def on_mount(self):
        self.chat = ChatScreen(self.office, self.table)
        self.push_screen(self.chat)

    @on(Wish)
    def _note(self, wish):
        self.wished.append(wish)

    def wishes_of(self, kind):
        return [wish for wish in self.wished if type(wish) is kind]

    def add(self, key, *entries):
        """Have entries come into a conversation."""
        conversation = self.office.get(key)
        at = len(conversation.entries)
        conversation.entries += entries
        self.chat.apply([Changed(key, at, 0, len(entries)), Listed()])

    def alter(self, key, index, **fields):
        """Have an entry become another."""
        entries = self.office.get(key).entries
        entries[index] = replace(entries[index], **fields)
        self.chat.apply([Changed(key, index, 1, 1)])
