"""IRCv3 draft/account-registration: accounts that need no proof of an address."""

import pytest
from tests.conformance.newcomer import CAPS, failure, newcomer
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules
from rookery.core.throttle import Pace


@pytest.mark.parametrize(
    ("accounts", "value"),
    (
        (AccountRules(), "=before-connect"),
        (AccountRules(may_register_early=False), ""),
        (AccountRules(may_choose_name=True), "=before-connect,custom-account-name"),
        (AccountRules(needs_email=True), "=before-connect,email-required"),
    ),
)
def test_capability_value(accounts, value):
    """Capability: the keys say what this server allows and asks for."""
    listed = " ".join(House(accounts=accounts).connection().does("CAP LS 302"))
    assert f"draft/account-registration{value} " in f"{listed} "


def test_not_offered_when_closed():
    """Capability: its presence says that REGISTER is taken; closed, it is not there."""
    house = House(is_registration_open=False)
    assert "account-registration" not in " ".join(house.connection().does("CAP LS 302"))


def test_register_and_sign_in():
    """REGISTER SUCCESS: afterwards the client is logged in as if by SASL, and so next time."""
    house = House()
    client = newcomer(house)
    heard = client.does("REGISTER * * sesame")
    assert heard[0].startswith(":irc.test REGISTER SUCCESS ann :")
    assert heard[1].startswith(":irc.test 900 * ann!*@host ann :")
    other = house.connection()
    other.does("CAP REQ sasl", "AUTHENTICATE PLAIN")
    assert numerics(other.does(f"AUTHENTICATE {plain('ann', 'sesame')}")) == ["900", "903"]


def test_nick_named():
    """REGISTER: the account may be named by the nick itself, in any case."""
    client = House().person("ann", *CAPS)
    assert "REGISTER SUCCESS ann" in client.does("REGISTER ANN * sesame")[0]


def test_need_nick():
    """FAIL NEED_NICK: before a NICK there is nothing to name the account by."""
    client = House().connection()
    client.does(f"CAP REQ :{' '.join(CAPS)}")
    assert failure(client, "REGISTER * * sesame") == "REGISTER NEED_NICK *"


def test_account_exists():
    """FAIL ACCOUNT_EXISTS: the name is somebody's."""
    house = House()
    client = newcomer(house)
    house.account("ann")
    assert failure(client, "REGISTER * * sesame") == "REGISTER ACCOUNT_EXISTS ann"


@pytest.mark.parametrize("before", (True, False))
def test_already_authenticated(before):
    """FAIL ALREADY_AUTHENTICATED: who has an account makes no other, nor verifies one."""
    client = newcomer(House()) if before else House().person("ann", *CAPS)
    client.does("REGISTER * * sesame")
    assert failure(client, "REGISTER * * sesame") == "REGISTER ALREADY_AUTHENTICATED ann"
    assert failure(client, "VERIFY bob code") == "VERIFY ALREADY_AUTHENTICATED bob"


def test_must_be_nick():
    """FAIL ACCOUNT_NAME_MUST_BE_NICK: without custom-account-name."""
    client = House().person("ann", *CAPS)
    assert failure(client, "REGISTER bob * sesame") == "REGISTER ACCOUNT_NAME_MUST_BE_NICK bob"


def test_custom_name():
    """custom-account-name: the account is called otherwise than its owner's nick."""
    house = House(accounts=AccountRules(may_choose_name=True))
    client = house.person("ann", *CAPS)
    heard = client.does("REGISTER Work * sesame")
    assert heard[0].startswith(":irc.test REGISTER SUCCESS Work :")
    assert heard[1].startswith(":irc.test 900 ann ann!~ann@host Work :")
    assert client.session.user.account == "Work"


@pytest.mark.parametrize("name", ("9lives", "#room", "NickServ"))
def test_bad_account_name(name):
    """FAIL BAD_ACCOUNT_NAME: a name that nobody can have."""
    client = House(accounts=AccountRules(may_choose_name=True)).person("ann", *CAPS)
    assert failure(client, f"REGISTER {name} * sesame") == f"REGISTER BAD_ACCOUNT_NAME {name}"


def test_custom_name_of_somebody_present():
    """FAIL ACCOUNT_EXISTS: a guest's nick cannot be registered by another."""
    house = House(accounts=AccountRules(may_choose_name=True))
    client = house.person("ann", *CAPS)
    house.person("bob")
    assert failure(client, "REGISTER bob * sesame") == "REGISTER ACCOUNT_EXISTS bob"


def test_weak_password():
    """FAIL WEAK_PASSWORD: shorter than the server asks for."""
    client = House(accounts=AccountRules(password_min_chars=8)).person("ann", *CAPS)
    assert failure(client, "REGISTER * * sesame") == "REGISTER WEAK_PASSWORD ann"


@pytest.mark.parametrize("command", ("REGISTER * * sesame", "VERIFY ann code"))
def test_complete_connection_required(command):
    """FAIL COMPLETE_CONNECTION_REQUIRED: only without before-connect, and only before."""
    house = House(accounts=AccountRules(may_register_early=False))
    name = command.split()[0]
    assert failure(newcomer(house), command) == f"{name} COMPLETE_CONNECTION_REQUIRED"
    answer = house.person("ann", *CAPS).does(command)[0]
    assert "COMPLETE_CONNECTION_REQUIRED" not in answer


def test_too_many_registrations():
    """FAIL TEMPORARILY_UNAVAILABLE: one address makes no accounts without end."""
    pace = Pace(1, 60_000, 60_000, 60_000)
    house = House(accounts=AccountRules(registration_pace=pace))
    clients = [newcomer(house, nick) for nick in ("ann", "bob")]
    for client in clients:
        client.session.address = "192.0.2.1"
    assert "SUCCESS" in clients[0].does("REGISTER * * sesame")[0]
    code = failure(clients[1], "REGISTER * * sesame")
    assert code == "REGISTER TEMPORARILY_UNAVAILABLE bob"
    house.later(60)
    assert "SUCCESS" in clients[1].does("REGISTER * * sesame")[0]


def test_label():
    """Labeled-response: the answers to REGISTER are one response."""
    house = House()
    client = house.person("ann", *CAPS, "labeled-response", "batch")
    heard = client.does("@label=x REGISTER * * sesame")
    assert heard[0].startswith("@label=x :irc.test BATCH +")
    assert "REGISTER SUCCESS" in heard[1]


@pytest.mark.parametrize("line", ("REGISTER * *", "VERIFY ann"))
def test_too_few_parameters(line):
    """Commands: REGISTER takes three parameters, VERIFY two."""
    assert numerics(House().person("ann", *CAPS).does(line)) == ["461"]
