"""What the pump does with lines that say more of the same: together they are as any others."""

import re

import pytest
from tests.unit.net.street import Street

from rookery.net.pacing import Pace

SAID = re.compile(r" PRIVMSG bob :(\d+)\r\n")


def _say(connection, numbers):
    """Let one read bring so many messages; return what is written back."""
    return connection.receives(b"".join(b"PRIVMSG bob :%d\r\n" % number for number in numbers))


@pytest.fixture
def street():
    """Return a street where five lines may come at once, and then one a second."""
    return Street(pace=Pace(1, 5, 1000, 10_000))


def test_pace(street):
    """What comes too fast waits, in order, and none of it is lost."""
    ann, bob = street.person("ann"), street.person("bob")
    street.passes(10)
    _say(ann, range(8))
    assert SAID.findall(bob.reads()) == ["0", "1", "2", "3", "4"]
    assert not ann.is_reading
    street.passes(4)
    assert SAID.findall(bob.reads()) == ["5", "6", "7"]
    assert ann.is_reading


def test_run_takes_from_the_allowance(street):
    """Lines that are taken together use it up as each of them would."""
    ann, bob = street.person("ann"), street.person("bob")
    street.passes(10)
    for numbers in (range(1), range(1, 4), range(4, 7)):
        _say(ann, numbers)
    assert SAID.findall(bob.reads()) == ["0", "1", "2", "3", "4"]


def test_too_many_rows():
    """Each line of a run is a row: when too many wait for the disk, their sender is not read."""
    street = Street(max_epoch_rows=3)
    ann, _ = street.person("ann"), street.person("bob")
    _say(ann, range(1))
    street.house.disk.is_held = True
    _say(ann, range(1, 2))
    _say(ann, range(2, 5))
    assert not ann.is_reading
    street.house.disk.is_held = False
    street.turn()
    assert ann.is_reading


def test_nothing_is_held_by_who_has_gone():
    """Session, route and call hold each other: a connection that ends lets go of them."""
    street = Street()
    ann, _ = street.person("ann"), street.person("bob")
    _say(ann, range(1))
    session = ann.session
    assert session.route is not None
    ann.is_lost()
    assert session.route is None
