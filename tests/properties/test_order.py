"""Everybody reads one order: random talk against a model that is nothing but lists."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.command.house import House, untagged

PEOPLE = ("ann", "bob", "cat", "dan")
ROOMS = ("#a", "#b", "#c")
CAPS = ((), ("echo-message",), ("message-tags", "echo-message"), ("echo-message", "batch"))

_acts = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(ROOMS)),
        st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(ROOMS)),
        st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
        st.tuples(st.just("join"), st.sampled_from(PEOPLE), st.sampled_from(ROOMS)),
        st.tuples(st.just("part"), st.sampled_from(PEOPLE), st.sampled_from(ROOMS)),
        st.tuples(st.just("ping"), st.sampled_from(PEOPLE), st.just("")),
        st.tuples(st.just("turn"), st.just(""), st.just("")),
    ),
    max_size=60,
)


class Model:
    """What each person must read, as one list per person and room, and one per speaker."""

    def __init__(self):
        self.inside = {name: set(PEOPLE) for name in ROOMS}
        self.by_room = {(reader, name): [] for reader in PEOPLE for name in ROOMS}
        self.by_speaker = {(reader, speaker): [] for reader in PEOPLE for speaker in PEOPLE}
        self.lines = {reader: [] for reader in PEOPLE}

    def says(self, speaker, target, text, echoing):
        line = f":{speaker}!~{speaker}@host PRIVMSG {target} :{text}"
        if target in ROOMS:
            if speaker not in self.inside[target]:
                return
            readers = self.inside[target] - {speaker}
        else:
            readers = {target}
        for reader in [*readers, *([speaker] if speaker in echoing else [])]:
            self.lines[reader].append(line)
            self.by_speaker[reader, speaker].append(line)
            if target in ROOMS:
                self.by_room[reader, target].append(line)


def _perform(house, clients, acts):
    """Do the acts, and return the model of what must be read."""
    model, numbers = Model(), count()
    echoing = {name for name, caps in zip(PEOPLE, CAPS, strict=True) if caps}
    for act, name, target in acts:
        if act == "turn":
            house.turn()
        elif act == "say":
            text = f"text-{next(numbers)}"
            clients[name].say(f"PRIVMSG {target} :{text}")
            model.says(name, target, text, echoing)
        elif act == "ping":
            clients[name].say("PING x")
        else:
            clients[name].say(f"{act.upper()} {target}")
            change = model.inside[target].add if act == "join" else model.inside[target].discard
            change(name)
    house.turn()
    return model


@given(_acts)
def test_every_member_reads_one_order(acts):
    """In a room all members read one order, each speaker's words keep theirs, none is lost."""
    house = House(rooms_per_user=9)
    clients = {name: house.person(name, *caps) for name, caps in zip(PEOPLE, CAPS, strict=True)}
    for name in ROOMS:
        house.room(name, *clients.values())
    model = _perform(house, clients, acts)
    for reader, client in clients.items():
        read = [line for line in untagged(client.heard()) if " PRIVMSG " in line]
        assert sorted(model.lines[reader]) == sorted(read)
        for name in ROOMS:
            in_room = [line for line in read if f" PRIVMSG {name} " in line]
            assert model.by_room[reader, name] == in_room
        for speaker in PEOPLE:
            spoken = [line for line in read if line.startswith(f":{speaker}!")]
            assert model.by_speaker[reader, speaker] == spoken


@given(st.lists(st.tuples(st.sampled_from(("say", "ping", "turn")), st.sampled_from((0, 1)))))
def test_answers_keep_the_order_of_the_questions(acts):
    """What one client does is answered in that order, whether it is stored or not."""
    house = House()
    client, other = house.person("ann", "echo-message"), house.person("bob")
    house.room("#a", client, other)
    house.room("#b", client, other)
    expected = []
    for number, (act, at) in enumerate(acts):
        if act == "turn":
            house.turn()
            continue
        target = ("#a", "#b")[at]
        client.say(f"PRIVMSG {target} :{number}" if act == "say" else f"PING {number}")
        expected.append(str(number))
    house.turn()
    assert expected == [line.rpartition(":")[2] for line in client.heard()]
