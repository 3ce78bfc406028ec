"""NS EXPORT of what one has here besides messages."""

import json

import pytest
from tests.unit.command.house import House

from rookery.command.subscriptions import PushRules, Subscriptions
from rookery.store.base import Batch, SubscriptionRow, UploadRow

LONG = "https://push.test/" + "x" * 400


class FakePusher:
    """Has nothing to forget."""

    public_key = "THEKEY"

    def forget(self, endpoint):
        pass


@pytest.fixture
def ann():
    """Somebody with six files and two devices, beside somebody else with one of each."""
    house = House(has_push=True)
    house.account("ann")
    rows = [UploadRow(f"f{number}", "ann", "a b.png", "image/png", 7, 9) for number in range(6)]
    rows.append(UploadRow("other", "bob", "b.png", "image/png", 7, 9))
    house.store.commit(Batch(uploads={row.id: row for row in rows}))
    devices = [
        SubscriptionRow("https://push.test/1", "ann", "key", "secret", "", 5),
        SubscriptionRow(LONG, "ann", "key", "secret", "", 6),
        SubscriptionRow("https://push.test/2", "bob", "key", "secret", "", 5),
    ]
    house.node.subscriptions = Subscriptions(PushRules(), FakePusher(), house.readers, devices)
    return house.person("ann", account="ann")


def _objects(lines):
    assert all(len(line.encode()) < 510 for line in lines)
    return [json.loads(line.partition(" ann :")[2]) for line in lines[:-1]]


def test_files(ann):
    """One's own, a page at a time, each with its address."""
    first = ann.does("NS EXPORT FILES")
    go_on = first[-1].partition("To go on: ")[2]
    second = ann.does(f"NS {go_on}")
    files = _objects(first) + _objects(second)
    assert [one["file"] for one in files] == ["f0", "f1", "f2", "f3", "f4", "f5"]
    assert files[0] == {
        "file": "f0",
        "at_ms": 9,
        "address": "/files/f0/a%20b.png",
        "type": "image/png",
        "bytes": 7,
    }
    assert second[-1].endswith(" ann :Those are all files.")


def test_devices(ann):
    """One's own, without their keys; a long address comes in pieces."""
    lines = ann.does("NS EXPORT DEVICES")
    short, *pieces = _objects(lines)
    assert short == {"device": "https://push.test/1", "at_ms": 5}
    assert "".join(piece["device"] for piece in pieces) == LONG
    assert [piece.get("more", False) for piece in pieces] == [True, True, False]
    assert lines[-1].endswith(" ann :Those are all devices.")
    assert "secret" not in "".join(lines)
