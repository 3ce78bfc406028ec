"""IRCv3 capability-negotiation."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.wire.capabilities import CAPABILITIES


def _listed(lines):
    return " ".join(line.split(" :", 1)[1] for line in lines).split()


def _enabled(client):
    return set(_listed(client.does("CAP LIST")))


def test_ls_suspends_registration():
    """The CAP LS subcommand: registration waits for END."""
    client = House().connection()
    heard = numerics(client.does("CAP LS 302", "NICK ann", "USER ann 0 * :Ann"))
    assert set(heard) == {"CAP"}
    assert numerics(client.does("CAP END"))[0] == "001"


def test_req_suspends_registration():
    """The CAP REQ subcommand: registration waits for END, also after NAK."""
    client = House().connection()
    assert numerics(client.does("CAP REQ :nonsense", "NICK ann", "USER ann 0 * :Ann")) == ["CAP"]
    assert numerics(client.does("CAP END"))[0] == "001"


def test_list_does_not_suspend_registration():
    """The CAP LIST subcommand: nothing waits for END."""
    client = House().connection()
    assert "001" in numerics(client.does("CAP LIST", "NICK ann", "USER ann 0 * :Ann"))


@pytest.mark.parametrize("version", ("302", "307", "1000"))
def test_versions_above_ours(version):
    """CAP LS Version: a higher version gets the features of 302: values and several lines."""
    heard = House().connection().does(f"CAP LS {version}")
    assert any(item.startswith("sasl=") for item in _listed(heard))
    assert all(line.startswith(":irc.test CAP * LS * :") for line in heard[:-1])
    assert heard[-1].startswith(":irc.test CAP * LS :")


@pytest.mark.parametrize("line", ("CAP LS", "CAP LS 301", "CAP LS x", "cap ls"))
def test_no_values_below_302(line):
    """CAP LS Version: below 302 there are no values, and there is one line."""
    (line,) = House().connection().does(line)
    assert "=" not in line
    assert len(line) <= 510


def test_every_line_fits():
    """Multiline replies: no line is longer than 512 bytes with its end."""
    heard = House().connection().does("CAP LS 302")
    assert max(len(line.encode()) for line in heard) <= 510


def test_a_lower_version_does_not_take_away():
    """CAP LS Version: the higher version stays, though the reply follows the request."""
    client = House().connection()
    client.does("CAP LS 302")
    assert "=" not in client.does("CAP LS")[0]
    assert client.does("CAP REQ :-cap-notify") == [":irc.test CAP * NAK :-cap-notify"]


def test_req_ack():
    """The CAP REQ subcommand: what is asked for is repeated and enabled."""
    client = House().connection()
    assert client.does("CAP REQ :multi-prefix server-time") == [
        ":irc.test CAP * ACK :multi-prefix server-time"
    ]
    assert _enabled(client) == {"multi-prefix", "server-time"}


def test_req_is_all_or_nothing():
    """The CAP REQ subcommand: one unknown name rejects the whole set."""
    client = House().connection()
    asked = "multi-prefix foo -server-time"
    assert client.does(f"CAP REQ :{asked}") == [f":irc.test CAP * NAK :{asked}"]
    assert _enabled(client) == set()


def test_req_removes():
    """The CAP REQ subcommand: a dash disables; what is not enabled can be disabled."""
    client = House().connection()
    client.does("CAP REQ :multi-prefix server-time")
    assert client.does("CAP REQ :-multi-prefix batch -away-notify") == [
        ":irc.test CAP * ACK :-multi-prefix batch -away-notify"
    ]
    assert _enabled(client) == {"server-time", "batch"}


def test_req_again():
    """The CAP REQ subcommand: what is enabled already is acknowledged again."""
    client = House().connection()
    client.does("CAP REQ :batch")
    assert client.does("CAP REQ batch") == [":irc.test CAP * ACK :batch"]


@pytest.mark.parametrize("line", ("CAP REQ :", "CAP REQ", "CAP REQ : "))
def test_empty_req(line):
    """The CAP REQ subcommand: nothing asked for is nothing changed."""
    assert House().connection().does(line) == [":irc.test CAP * ACK :"]


def test_names_are_case_sensitive():
    """Rules for naming capabilities: names are case-sensitive."""
    assert House().connection().does("CAP REQ :BATCH") == [":irc.test CAP * NAK :BATCH"]


def test_list_is_empty_at_first():
    """The CAP LIST subcommand: an empty parameter where nothing is enabled."""
    assert House().connection().does("CAP LIST") == [":irc.test CAP * LIST :"]


def test_cap_notify_is_implied():
    """cap-notify: implied by 302, may be asked for, cannot be disabled."""
    client = House().connection()
    client.does("CAP LS 302")
    assert client.does("CAP REQ cap-notify") == [":irc.test CAP * ACK :cap-notify"]
    assert client.does("CAP REQ -cap-notify") == [":irc.test CAP * NAK :-cap-notify"]
    assert "cap-notify" in _enabled(client)


def test_cap_notify_on_request():
    """cap-notify: a client below 302 may enable and disable it."""
    client = House().connection()
    client.does("CAP LS", "CAP REQ cap-notify")
    assert client.does("CAP REQ -cap-notify") == [":irc.test CAP * ACK :-cap-notify"]
    assert _enabled(client) == set()


@pytest.mark.parametrize("word", ("FOO", "ACK", "NAK", "NEW", "DEL", "CLEAR"))
def test_invalid_subcommand(word):
    """The CAP command: ERR_INVALIDCAPCMD (410) with the subcommand."""
    assert House().connection().does(f"CAP {word}") == [
        f":irc.test 410 * {word} :Invalid CAP command"
    ]
    assert House().person("ann").does(f"CAP {word} :x") == [
        f":irc.test 410 ann {word} :Invalid CAP command"
    ]


def test_end_is_ignored_once_registered():
    """The CAP END subcommand: ignored by the server afterwards."""
    ann = House().person("ann")
    assert ann.does("CAP END", "CAP END") == []


def test_cap_after_registration():
    """The CAP command: LS, REQ and LIST work at any time, with the nick."""
    ann = House().person("ann")
    assert ann.does("CAP REQ :batch") == [":irc.test CAP ann ACK :batch"]
    assert ann.does("CAP LS 302")[0].startswith(":irc.test CAP ann LS ")
    assert numerics(ann.does("JOIN #a"))[0] == "JOIN"


def test_nick_change_while_negotiating():
    """Connection Registration: the last nick before END counts."""
    client = House().connection()
    client.does("CAP LS 302", "NICK ann", "NICK amy", "USER ann 0 * :Ann")
    assert client.does("CAP END")[0].startswith(":irc.test 001 amy ")


def test_end_before_nick_and_user():
    """Connection Registration: END does not replace NICK and USER."""
    client = House().connection()
    assert client.does("CAP LS", "CAP END")[1:] == []
    assert numerics(client.does("NICK ann", "USER ann 0 * :Ann"))[0] == "001"


def test_every_offered_capability_can_be_enabled():
    """The CAP REQ subcommand: what LS lists, REQ takes, one by one."""
    for row in CAPABILITIES:
        client = House().connection()
        listed = {item.partition("=")[0] for item in _listed(client.does("CAP LS 302"))}
        if row.name in listed and row.name != "sts":
            assert client.does(f"CAP REQ :{row.name}") == [f":irc.test CAP * ACK :{row.name}"]
