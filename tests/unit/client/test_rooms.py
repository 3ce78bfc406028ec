from rookery.client.rooms import Rooms, Seen, is_room


def test_seen_is_bounded():
    """The oldest ids are forgotten; a message without an id is always new."""
    seen = Seen(max_ids=2)
    assert [seen.is_new(one) for one in "abcba"] == [True, True, True, False, True]
    assert seen.is_new("")
    assert seen.is_new("")


def test_names_fold():
    """A room has one entry, however its name is written."""
    rooms = Rooms()
    room = rooms.take("#Team")
    assert room is rooms.take("#team")
    rooms.forget(room)
    assert rooms.get("#TEAM") is None


def test_is_room():
    """What begins with a channel sign is a room."""
    assert [is_room("#x"), is_room("x"), is_room("")] == [True, False, False]
