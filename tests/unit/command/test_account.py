"""REGISTER before and after the welcome, and PASSWORD."""

import base64

import pytest
from tests.unit.command.house import House, plain

CAPS = "standard-replies draft/account-registration"


def _newcomer(house, nick="ann"):
    client = house.connection()
    client.does(f"CAP REQ :sasl {CAPS}", f"NICK {nick}")
    return client


def test_register_before_connect():
    """A name is registered while signing in, and its owner is logged in to it."""
    house = House()
    client = _newcomer(house)
    assert client.does("REGISTER * * secret") == [
        ":irc.test REGISTER SUCCESS ann :ann is your name from now on",
        ":irc.test 900 * ann!*@host ann :You are now logged in as ann",
    ]
    client.does("USER ann 0 * :Ann", "CAP END")
    assert client.session.user.account == "ann"
    client.does("QUIT")
    assert house.person("ann", account="ann").session.user.account == "ann"


def test_register_after_connect():
    """A guest registers the nick in use."""
    house = House()
    client = house.person("ann", CAPS)
    assert client.does("REGISTER Ann me@example.org secret") == [
        ":irc.test REGISTER SUCCESS ann :ann is your name from now on",
        ":irc.test 900 ann ann!~ann@host ann :You are now logged in as ann",
    ]
    assert client.session.user.account == "ann"


def _fails(client, line):
    (answer,) = client.does(line)
    return answer.split(" :")[0].removeprefix(":irc.test FAIL REGISTER ")


def test_register_without_a_nick():
    """Somebody without a nick has nothing to register."""
    client = House().connection()
    client.does(f"CAP REQ :{CAPS}")
    assert _fails(client, "REGISTER * * secret") == "NEED_NICK *"


@pytest.mark.parametrize(
    ("line", "code"),
    (
        ("REGISTER bob * secret", "ACCOUNT_NAME_MUST_BE_NICK bob"),
        ("REGISTER * * :", "UNACCEPTABLE_PASSWORD ann"),
        (f"REGISTER * * {'p' * 301}", "UNACCEPTABLE_PASSWORD ann"),
        (f"REGISTER * * {'é' * 151}", "UNACCEPTABLE_PASSWORD ann"),
    ),
)
def test_register_refused(line, code):
    """Another's name and an unusable password are refused."""
    assert _fails(House().person("ann", CAPS), line) == code


def test_register_too_few_parameters():
    """REGISTER takes three parameters."""
    answer = [":irc.test 461 ann REGISTER :Not enough parameters"]
    assert House().person("ann").does("REGISTER * *") == answer


def test_register_closed():
    """A server may make no accounts by itself."""
    house = House(is_registration_open=False)
    assert _fails(_newcomer_closed(house), "REGISTER * * secret") == "TEMPORARILY_UNAVAILABLE ann"


def _newcomer_closed(house):
    client = house.connection()
    client.does("CAP REQ standard-replies", "NICK ann")
    return client


def test_register_needs_the_server_password():
    """Before sign-in the server's password comes first."""
    house = House(server_password="rosebud")
    client = _newcomer(house)
    assert _fails(client, "REGISTER * * secret") == "TEMPORARILY_UNAVAILABLE ann"
    assert "SUCCESS" in client.does("PASS rosebud", "REGISTER * * secret")[0]


def test_register_twice():
    """A session that has an account cannot make another."""
    house = House()
    house.account("ann")
    client = house.person("ann", CAPS, account="ann")
    assert _fails(client, "REGISTER * * secret") == "ALREADY_AUTHENTICATED ann"


def test_register_owned_name():
    """A name that has an owner is not given away."""
    house = House()
    client = _newcomer(house)
    house.account("ann")
    assert _fails(client, "REGISTER * * secret") == "ACCOUNT_EXISTS ann"


def test_register_held_name():
    """The nick of a guest who is here cannot be registered by another."""
    house = House()
    client = _newcomer(house)
    house.person("ann")
    assert _fails(client, "REGISTER * * secret") == "ACCOUNT_EXISTS ann"


def test_register_race_of_two():
    """Of two who register one name at the same time, one gets it."""
    house = House()
    house.hashers.is_held = True
    first, second = _newcomer(house), _newcomer(house)
    first.does("REGISTER * * secret")
    second.does("REGISTER * * other")
    house.hashers.is_held = False
    house.turn()
    assert "SUCCESS" in first.heard()[0]
    assert "ACCOUNT_EXISTS" in second.heard()[0]


def test_register_race_with_a_guest():
    """A guest who takes the nick while its password is hashed keeps it, and stays alone in it."""
    house = House()
    house.hashers.is_held = True
    client = _newcomer(house)
    client.does("REGISTER * * secret")
    guest = house.person("ann")
    house.hashers.is_held = False
    house.turn()
    assert "ACCOUNT_EXISTS" in client.heard()[0]
    client.does("USER ann 0 * :Ann", "CAP END")
    assert guest.session.user.sessions == [guest.session]


def test_register_too_busy():
    """When too many passwords wait to be hashed, the client is told to try again."""
    house = House()
    house.hashers.is_busy = True
    code = _fails(_newcomer(house), "REGISTER * * secret")
    assert code == "TEMPORARILY_UNAVAILABLE ann"


def _payload(old, new):
    return base64.b64encode(f"{old}\0{new}".encode()).decode()


@pytest.fixture
def owner():
    """Return a client that is signed in to its account."""
    house = House()
    house.account("ann")
    client = house.person("ann", CAPS, account="ann")
    client.house = house
    return client


def test_password(owner):
    """From now on the new password counts."""
    assert owner.does(f"PASSWORD {_payload('secret', 'sesame')}") == [
        ":irc.test PASSWORD SUCCESS ann :Your password is changed"
    ]
    client = owner.house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN")
    assert " 904 " in client.does(f"AUTHENTICATE {plain('ann')}")[0]
    client.does("AUTHENTICATE PLAIN")
    assert " 903 " in client.does(f"AUTHENTICATE {plain('ann', 'sesame')}")[1]


@pytest.mark.parametrize(
    ("payload", "code"),
    (
        (_payload("guess", "sesame"), "INVALID_CREDENTIALS"),
        (_payload("secret", ""), "INVALID_PASSWORD"),
        (_payload("secret", "p" * 301), "INVALID_PASSWORD"),
        ("!!!", "INVALID_PASSWORD"),
        (base64.b64encode(b"secret").decode(), "INVALID_PASSWORD"),
    ),
)
def test_password_refused(owner, payload, code):
    """The old password must be right and the new one usable."""
    (answer,) = owner.does(f"PASSWORD {payload}")
    assert answer.split(" :")[0] == f":irc.test FAIL PASSWORD {code}"


def test_password_of_a_guest():
    """Who has no account has no password."""
    (answer,) = House().person("bob", CAPS).does(f"PASSWORD {_payload('a', 'b')}")
    assert answer.split(" :")[0] == ":irc.test FAIL PASSWORD ACCOUNT_REQUIRED"


def test_password_too_busy(owner):
    """When too many checks wait, the client is told to try again."""
    owner.house.hashers.is_busy = True
    (answer,) = owner.does(f"PASSWORD {_payload('secret', 'sesame')}")
    assert answer.split(" :")[0] == ":irc.test FAIL PASSWORD TEMPORARILY_UNAVAILABLE"
