"""The watermark moves on proof alone and never back, and what is delivered is proven in the end."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.command.house import House
from tests.unit.deliver.stage import person

from rookery.deliver.receipts import Receipts

_acts = st.lists(
    st.tuples(
        st.sampled_from(("deliver", "end", "pong", "lie", "late", "tick", "rename", "wait")),
        st.integers(0, 1),
    ),
    max_size=80,
)


class Talk:
    """One person with two sessions, and what was sent and asked for."""

    def __init__(self):
        self.receipts = Receipts(())
        self.user = person("ann", 0, 0)
        self.now_ms = 10_000
        self.last_id = 0
        self.highest = {"ann": 0, "anna": 0}
        self.tokens = {session: [] for session in self.user.sessions}

    def deliver(self, session):
        self.last_id += 1
        self.receipts.delivered(session, self.last_id, lambda: self.now_ms)
        self.highest[self.user.key] = self.last_id

    def end(self, _):
        for session in self.receipts.due():
            assert session.asked is None, "one question at a time"
            line = self.receipts.ask(session, self.last_id, self.now_ms)
            self.tokens[session].append(line.decode().strip().removeprefix("PING :"))

    def pong(self, session):
        if self.tokens[session]:
            self.receipts.answered(session, self.tokens[session].pop(0))

    def lie(self, session):
        before = {row.key: row.watermark for row in self.receipts.mailboxes.values()}
        self.receipts.answered(session, "rookery-ffffff")
        self.receipts.answered(session, "")
        assert before == {row.key: row.watermark for row in self.receipts.mailboxes.values()}

    def late(self, session):
        self.receipts.answered(session, "rookery-0")

    def tick(self, _):
        self.receipts.tick(lambda: None)

    def rename(self, _):
        for session in self.user.sessions:
            self.receipts.renamed(session)
        self.user.key = "anna" if self.user.key == "ann" else "ann"

    def wait(self, _):
        self.now_ms += 700


@given(_acts)
def test_watermark_never_goes_back(acts):
    """Whatever happens in whatever order, no name's watermark ever falls or leads what was sent."""
    talk, marks = Talk(), {"ann": 0, "anna": 0}
    for act, at in acts:
        getattr(talk, act)(talk.user.sessions[at])
        for name, before in marks.items():
            marks[name] = talk.receipts.watermark(name)
            assert before <= marks[name] <= talk.highest[name]


@given(_acts)
def test_everything_is_proven_in_the_end(acts):
    """A client that answers proves all that it was sent under its present name."""
    talk = Talk()
    for act, at in acts:
        getattr(talk, act)(talk.user.sessions[at])
    talk.rename(None)
    for session in talk.user.sessions:
        talk.deliver(session)
    for _ in range(3):
        for session in talk.user.sessions:
            talk.pong(session)
        talk.now_ms += 1000
        talk.tick(None)
        talk.end(None)
    assert talk.receipts.watermark(talk.user.key) == talk.last_id


_days = st.lists(
    st.sampled_from(("write", "sign in", "pong", "lose", "quit", "later", "restart")), max_size=40
)


@given(_days)
def test_every_message_arrives(days):
    """Over sign-ins, lost connections and restarts, each message arrives, in order, at least once.

    What was proven to have arrived does not come again.
    """
    house = House()
    bob, ann, sent, seen, proven = house.person("bob"), None, [], [], set()

    def hear():
        new = [line.rpartition(" ")[2].lstrip(":") for line in ann.heard() if "PRIVMSG" in line]
        assert proven.isdisjoint(new)
        assert new == sorted(new, key=sent.index)
        seen.extend(new)

    for day in [*days, "lose", "sign in"]:
        if day == "write":
            sent.append(f"text-{len(sent)}")
            bob.does(f"PRIVMSG ann :{sent[-1]}")
        elif day == "sign in" and ann is None:
            ann = house.person("ann")
        elif day == "later":
            house.later()
        elif day == "restart":
            house.later()
            house, ann = House(house.store), None
            bob = house.person("bob")
        elif ann is not None and day == "pong":
            hear()
            while ann.pings:
                ann.pong()
                house.later()
                hear()
            proven.update(seen)
        elif ann is not None and day in {"lose", "quit"}:
            ann.is_lost() if day == "lose" else ann.does("QUIT")
            ann = None
        if ann is not None:
            hear()
    assert set(seen) == set(sent)
