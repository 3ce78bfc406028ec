"""IRCv3 draft/account-registration."""

from dataclasses import replace

import pytest
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules, Delivery
from rookery.core.throttle import Pace

CAPS = ("standard-replies", "draft/account-registration")
WITH_EMAIL = AccountRules(needs_email=True, email_domains=frozenset({"example.org"}))
LIFETIME_S = WITH_EMAIL.code_lifetime_ms // 1000


class Courier:
    """Remembers the codes that it is to send."""

    def __init__(self):
        self.sent = []
        self.becomes = Delivery.SENT

    def deliver(self, email, account, code):
        self.sent.append((email, account, code))
        return self.becomes


def _house(accounts=WITH_EMAIL, store=None, **rules):
    house = House(store, accounts=accounts, **rules)
    house.node.courier = Courier()
    house.node.errands = house.readers
    return house


def _newcomer(house, nick="ann"):
    client = house.connection()
    client.does(f"CAP REQ :sasl {' '.join(CAPS)}", f"NICK {nick}")
    return client


def _code(client, line):
    """Return the code and subject of the only answer, which is a FAIL."""
    (answer,) = client.does(line)
    return answer.split(" :")[0].removeprefix(":irc.test FAIL ")


def _registers(house, nick="ann"):
    """Let somebody register with an address; return their client and the code they got."""
    client = _newcomer(house, nick)
    client.does(f"REGISTER * {nick}@example.org sesame")
    return client, house.node.courier.sent[-1][2]


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
    client = _newcomer(house)
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
    assert _code(client, "REGISTER * * sesame") == "REGISTER NEED_NICK *"


def test_account_exists():
    """FAIL ACCOUNT_EXISTS: the name is somebody's."""
    house = House()
    client = _newcomer(house)
    house.account("ann")
    assert _code(client, "REGISTER * * sesame") == "REGISTER ACCOUNT_EXISTS ann"


@pytest.mark.parametrize("before", (True, False))
def test_already_authenticated(before):
    """FAIL ALREADY_AUTHENTICATED: who has an account makes no other, nor verifies one."""
    client = _newcomer(House()) if before else House().person("ann", *CAPS)
    client.does("REGISTER * * sesame")
    assert _code(client, "REGISTER * * sesame") == "REGISTER ALREADY_AUTHENTICATED ann"
    assert _code(client, "VERIFY bob code") == "VERIFY ALREADY_AUTHENTICATED bob"


def test_must_be_nick():
    """FAIL ACCOUNT_NAME_MUST_BE_NICK: without custom-account-name."""
    client = House().person("ann", *CAPS)
    assert _code(client, "REGISTER bob * sesame") == "REGISTER ACCOUNT_NAME_MUST_BE_NICK bob"


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
    assert _code(client, f"REGISTER {name} * sesame") == f"REGISTER BAD_ACCOUNT_NAME {name}"


def test_custom_name_of_somebody_present():
    """FAIL ACCOUNT_EXISTS: a guest's nick cannot be registered by another."""
    house = House(accounts=AccountRules(may_choose_name=True))
    client = house.person("ann", *CAPS)
    house.person("bob")
    assert _code(client, "REGISTER bob * sesame") == "REGISTER ACCOUNT_EXISTS bob"


def test_weak_password():
    """FAIL WEAK_PASSWORD: shorter than the server asks for."""
    client = House(accounts=AccountRules(password_min_chars=8)).person("ann", *CAPS)
    assert _code(client, "REGISTER * * sesame") == "REGISTER WEAK_PASSWORD ann"


@pytest.mark.parametrize("command", ("REGISTER * * sesame", "VERIFY ann code"))
def test_complete_connection_required(command):
    """FAIL COMPLETE_CONNECTION_REQUIRED: only without before-connect, and only before."""
    house = House(accounts=AccountRules(may_register_early=False))
    name = command.split()[0]
    assert _code(_newcomer(house), command) == f"{name} COMPLETE_CONNECTION_REQUIRED"
    answer = house.person("ann", *CAPS).does(command)[0]
    assert "COMPLETE_CONNECTION_REQUIRED" not in answer


