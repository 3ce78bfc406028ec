"""When the store is told to forget what is old."""

from tests.unit.command.house import START_MS, House

from rookery.core.clock import first_id_at
from rookery.deliver.retention import EVERY_MS, Retention
from rookery.store.base import Forget

DAY_MS = 86_400_000


def test_nothing_is_forgotten_without_bounds():
    """Without an age and a count nothing is ordered."""
    epoch = House().node.epoch
    Retention(epoch).tick(START_MS, 0, 0)
    assert epoch.batch.forgets == []


def test_an_order_an_hour():
    """What is too old, and what is too much, is ordered to be forgotten once an hour."""
    epoch = House().node.epoch
    retention = Retention(epoch)
    for now_ms in (START_MS, START_MS + EVERY_MS - 1, START_MS + EVERY_MS):
        retention.tick(now_ms, 7, 100)
    assert epoch.batch.forgets == [
        Forget("", first_id_at(START_MS - 7 * DAY_MS), 100),
        Forget("", first_id_at(START_MS + EVERY_MS - 7 * DAY_MS), 100),
    ]
    assert epoch.rows == 2


def test_count_alone():
    """Without an age only the count bounds."""
    epoch = House().node.epoch
    Retention(epoch).tick(START_MS, 0, 5)
    assert epoch.batch.forgets == [Forget("", 0, 5)]
