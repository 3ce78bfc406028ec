"""Pages of history among live talk, whatever the disk and the readers are slow at."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.command.house import House

CAPS = ("batch", "message-tags", "server-time", "draft/chathistory")
ROOMS = ("#a", "#b", "#c")
HERS = ("#a", "#b")
"""Those that ann is in."""
MANY = 100
PAGES = ("LATEST {} *", "AROUND {} timestamp=2999-12-31T00:00:00.000Z")
"""Two ways to ask for all of a room, where less than half of `MANY` was said in it."""

_acts = st.lists(
    st.tuples(
        st.sampled_from(
            [("say", name) for name in ROOMS]
            + [("ask", name) for name in HERS]
            + [("disk", ""), ("readers", "")]
        ),
        st.booleans(),
    ),
    min_size=4,
    max_size=30,
)
"""What happens, and whether the server gets a turn behind it."""


def _perform(house, acts):
    """Do the acts; return what was said in each room, and for each question its room and the same.

    `disk` and `readers` hold the one or the other, or let it go on; at first the disk is held.
    """
    said, asked = {name: [] for name in ROOMS}, []
    house.disk.is_held = True
    for number, ((act, name), has_turn) in enumerate(acts):
        if act == "say":
            house.bob.say(f"PRIVMSG {name} :{number}")
            said[name].append(f"{number}")
        elif act == "ask":
            house.ann.say(f"CHATHISTORY {PAGES[number % len(PAGES)].format(name)} {MANY}")
            asked.append((name, {each: [*texts] for each, texts in said.items()}))
        else:
            place = getattr(house, act)
            place.is_held = not place.is_held
        if has_turn:
            house.turn()
    house.disk.is_held = house.readers.is_held = False
    house.turn()
    return said, asked


def _pages(lines):
    """Yield each page, with its room and what had come by itself before it, by room."""
    live, page = {name: [] for name in ROOMS}, []
    for line in lines:
        words = line.removeprefix("@").split(" ")
        if " PRIVMSG " in line:
            of_batch = words[0].startswith("batch=")
            (page if of_batch else live[words[3]]).append(line.rpartition(":")[2])
        elif words[2].startswith("+"):
            name, page = words[4], []
        else:
            yield name, page, {each: [*texts] for each, texts in live.items()}


@settings(max_examples=300)
@given(_acts)
def test_page_overtakes_nothing(acts):
    """A page has all that was said there before the question, without a gap, and nothing unread.

    All that was said before the question, in any room of the reader's, comes before the page.
    """
    house = House(history_page=MANY)
    house.ann, house.bob = house.person("ann", *CAPS), house.person("bob")
    for name in ROOMS:
        house.room(name, house.bob, *([house.ann] if name in HERS else []))
    house.ann.heard()
    said, asked = _perform(house, acts)
    pages = [*_pages(house.ann.heard())]
    assert [name for name, _ in asked] == [name for name, _, _ in pages]
    for (_, said_before), (name, page, read_before) in zip(asked, pages, strict=True):
        assert page == said[name][: len(page)]
        assert page[: len(said_before[name])] == said_before[name]
        assert read_before[name][: len(page)] == page
        for each in HERS:
            assert read_before[each][: len(said_before[each])] == said_before[each]
