"""CAP: what is offered, asked for and agreed on."""

import pytest
from tests.unit.command.house import House

from rookery.wire.capabilities import CAPABILITIES

NAMES = [row.name for row in CAPABILITIES]


def _listed(lines, subcommand):
    words = []
    for line in lines:
        head, _, names = line.partition(" :")
        assert head.startswith(f":irc.test CAP * {subcommand}")
        words += names.split()
    return words


def test_ls_302():
    """CAP LS 302 lists every capability, some with a value."""
    listed = _listed(House(has_push=True).connection().does("CAP LS 302"), "LS")
    assert [word.partition("=")[0] for word in listed] == NAMES
    assert "sasl=PLAIN,SCRAM-SHA-256" in listed
    assert "draft/account-registration=before-connect" in listed


def test_ls_without_version():
    """An old client gets the names alone, without drafts, in one line."""
    (line,) = House().connection().does("CAP LS")
    assert _listed([line], "LS") == [name for name in NAMES if "/" not in name]


def test_ls_302_fits_into_lines():
    """No line of the list is longer than IRC allows, and all but the last say that more comes."""
    house = House()
    client = house.connection()
    lines = client.does("CAP LS 302")
    assert [len(line) < 510 for line in lines] == [True] * len(lines)
    assert [" LS * :" in line for line in lines] == [True] * (len(lines) - 1) + [False]


def test_registration_is_not_offered_where_it_is_closed():
    """What the settings forbid is not offered, nor taken."""
    client = House(is_registration_open=False).connection()
    listed = _listed(client.does("CAP LS 302"), "LS")
    assert not [word for word in listed if word.startswith("draft/account-registration")]
    assert client.does("CAP REQ draft/account-registration") == [
        ":irc.test CAP * NAK :draft/account-registration"
    ]


def test_pushes_are_not_offered_where_they_are_off():
    """What cannot be had is not offered."""
    listed = _listed(House().connection().does("CAP LS 302"), "LS")
    assert not [word for word in listed if "webpush" in word]


def test_req():
    """What is offered is agreed on, word for word, and listed as one's own."""
    client = House().connection()
    assert client.does("CAP REQ :batch  server-time") == [":irc.test CAP * ACK :batch  server-time"]
    assert _listed(client.does("CAP LIST"), "LIST") == ["server-time", "batch"]


def test_req_takes_all_or_nothing():
    """One unknown name, and nothing of the line is agreed on."""
    client = House().connection()
    assert client.does("CAP REQ :batch unknown") == [":irc.test CAP * NAK :batch unknown"]
    assert client.does("CAP LIST") == [":irc.test CAP * LIST :"]


def test_req_gives_back():
    """A minus sign gives a capability back."""
    client = House().person("ann", "batch", "server-time")
    assert client.does("CAP REQ :-batch") == [":irc.test CAP ann ACK :-batch"]
    assert client.does("CAP LIST") == [":irc.test CAP ann LIST :server-time sasl"]


def test_302_brings_cap_notify():
    """Who asks for version 302 has cap-notify without asking."""
    client = House().connection()
    client.does("CAP LS 302")
    assert client.does("CAP LIST") == [":irc.test CAP * LIST :cap-notify"]


@pytest.mark.parametrize("version", ("", "x", "³", "-302", "301"))
def test_odd_versions(version):
    """A version below 302, or none, is the first version."""
    client = House().connection()
    client.does(f"CAP LS {version}")
    assert client.does("CAP LIST") == [":irc.test CAP * LIST :"]


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("CAP", ":irc.test 461 * CAP :Not enough parameters"),
        ("CAP :", ":irc.test 410 * * :Invalid CAP command"),
        ("CAP CLEAR", ":irc.test 410 * CLEAR :Invalid CAP command"),
    ),
)
def test_refused(line, answer):
    """An unknown subcommand is answered."""
    assert House().connection().does(line) == [answer]


def test_end_without_beginning():
    """CAP END means nothing to who has not begun, before and after the welcome."""
    house = House()
    assert house.connection().does("CAP END") == []
    assert house.person("ann").does("CAP END") == []