def test_too_many_registrations():
    """FAIL TEMPORARILY_UNAVAILABLE: one address makes no accounts without end."""
    pace = Pace(1, 60_000, 60_000, 60_000)
    house = House(accounts=AccountRules(registration_pace=pace))
    clients = [_newcomer(house, nick) for nick in ("ann", "bob")]
    for client in clients:
        client.session.address = "192.0.2.1"
    assert "SUCCESS" in clients[0].does("REGISTER * * sesame")[0]
    code = _code(clients[1], "REGISTER * * sesame")
    assert code == "REGISTER TEMPORARILY_UNAVAILABLE bob"
    house.later(60)
    assert "SUCCESS" in clients[1].does("REGISTER * * sesame")[0]


@pytest.mark.parametrize("early", (True, False))
def test_verification(early):
    """REGISTER VERIFICATION_REQUIRED, then VERIFY SUCCESS: logged in as if by SASL."""
    house = _house()
    client = _newcomer(house) if early else house.person("ann", *CAPS)
    (answer,) = client.does("REGISTER * ann@example.org sesame")
    assert answer.startswith(":irc.test REGISTER VERIFICATION_REQUIRED ann :")
    ((email, account, code),) = house.node.courier.sent
    assert (email, account) == ("ann@example.org", "ann")
    heard = client.does(f"VERIFY ann {code}")
    assert heard[0].startswith(":irc.test VERIFY SUCCESS ann :")
    assert numerics(heard) == ["VERIFY", "900"]
    assert house.store.account("ann").is_verified


@pytest.mark.parametrize(
    ("email", "code"),
    (
        ("*", "INVALID_EMAIL"),
        ("ann", "INVALID_EMAIL"),
        ("-t@example.org", "INVALID_EMAIL"),
        ("a@b@example.org", "INVALID_EMAIL"),
        ("ann,bob@example.org", "INVALID_EMAIL"),
        ("ann@example", "INVALID_EMAIL"),
        (f"{'a' * 250}@example.org", "INVALID_EMAIL"),
        ("ann@example.com", "UNACCEPTABLE_EMAIL"),
    ),
)
def test_email_refused(email, code):
    """FAIL INVALID_EMAIL, UNACCEPTABLE_EMAIL: nothing is sent, and nothing kept."""
    house = _house()
    assert _code(_newcomer(house), f"REGISTER * {email} sesame") == f"REGISTER {code} ann"
    assert house.node.courier.sent == []


@pytest.mark.parametrize(
    ("delivery", "code"),
    (
        (Delivery.NO_SUCH_ADDRESS, "INVALID_EMAIL"),
        (Delivery.NOT_NOW, "TEMPORARILY_UNAVAILABLE"),
    ),
)
def test_mail_cannot_be_sent(delivery, code):
    """FAIL INVALID_EMAIL, TEMPORARILY_UNAVAILABLE: the name is free for another try."""
    house = _house()
    house.node.courier.becomes = delivery
    client = _newcomer(house)
    assert _code(client, "REGISTER * ann@example.org sesame") == f"REGISTER {code} ann"
    assert house.store.account("ann") is None
    house.node.courier.becomes = Delivery.SENT
    assert "VERIFICATION" in client.does("REGISTER * ann@example.org sesame")[0]


def test_no_mailer():
    """FAIL TEMPORARILY_UNAVAILABLE: a server that cannot send mail makes no such accounts."""
    house = House(accounts=WITH_EMAIL)
    code = _code(_newcomer(house), "REGISTER * ann@example.org sesame")
    assert code == "REGISTER TEMPORARILY_UNAVAILABLE ann"


@pytest.mark.parametrize("line", ("VERIFY ann wrong", "VERIFY nobody code", "VERIFY ann :"))
def test_invalid_code(line):
    """FAIL VERIFY INVALID_CODE: a wrong code, and a name that waits for none."""
    house = _house()
    client, _ = _registers(house)
    assert _code(client, line) == f"VERIFY INVALID_CODE {line.split()[1]}"


