"""A timeline ends as the server's history, whatever comes between: no double, no loss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rookery.client.conversation import merging, taking
from rookery.client.conversation.conversation import Conversation
from rookery.client.conversation.merging import Reach
from rookery.client.conversation.timeline import Timeline
from rookery.client.happened import Page, Reacted, Redacted, Toward
from rookery.client.said import Said

PAGE = 3
SENDERS = ("ann", "bob")
DEED = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("edit"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("react"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("redact"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("hear"), st.integers(1, 4), st.booleans()),
    st.tuples(st.just("answer"), st.just(0), st.booleans()),
    st.tuples(st.just("older"), st.just(0), st.booleans()),
    st.tuples(st.just("lose"), st.just(0), st.booleans()),
    st.tuples(st.just("connect"), st.just(0), st.booleans()),
)


class Server:
    """Keeps what was said; a tick of the clock may be shared by several."""

    def __init__(self):
        self.history = []
        self.count = 0
        self.at_ms = 1000
        self.redacted = set()
        self.edited = {}

    def add(self, make, *, is_later):
        self.count += 1
        self.at_ms += is_later
        item = make(f"{self.count:04x}", self.at_ms)
        self.edited[item.msgid] = getattr(item, "edit_of", "")
        self.history.append(item)
        return item

    def talk(self):
        return [one for one in self.history if isinstance(one, Said) and not one.edit_of]

    def page(self, before=""):
        end = len(self.history)
        if before:
            end = sum(one.msgid < before for one in self.history)
        return tuple(self.history[max(0, end - PAGE) : end])

    def redact(self, msgid):
        self.redacted.add(msgid)
        self.history = [one for one in self.history if one.msgid != msgid]

    def texts(self):
        """Return what a client has to show, oldest first, by the rules of docs/ext/edit.md."""
        edits = {}
        for one in self.history:
            original = next(
                (o for o in self.talk() if o.msgid == getattr(one, "edit_of", "")), None
            )
            if original is not None and original.sender == one.sender:
                edits[original.msgid] = one.text
        shown = []
        for one in self.history:
            if not isinstance(one, Said):
                continue
            is_edit = one.edit_of and any(
                o.msgid == one.edit_of and o.sender == one.sender for o in self.talk()
            )
            if not is_edit:
                shown.append((one.msgid, edits.get(one.msgid, one.text), self.reactions(one.msgid)))
        return shown

    def surely(self, texts):
        """Return what every client knows: not all hear of each deletion while they are away."""
        return [
            one
            for one in texts
            if one[0] not in self.redacted and self.edited[one[0]] not in self.redacted
        ]

    def reactions(self, msgid):
        states = {}
        for one in self.history:
            if isinstance(one, Reacted) and one.to_msgid == msgid:
                states.pop((one.emoji, one.who), None)
                if not one.is_taken_back:
                    states[one.emoji, one.who] = True
        return sorted(states)


class Client:
    """A timeline at the end of a stream that may break."""

    def __init__(self, server):
        self.server = server
        self.conversation = Conversation("#room")
        self.timeline = Timeline(self.conversation, lambda _: None)
        self.reach = Reach(max_gap_pages=2)
        self.stream = None
        self.asked = []

    def connect(self):
        if self.stream is None:
            self.stream = []
            self.asked = [(Toward.LATEST, "")]

    def lose(self):
        if self.stream is not None:
            self.stream = None
            self.asked = []
            merging.lost(self.timeline, self.reach)

    def tell(self, item):
        if self.stream is not None:
            self.stream.append(item)

    def older(self):
        before = merging.before_msgid(self.timeline, self.reach)
        if self.stream is not None and before and not self.asked and self.reach.is_latest_read:
            self.asked.append((Toward.BEFORE, before))

    def answer(self):
        """Have the server answer the oldest question, behind what it has sent already."""
        if self.stream is not None and self.asked and self.asked[0] is not None:
            toward, before = self.asked[0]
            items = self.server.page(before)
            self.asked[0] = None
            self.stream.append(Page("#room", toward, items, is_last=not items))

    def hear(self, count):
        for _ in range(count):
            if not self.stream:
                return
            item = self.stream.pop(0)
            if isinstance(item, Page):
                self.asked.pop(0)
                if merging.merge(self.timeline, self.reach, item, "me", 0):
                    before = merging.before_msgid(self.timeline, self.reach)
                    self.asked.append((Toward.BEFORE, before))
            elif isinstance(item, Redacted):
                self.timeline.redact(item)
            else:
                taking.live(self.timeline, item, "me", 0)

    def settle(self):
        while self.asked or self.stream:
            self.answer()
            self.hear(1)

    def texts(self):
        return [
            (one.msgid, one.text, sorted((e, n) for e, who in one.reactions.items() for n in who))
            for one in self.conversation.entries
            if not one.is_redacted
        ]


def do(server, client, deed):
    """Do one thing, on either side."""
    kind, number, flag = deed
    talk = server.talk()
    about = talk[number % len(talk)] if talk else None
    if kind == "say":
        sender = SENDERS[number]
        item = server.add(
            lambda msgid, at: Said(sender, "#room", f"said {msgid}", at, msgid, is_room=True),
            is_later=flag,
        )
        client.tell(item)
    elif kind == "edit" and about:
        sender = about.sender if number % 3 else SENDERS[0]
        item = server.add(
            lambda msgid, at: Said(
                sender, "#room", f"edit {msgid}", at, msgid, is_room=True, edit_of=about.msgid
            ),
            is_later=flag,
        )
        client.tell(item)
    elif kind == "react" and about:
        who = SENDERS[number % 2]
        item = server.add(
            lambda msgid, at: Reacted(
                "#room", about.msgid, "+1", who, at, msgid, is_taken_back=number % 3 == 0
            ),
            is_later=flag,
        )
        client.tell(item)
    elif kind == "redact" and about:
        server.redact(about.msgid)
        client.tell(Redacted("#room", about.msgid, "ann"))
    elif kind == "hear":
        client.hear(number)
    elif kind in {"answer", "older", "lose", "connect"}:
        getattr(client, kind)()


@given(st.lists(DEED, max_size=80))
def test_any_interleaving_ends_as_the_history(deeds):
    """Pages, live lines, lost connections, edits before their originals: the end is the same."""
    server = Server()
    client = Client(server)
    client.connect()
    for deed in deeds:
        do(server, client, deed)
        keys = [entry.key for entry in client.conversation.entries]
        assert sorted(set(keys)) == sorted(keys)
        msgids = [entry.msgid for entry in client.conversation.entries]
        assert sorted(msgids) == msgids
    client.lose()
    client.connect()
    client.settle()
    while client.conversation.has_older and merging.before_msgid(client.timeline, client.reach):
        client.older()
        client.settle()
    assert server.surely(server.texts()) == server.surely(client.texts())
