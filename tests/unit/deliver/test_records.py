from tests.unit.deliver.stage import person, room

from rookery.deliver.records import restored_room, room_row
from rookery.store.base import RoomRow


def test_room_survives_being_kept():
    """A kept room is restored with all but its members."""
    settings = '{"forward": "#b", "floor_id": 9, "since": {"ann": 3}}'
    row = RoomRow("#a", "#A", 7, "ann", "Birds", "bob!~u@host", 8, "mn", "sesame", 5, settings)
    assert room_row(restored_room(row)) == row
    assert restored_room(row).members == {}


def test_plain_room():
    """A room with nothing special is kept as such."""
    row = RoomRow("#a", "#a", 0, "", "", "", 0, "nt", "", 0, "{}")
    assert room_row(room("#a", person("ann"))) == row
