import re

import pytest

from rookery.client.device import RESERVE, open_device
from rookery.client.state import StateFolder


class Clock:
    def __init__(self, now_ms):
        self.now_ms = now_ms

    def __call__(self):
        return self.now_ms


@pytest.fixture
def opened(tmp_path):
    """Opens devices in a state folder, and closes those that are left."""
    state, devices = StateFolder(tmp_path), []

    def open_one(server="s", name="alice", clock=None):
        devices.append(open_device(state, server, name, clock or Clock(5_000)))
        return devices[-1]

    yield open_one
    for device in devices:
        device.close()


def counter(client_id):
    """Return the number of an id."""
    return int(client_id.partition(".")[2])


def test_ids_grow(opened):
    """Each id is above the one before, also within a millisecond."""
    device = opened()
    ids = [device.next_id() for _ in range(3)]
    assert [counter(one) for one in ids] == [5_000, 5_001, 5_002]
    assert re.fullmatch(r"[A-Za-z0-9-]{8,32}\.[0-9]+", ids[0])


def test_kill_and_clock_set_back(opened):
    """After kill -9 and with a clock that went back, no id is used a second time."""
    clock = Clock(5_000)
    device = opened(clock=clock)
    last = [device.next_id() for _ in range(3)][-1]
    device.close()
    clock.now_ms = 1
    again = opened(clock=clock)
    following = again.next_id()
    assert last.partition(".")[0] == following.partition(".")[0]
    assert counter(following) > counter(last)


def test_burst_beyond_the_reserve(opened):
    """More ids than were reserved at once are reserved before they are used."""
    clock = Clock(0)
    device = opened(clock=clock)
    last = [device.next_id() for _ in range(RESERVE + 10)][-1]
    device.close()
    assert counter(opened(clock=clock).next_id()) > counter(last)


def test_two_clients_are_two_devices(opened):
    """Clients that run at the same time do not share a counter; a free device is used again."""
    one = opened()
    two = opened(name="Alice")
    assert one.name != two.name
    one.next_id()
    one.close()
    assert one.name == opened().name


def test_people_and_servers_are_apart(opened):
    """A device belongs to one name on one server, whatever they are called."""
    names = {
        opened(server, name).name for server, name in [("s", "a"), ("s", "../b"), ("t:1", "a")]
    }
    assert len(names) == 3
