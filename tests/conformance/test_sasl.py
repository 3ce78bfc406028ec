"""IRCv3 sasl 3.1 and 3.2; payloads and proofs in detail: tests/unit/command/test_sasl.py."""

import base64

import pytest
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules
from rookery.core.account_events import CertificateSet
from rookery.core.throttle import Pace

FINGERPRINT = "ab" * 32
WITH_CERTIFICATES = AccountRules(has_client_certificates=True)
SLOW = Pace(free_tries=2, first_wait_ms=4000, max_wait_ms=60_000, forget_after_ms=600_000)


def _client(house, address=""):
    client = house.connection()
    client.session.address = address
    client.does("CAP REQ sasl")
    return client


def _house(**rules):
    house = House(**rules)
    house.account("ann")
    return house


def _tries(client, password):
    return numerics(client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann', password)}"))


def _offered(house):
    listed = " ".join(house.connection().does("CAP LS 302"))
    return next(word for word in listed.split() if word.lstrip(":").startswith("sasl"))


def test_mechanisms_listed():
    """3.2, Mechanism list in CAP LS: the value names what can be used."""
    assert _offered(House()).endswith("sasl=PLAIN,SCRAM-SHA-256")


def test_external_listed():
    """3.2, Mechanism list: EXTERNAL is among them where clients are asked for certificates."""
    house = House(accounts=WITH_CERTIFICATES)
    assert _offered(house).endswith("sasl=PLAIN,SCRAM-SHA-256,EXTERNAL")


def test_no_value_before_302():
    """3.2: an old client sees the capability without a value."""
    assert " sasl" in House().connection().does("CAP LS")[0].replace(":", " ")
    assert "sasl=" not in House().connection().does("CAP LS")[0]


def test_success_numerics():
    """3.1: 900 names nick, mask and account, then 903 follows."""
    client = _client(_house())
    client.does("NICK bob", "USER bobby 0 * :Bob", "AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [
        ":irc.test 900 * bob!~bobby@host ann :You are now logged in as ann",
        ":irc.test 903 * :SASL authentication successful",
    ]


def test_plain_with_authzid():
    """RFC 4616: who acts for their own account may say so, in any case."""
    client = _client(_house())
    client.does("AUTHENTICATE PLAIN")
    payload = base64.b64encode(b"ANN\0ann\0secret").decode()
    assert numerics(client.does(f"AUTHENTICATE {payload}")) == ["900", "903"]


def test_mechanism_in_any_case():
    """RFC 4422 §3.1 has upper-case names; clients that send others are understood."""
    assert _client(_house()).does("AUTHENTICATE plain") == ["AUTHENTICATE +"]


def test_retry_after_failure():
    """3.1: after 904 the client may begin anew."""
    client = _client(_house())
    assert _tries(client, "wrong") == ["AUTHENTICATE", "904"]
    assert _tries(client, "secret") == ["AUTHENTICATE", "900", "903"]


def test_abort_without_an_exchange():
    """3.1: an asterisk is answered with 906, whatever was under way."""
    assert numerics(_client(_house()).does("AUTHENTICATE *")) == ["906"]


def test_registration_completes_meanwhile():
    """3.1: a sign-in that completes during the exchange aborts it with 906, without an account."""
    client = _client(_house())
    client.does("NICK bob", "USER bob 0 * :Bob", "AUTHENTICATE PLAIN")
    heard = numerics(client.does("CAP END"))
    assert heard[:2] == ["906", "001"]
    assert client.session.user.account == ""
    assert numerics(client.does(f"AUTHENTICATE {plain('ann')}")) == ["908", "904"]


def test_reauthentication_refused():
    """3.2, SASL Reauthentication: who has an account is answered with 907, before and after."""
    house = _house()
    client = house.person("ann", account="ann")
    assert numerics(client.does("AUTHENTICATE PLAIN")) == ["907"]


def test_guest_signs_in_later():
    """3.2, SASL Reauthentication: a guest may authenticate at any time."""
    client = _house().person("bob")
    assert _tries(client, "secret") == ["AUTHENTICATE", "900", "903"]
    assert client.session.user.account == "ann"


def test_too_many_failures():
    """3.2: a client that fails too often hears why before it is disconnected."""
    client = _client(_house(accounts=AccountRules(tries_per_session=3)))
    for _ in range(2):
        _tries(client, "wrong")
    heard = client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann', 'wrong')}")
    assert numerics(heard) == ["AUTHENTICATE", "904", "ERROR"]
    assert client.closed_with == "Too many failed tries to sign in"


@pytest.mark.parametrize("word", ("", "PLAIN,EXTERNAL", "FOO"))
def test_no_such_mechanism(word):
    """3.1: 908 names the mechanisms, 904 ends it."""
    heard = _client(_house()).does(f"AUTHENTICATE :{word}")
    assert numerics(heard) == ["908", "904"]


def test_without_parameters():
    """RFC 2812: too few parameters."""
    assert numerics(_client(_house()).does("AUTHENTICATE")) == ["461"]


def _with_certificate(house):
    house.node.bus.publish(CertificateSet(FINGERPRINT, "ann"))
    client = _client(house)
    client.session.fingerprint = FINGERPRINT
    return client


@pytest.mark.parametrize("payload", ("+", base64.b64encode(b"Ann").decode()))
def test_external(payload):
    """RFC 4422 appendix A: the certificate is the proof, with or without a name."""
    client = _with_certificate(_house(accounts=WITH_CERTIFICATES))
    assert client.does("AUTHENTICATE EXTERNAL") == ["AUTHENTICATE +"]
    assert numerics(client.does(f"AUTHENTICATE {payload}")) == ["900", "903"]


def test_external_for_another():
    """RFC 4422 appendix A: a certificate proves no other account."""
    house = _house(accounts=WITH_CERTIFICATES)
    house.account("bob")
    client = _with_certificate(house)
    client.does("AUTHENTICATE EXTERNAL")
    payload = base64.b64encode(b"bob").decode()
    assert numerics(client.does(f"AUTHENTICATE {payload}")) == ["904"]


def test_external_without_a_certificate():
    """RFC 4422 appendix A: no certificate, or one that nobody has added, proves nothing."""
    client = _with_certificate(_house(accounts=WITH_CERTIFICATES))
    for fingerprint in ("", "cd" * 32):
        client.session.fingerprint = fingerprint
        client.does("AUTHENTICATE EXTERNAL")
        assert numerics(client.does("AUTHENTICATE +")) == ["904"]


def test_back_off():
    """Tries from one address wait longer and longer, also in new connections."""
    house = _house(accounts=AccountRules(address_pace=SLOW))
    for _ in range(2):
        _tries(_client(house, "192.0.2.1"), "wrong")
    client = _client(house, "192.0.2.1")
    client.does("AUTHENTICATE PLAIN")
    text = "Too many failed tries: wait 4 s before the next"
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [f":irc.test 904 * :{text}"]
    assert _tries(_client(house, "192.0.2.2"), "secret")[-1] == "903"
    house.later(4)
    assert _tries(client, "secret")[-1] == "903"


def test_back_off_by_account():
    """Tries at one account from many addresses count together, for SCRAM too."""
    house = _house(accounts=AccountRules(account_pace=SLOW))
    for number in range(2):
        _tries(_client(house, f"192.0.2.{number}"), "wrong")
    client = _client(house, "192.0.2.9")
    client.does("AUTHENTICATE SCRAM-SHA-256")
    payload = base64.b64encode(b"n,,n=ann,r=nonce").decode()
    assert numerics(client.does(f"AUTHENTICATE {payload}")) == ["904"]


def test_loopback_may_be_exempt():
    """Tries from this computer itself count only where the settings say so."""
    house = _house(accounts=AccountRules(address_pace=SLOW, is_loopback_exempt=True))
    for _ in range(5):
        assert _tries(_client(house, "127.0.0.1"), "wrong")[-1] == "904"
    assert _tries(_client(house, "127.0.0.1"), "secret")[-1] == "903"


def test_login_flood_does_not_stall_chat():
    """While passwords wait to be hashed, others talk."""
    house = _house()
    bob = house.person("bob")
    cat = house.person("cat")
    house.hashers.is_held = True
    for _ in range(20):
        client = _client(house)
        client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann', 'wrong')}")
    bob.does("PRIVMSG cat :hello")
    assert cat.hears() == [":bob!~bob@host PRIVMSG cat :hello"]
