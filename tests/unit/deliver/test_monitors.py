from rookery.core.names import Name
from rookery.deliver.monitors import Monitors
from rookery.deliver.session import Session


def test_both_sides_change_together():
    """What a session watches, and who watches a nick, are the same list."""
    monitors, ann, bob = Monitors(), Session(1, "host", None), Session(2, "host", None)
    monitors.add(ann, Name("Cid", "cid"))
    monitors.add(bob, Name("CID", "cid"))
    monitors.add(ann, Name("dan", "dan"))
    assert dict(monitors.targets(ann)) == {"cid": "Cid", "dan": "dan"}
    assert list(monitors.watchers("cid")) == [ann, bob]
    monitors.remove(ann, "cid")
    monitors.remove(ann, "nobody")
    assert list(monitors.watchers("cid")) == [bob]
    monitors.clear(ann)
    assert (dict(monitors.targets(ann)), list(monitors.watchers("dan"))) == ({}, [])


def test_nothing_is_left_behind():
    """An index without entries holds nothing."""
    monitors, ann = Monitors(), Session(1, "host", None)
    monitors.add(ann, Name("bob", "bob"))
    monitors.clear(ann)
    assert (monitors._lists, monitors._watchers) == ({}, {})
