"""IRCv3 sts."""

import pytest
from tests.unit.command.house import House

STS = {"sts_port": 6697, "sts_duration_s": 300}


def _offered(house, *, is_encrypted=False, line="CAP LS 302"):
    client = house.connection()
    client.session.is_encrypted = is_encrypted
    words = " ".join(one.split(" :", 1)[1] for one in client.does(line)).split()
    return [word for word in words if word.startswith("sts")]


def test_upgrade_policy():
    """The `port` key: who comes unencrypted is told where to go."""
    assert _offered(House(**STS)) == ["sts=port=6697"]


def test_persistence_policy():
    """The `duration` key: who comes encrypted is told for how long to stay so."""
    assert _offered(House(**STS), is_encrypted=True) == ["sts=duration=300"]


def test_release():
    """The `duration` key: 0 ends a policy."""
    house = House(sts_port=6697, sts_duration_s=0)
    assert _offered(house, is_encrypted=True) == ["sts=duration=0"]


def test_preload():
    """Pre-loaded STS policies: the operator says that it may be."""
    house = House(**STS, sts_may_preload=True)
    assert _offered(house, is_encrypted=True) == ["sts=duration=300,preload"]


@pytest.mark.parametrize("is_encrypted", (True, False))
def test_optional(is_encrypted):
    """Description: a setting turns it on; it is off."""
    assert _offered(House(), is_encrypted=is_encrypted) == []


def test_without_values():
    """Details: the value is required, so a client without CAP 302 is not told."""
    assert _offered(House(**STS), line="CAP LS") == []


def test_cannot_be_requested():
    """Mechanism: CAP REQ is refused, and CAP LIST never shows it."""
    client = House(**STS).connection()
    assert client.does("CAP REQ :sts") == [":irc.test CAP * NAK :sts"]
    assert client.does("CAP LIST") == [":irc.test CAP * LIST :"]
