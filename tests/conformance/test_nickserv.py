"""NickServ, which speaks for accounts: docs/ext/services.md."""

import base64
import json

import pytest
from tests.conformance.services import NS, may_sign_in
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules

PRINT = "AB:" * 31 + "AB"
PLAIN_PRINT = "ab" * 32


def test_register(house):
    """NS REGISTER is REGISTER."""
    bob = house.person("bob")
    assert bob.does("NS REGISTER sesame") == [
        f"{NS} bob :bob is your name from now on",
        ":irc.test 900 bob bob!~bob@host bob :You are now logged in as bob",
    ]
    assert house.store.account("bob").name == "bob"


def test_register_refused(house, ann):
    """What REGISTER refuses, NS REGISTER does too."""
    text = "You are signed in to an account already"
    assert ann.does("NS REGISTER sesame") == [f"{NS} ann :{text}"]


def test_full_disk(house):
    """What could not be stored is said by the service as well."""
    bob = house.person("bob")
    house.disk.is_full = True
    heard = bob.does("NS REGISTER sesame")
    assert f"{NS} bob :The server cannot write to its disk" in "\n".join(heard)
    assert bob.session.user.account == ""


def test_identify_too_often(house):
    """Guessing by NS closes the connection as guessing by SASL does."""
    house = House(accounts=AccountRules(tries_per_session=2))
    bob = house.person("bob")
    bob.does("NS IDENTIFY ann wrong")
    assert numerics(bob.does("NS IDENTIFY ann wrong")) == ["NOTICE", "ERROR"]


def test_logout_releases_the_nick(house, ann):
    """LOGOUT tells 901, and an account's nick is its owner's alone."""
    heard = ann.does("NS LOGOUT")
    assert heard[0] == ":irc.test 901 ann ann!~ann@host :You are now logged out"
    assert heard[1].startswith(":ann!~ann@host NICK Guest")
    assert heard[2].endswith(":You are signed out")
    assert numerics(ann.does("NICK ann")) == ["433"]


def test_logout_with_several_sessions(house, ann):
    """One of several connections cannot sign all of them out."""
    house.person("ann", account="ann")
    (answer,) = ann.does("NS LOGOUT")
    assert "disconnect this one instead" in answer
    assert ann.session.user.account == "ann"


@pytest.mark.parametrize("words", ("PASSWD secret sesame", "SET PASSWORD secret sesame"))
def test_password(house, ann, words):
    """The new password counts, the old one no more."""
    assert ann.does(f"NS {words}") == [f"{NS} ann :Your password is changed"]
    assert may_sign_in(house, "sesame")
    assert not may_sign_in(house, "secret")


@pytest.mark.parametrize("words", ("PASSWD wrong sesame", "PASSWD secret sesame typo"))
def test_password_refused(house, ann, words):
    """A wrong old password, or a new one that differs from its repetition, changes nothing."""
    ann.does(f"NS {words}")
    assert may_sign_in(house, "secret")


def test_settings_and_password_at_once(house, ann):
    """Of two changes of one account at the same time none is lost."""
    other = house.person("ann", account="ann")
    house.hashers.is_held = True
    old_new = base64.b64encode(b"secret\0sesame").decode()
    ann.does(f"PASSWORD {old_new}")
    other.does("NS SET ALWAYS-ON on")
    house.hashers.is_held = False
    house.turn()
    assert may_sign_in(house, "sesame")
    assert json.loads(house.store.account("ann").settings)["always_on"] is True


@pytest.mark.parametrize(
    ("words", "answer"),
    (
        ("ALWAYS-ON on", "Always on: on"),
        ("always-on off", "Always on: off"),
        ("ALWAYS-ON default", "Always on: off (the server's default)"),
        ("MULTICLIENT off", "Several connections: off"),
    ),
)
def test_choices(house, ann, words, answer):
    """SET tells what holds from now on, also after a restart."""
    assert f"{NS} ann :{answer}" in ann.does(f"NS SET {words}")
    again = House(house.store).person("bob")
    assert "Account: ann" in again.does("NS INFO ann")[0]
    owner = House(house.store).person("ann", account="ann")
    assert f"{NS} ann :{answer}" in owner.does("NS INFO")


@pytest.mark.parametrize("words", ("ALWAYS-ON maybe", "COLOUR on"))
def test_no_such_choice(ann, words):
    """What cannot be chosen is refused with what can."""
    (answer,) = ann.does(f"NS SET {words}")
    assert answer.endswith("SET <ALWAYS-ON | MULTICLIENT> <on | off | default>")


def test_settled_by_operators():
    """What the operators have settled is not the owner's to choose."""
    house = House(accounts=AccountRules(always_on="off"))
    house.account("ann")
    (answer,) = house.person("ann", account="ann").does("NS SET ALWAYS-ON on")
    assert "have settled" in answer


def test_single_client():
    """MULTICLIENT off: a second connection is told that the nick is in use."""
    house = House()
    house.account("ann")
    house.person("ann", account="ann").does("NS SET MULTICLIENT off")
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert numerics(client.does("NICK ann")) == ["433"]


def test_info_is_public_in_part(house):
    """INFO shows others that the account exists, and since when."""
    house.person("ann", account="ann")
    assert house.person("bob").does("NS INFO ann") == [
        f"{NS} bob :Account: ann",
        f"{NS} bob :Registered: 2026-01-05 10:00:00 UTC",
    ]


def test_certificates(house, ann):
    """CERT ADD, LIST and DEL; a certificate is kept over a restart."""
    text = f"{PLAIN_PRINT} signs in to your account from now on"
    assert ann.does(f"NS CERT ADD {PRINT}") == [f"{NS} ann :{text}"]
    restarted = House(house.store).node.world.registry
    assert restarted.certificates == {PLAIN_PRINT: "ann"}
    assert ann.does("NS CERT LIST")[0] == f"{NS} ann :{PLAIN_PRINT}"
    ann.does(f"NS CERT DEL {PLAIN_PRINT}")
    assert House(house.store).node.world.registry.certificates == {}


def test_own_certificate(ann):
    """CERT ADD without a fingerprint adds the one of this connection."""
    assert "Give the SHA-256" in ann.does("NS CERT ADD")[0]
    ann.session.fingerprint = PLAIN_PRINT
    assert "from now on" in ann.does("NS CERT ADD")[0]


def test_certificate_of_another(house, ann):
    """A certificate proves one account only, and is not removed by others."""
    house.account("bob")
    bob = house.person("bob", account="bob")
    ann.does(f"NS CERT ADD {PRINT}")
    assert "another account's" in bob.does(f"NS CERT ADD {PRINT}")[0]
    assert "no such certificate" in bob.does(f"NS CERT DEL {PRINT}")[0]


def test_too_many_certificates():
    """An account has as many certificates as allowed."""
    house = House(accounts=AccountRules(certificates_max=1))
    house.account("ann")
    ann = house.person("ann", account="ann")
    ann.does(f"NS CERT ADD {PRINT}")
    assert "as many certificates as allowed" in ann.does(f"NS CERT ADD {'c' * 64}")[0]
