"""IRCv3 draft/account-registration: accounts that need a code, which comes by e-mail."""

from dataclasses import replace

import pytest
from tests.conformance.newcomer import CAPS, failure, newcomer
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules, Delivery
from rookery.core.throttle import Pace

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


def _registers(house, nick="ann"):
    """Let somebody register with an address; return their client and the code they got."""
    client = newcomer(house, nick)
    client.does(f"REGISTER * {nick}@example.org sesame")
    return client, house.node.courier.sent[-1][2]


@pytest.mark.parametrize("early", (True, False))
def test_verification(early):
    """REGISTER VERIFICATION_REQUIRED, then VERIFY SUCCESS: logged in as if by SASL."""
    house = _house()
    client = newcomer(house) if early else house.person("ann", *CAPS)
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
    assert failure(newcomer(house), f"REGISTER * {email} sesame") == f"REGISTER {code} ann"
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
    client = newcomer(house)
    assert failure(client, "REGISTER * ann@example.org sesame") == f"REGISTER {code} ann"
    assert house.store.account("ann") is None
    house.node.courier.becomes = Delivery.SENT
    assert "VERIFICATION" in client.does("REGISTER * ann@example.org sesame")[0]


def test_no_mailer():
    """FAIL TEMPORARILY_UNAVAILABLE: a server that cannot send mail makes no such accounts."""
    house = House(accounts=WITH_EMAIL)
    code = failure(newcomer(house), "REGISTER * ann@example.org sesame")
    assert code == "REGISTER TEMPORARILY_UNAVAILABLE ann"


@pytest.mark.parametrize("line", ("VERIFY ann wrong", "VERIFY nobody code", "VERIFY ann :"))
def test_invalid_code(line):
    """FAIL VERIFY INVALID_CODE: a wrong code, and a name that waits for none."""
    house = _house()
    client, _ = _registers(house)
    assert failure(client, line) == f"VERIFY INVALID_CODE {line.split()[1]}"


def test_expired_code():
    """FAIL VERIFY INVALID_CODE: the code has expired; the name is free again."""
    house = _house()
    client, code = _registers(house)
    house.later(LIFETIME_S)
    assert failure(client, f"VERIFY ann {code}") == "VERIFY INVALID_CODE ann"
    assert house.store.account("ann") is None
    assert "VERIFICATION" in client.does("REGISTER * ann@example.org sesame")[0]


def test_strangers_guesses():
    """VERIFY: strangers' wrong codes make them wait, and the right one counts as before."""
    house = _house(replace(WITH_EMAIL, address_pace=Pace(5, 60_000, 60_000, 600_000)))
    stranger, client = newcomer(house, "eve"), newcomer(house)
    stranger.session.address, client.session.address = "192.0.2.1", "192.0.2.2"
    client.does("REGISTER * ann@example.org sesame")
    (_, _, code) = house.node.courier.sent[-1]
    for number in range(5):
        assert failure(stranger, f"VERIFY ann {number}") == "VERIFY INVALID_CODE ann"
    assert failure(stranger, "VERIFY ann 5") == "VERIFY TEMPORARILY_UNAVAILABLE ann"
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")


def test_guess_while_the_mail_is_sent():
    """REGISTER VERIFICATION_REQUIRED: a guess meanwhile takes no answer away."""
    house = _house()
    stranger, client = newcomer(house, "eve"), newcomer(house)
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
    client = newcomer(house, "bob")
    client.does("AUTHENTICATE PLAIN")
    assert numerics(client.does(f"AUTHENTICATE {plain('ann', 'sesame')}")) == ["904"]


def test_unverified_account_reserves_no_nick():
    """REGISTER VERIFICATION_REQUIRED: others may be called so; the name is kept from others."""
    house = _house()
    _registers(house)
    guest = house.person("ann", *CAPS)
    code = failure(guest, "REGISTER * guest@example.org sesame")
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
    client = newcomer(again, "bob")
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")


def test_code_is_kept_as_digest():
    """VERIFY: whoever reads the data learns no code."""
    house = _house()
    _, code = _registers(house)
    assert code not in house.store.account("ann").settings


def test_full_disk():
    """FAIL STORE_UNAVAILABLE: what could not be stored has not happened."""
    house = _house()
    client = newcomer(house)
    house.disk.is_full = True
    code = failure(client, "REGISTER * ann@example.org sesame")
    assert code == "REGISTER STORE_UNAVAILABLE ann"
    house.disk.is_full = False
    client.does("REGISTER * ann@example.org sesame")
    code = house.node.courier.sent[-1][2]
    house.disk.is_full = True
    assert "STORE_UNAVAILABLE" in "".join(client.does(f"VERIFY ann {code}"))
    house.disk.is_full = False
    assert client.does(f"VERIFY ann {code}")[0].startswith(":irc.test VERIFY SUCCESS ann :")