def test_expired_code():
    """FAIL VERIFY INVALID_CODE: the code has expired; the name is free again."""
    house = _house()
    client, code = _registers(house)
    house.later(LIFETIME_S)
    assert _code(client, f"VERIFY ann {code}") == "VERIFY INVALID_CODE ann"
    assert house.store.account("ann") is None
    assert "VERIFICATION" in client.does("REGISTER * ann@example.org sesame")[0]


def test_strangers_guesses():
    """VERIFY: strangers' wrong codes make them wait, and the right one counts as before."""
    house = _house(replace(WITH_EMAIL, address_pace=Pace(5, 60_000, 60_000, 600_000)))
    stranger, client = _newcomer(house, "eve"), _newcomer(house)
    stranger.session.address, client.session.address = "192.0.2.1", "192.0.2.2"
    client.does("REGISTER * ann@example.org sesame")
    (_, _, code) = house.node.courier.sent[-1]
    for number in range(5):
        assert _code(stranger, f"VERIFY ann {number}") == "VERIFY INVALID_CODE ann"
    assert _code(stranger, "VERIFY ann 5") == "VERIFY TEMPORARILY_UNAVAILABLE ann"
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")


def test_guess_while_the_mail_is_sent():
    """REGISTER VERIFICATION_REQUIRED: a guess meanwhile takes no answer away."""
    house = _house()
    stranger, client = _newcomer(house, "eve"), _newcomer(house)
    house.readers.is_held = True
    client.does("REGISTER * ann@example.org sesame")
    stranger.does("VERIFY ann guess")
    house.readers.is_held = False
    house.turn()
    assert "VERIFICATION_REQUIRED" in "".join(client.heard())


def test_unverified_account_proves_nothing():
    """REGISTER VERIFICATION_REQUIRED: until VERIFY nobody can sign in to the account."""
    house = _house()
    _registers(house)
    client = _newcomer(house, "bob")
    client.does("AUTHENTICATE PLAIN")
    assert numerics(client.does(f"AUTHENTICATE {plain('ann', 'sesame')}")) == ["904"]


def test_unverified_account_reserves_no_nick():
    """REGISTER VERIFICATION_REQUIRED: others may be called so; the name is kept from others."""
    house = _house()
    _registers(house)
    guest = house.person("ann", *CAPS)
    code = _code(guest, "REGISTER * guest@example.org sesame")
    assert code == "REGISTER ACCOUNT_EXISTS ann"


def test_nick_goes_to_its_owner():
    """VERIFY SUCCESS: a guest who took the nick meanwhile gets another one."""
    house = _house()
    client, code = _registers(house)
    guest = house.person("ann", *CAPS)
    client.does(f"VERIFY ann {code}")
    assert guest.hears()[0].startswith(":ann!~ann@host NICK Guest")
    client.does("USER ann 0 * :Ann", "CAP END")
    assert client.session.user.nick == "ann"


def test_verification_outlives_a_restart():
    """VERIFY: the code counts also after the server was started anew."""
    house = _house()
    _, code = _registers(house)
    again = _house(store=house.store)
    client = _newcomer(again, "bob")
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")


def test_code_is_kept_as_digest():
    """VERIFY: whoever reads the data learns no code."""
    house = _house()
    _, code = _registers(house)
    assert code not in house.store.account("ann").settings


def test_full_disk():
    """FAIL STORE_UNAVAILABLE: what could not be stored has not happened."""
    house = _house()
    client = _newcomer(house)
    house.disk.is_full = True
    code = _code(client, "REGISTER * ann@example.org sesame")
    assert code == "REGISTER STORE_UNAVAILABLE ann"
    house.disk.is_full = False
    client.does("REGISTER * ann@example.org sesame")
    code = house.node.courier.sent[-1][2]
    house.disk.is_full = True
    assert "STORE_UNAVAILABLE" in "".join(client.does(f"VERIFY ann {code}"))
    house.disk.is_full = False
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")


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
