"""A move writes what has changed, and nothing else."""

from rookery.store.places import Places
from rookery.store.rows import RoomMove


def test_only_what_has_changed():
    """However many conversations have moved, one more is a few rows."""
    many = Places({f"#{number}": f"#old{number}" for number in range(1000)})
    places, statements = many.after([RoomMove("#5", "#new")])
    written = [values for sql, values in statements if sql.startswith(("DELETE", "INSERT INTO"))]
    assert [values[0] for values in written] == ["#5", "#5", "#new"]
    assert places.of("#new") == "#old5"


def test_place_taken_over():
    """Where a key takes the place of another, that one is let go first."""
    before = Places({"#a": "#b", "#b": "#b x"})
    places, statements = before.after([RoomMove("#a", "#c")])
    assert places.of("#c") == "#b"
    verbs = [sql.split()[0] for sql, _ in statements if "abandoned" not in sql]
    assert verbs == sorted(verbs)
