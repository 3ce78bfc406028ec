"""What is taken back when it cannot be stored: names of rooms, and metadata."""

import pytest
from tests.unit.command.house import House

FULL = " STORE_UNAVAILABLE "


@pytest.fixture
def house():
    """Return a house with ann, signed in to her account, in #rook, and bob."""
    house = House()
    house.account("ann")
    caps = ("standard-replies", "draft/channel-rename", "draft/metadata-2", "batch")
    house.ann, house.bob = house.person("ann", *caps, account="ann"), house.person("bob")
    house.room("#rook", house.ann)
    return house


def _fails_while_held(house):
    house.disk.is_held, house.disk.is_full = False, True
    house.turn()
    house.disk.is_full = False


def test_renamed_twice(house):
    """A room that was renamed again while the first name failed has its old name."""
    house.disk.is_held = True
    house.bob.say("PRIVMSG ann :to commit")
    house.ann.does("RENAME #rook #two")
    house.ann.does("RENAME #two #three")
    _fails_while_held(house)
    assert list(house.node.world.rooms) == ["#rook"]
    assert sum(FULL in line for line in house.ann.heard()) == 2


def test_old_name_taken_meanwhile(house):
    """A room that was made under the old name stays; nobody loses a room."""
    house.disk.is_held = True
    house.bob.say("PRIVMSG ann :to commit")
    house.ann.does("RENAME #rook #two")
    house.bob.does("JOIN #rook")
    _fails_while_held(house)
    rooms = house.node.world.rooms
    assert [(key, [user.nick for user in room.members]) for key, room in rooms.items()] == [
        ("#two", ["ann"]),
        ("#rook", ["bob"]),
    ]
    house.bob.heard()
    assert house.bob.does("PRIVMSG #rook :hi", "PART #rook") == [":bob!~bob@host PART #rook"]


def test_gone_meanwhile(house):
    """A renamed room that everybody has left is not made again."""
    house.disk.is_held = True
    house.room("#bob", house.bob)
    house.bob.does("RENAME #bob #two")
    house.bob.does("PART #two")
    _fails_while_held(house)
    assert list(house.node.world.rooms) == ["#rook"]


def test_first_value_of_an_account(house):
    """The first value that an account says of itself is taken back where it is kept."""
    house.disk.is_full = True
    assert FULL in house.ann.does("METADATA * SET avatar :x")[0]
    assert house.node.world.metadata_of(house.ann.session.user) == {}


def test_values_of_a_guest_need_no_disk(house):
    """What is not kept is said whatever the disk does, and no later failure takes it back."""
    cat = house.person("cat", "standard-replies", "draft/metadata-2")
    house.disk.is_full = True
    assert " 761 " in cat.does("METADATA * SET avatar :x")[0]
    cat.does("METADATA * SET avatar :y")
    assert house.node.epoch.waiting == []
    house.bob.does("PRIVMSG ann :x")
    assert [cat.heard(), cat.session.user.metadata] == [[], {"avatar": "y"}]
