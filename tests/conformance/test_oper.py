"""modern IRC, "OPER message"."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.command.account_rules import AccountRules
from rookery.core.operators import ALL, Operator
from rookery.core.throttle import Pace

OPERATORS = {
    "root": Operator(password_hash="hash of secret"),
    "local": Operator(password_hash="hash of secret", mask="*!*@10.*"),
    "proven": Operator(fingerprint="AB:CD"),
}
RAISED = [":ann!~ann@host MODE ann +o", ":irc.test 381 ann :You are now an IRC operator"]


@pytest.fixture
def house():
    """A house with three operators."""
    return House(operators=OPERATORS)


@pytest.fixture
def ann(house):
    """Somebody who wants to be one."""
    return house.person("ann")


def test_right(house, ann):
    """OPER message: RPL_YOUREOPER (381), and mode o."""
    assert ann.does("OPER root secret") == RAISED
    assert ann.does("MODE ann") == [":irc.test 221 ann :+o"]
    assert ann.session.user.privileges == ALL
    assert ":irc.test 252 ann 1 :operator(s) online" in ann.does("LUSERS")
    assert ":irc.test 313 bob ann :is a server operator" in house.person("bob").does("WHOIS ann")


@pytest.mark.parametrize("line", ("OPER root wrong", "OPER nobody secret", "OPER Root secret"))
def test_wrong(ann, line):
    """OPER message: ERR_PASSWDMISMATCH (464), for a name that nobody has too."""
    assert ann.does(line) == [":irc.test 464 ann :Password incorrect"]
    assert ann.does("MODE ann") == [":irc.test 221 ann :+"]


@pytest.mark.parametrize("line", ("OPER", "OPER root"))
def test_too_few(ann, line):
    """OPER message: ERR_NEEDMOREPARAMS (461)."""
    assert ann.does(line) == [":irc.test 461 ann OPER :Not enough parameters"]


def test_no_operators():
    """OPER message: ERR_NOOPERHOST (491) where there can be none."""
    assert numerics(House().person("ann").does("OPER root secret")) == ["491"]


def test_mask(ann):
    """OPER message: ERR_NOOPERHOST (491) from elsewhere; the address counts as well as the host."""
    assert numerics(ann.does("OPER local secret")) == ["491"]
    ann.session.user.address = "10.0.0.7"
    assert ann.does("OPER local secret") == RAISED


def test_certificate(ann):
    """An operator may be told by a certificate alone."""
    assert numerics(ann.does("OPER proven x")) == ["491"]
    ann.session.fingerprint = "abcd"
    assert ann.does("OPER proven x") == RAISED


def test_before_registration(house):
    """ERR_NOTREGISTERED (451)."""
    assert numerics(house.connection().does("OPER root secret")) == ["451"]


def test_mode_o_is_given_by_oper_alone(ann):
    """Oper user mode: nobody gives it to themselves; it can be laid down."""
    assert ann.does("MODE ann +o") == []
    ann.does("OPER root secret")
    assert ann.does("MODE ann -o") == [":ann!~ann@host MODE ann -o"]
    assert ann.session.user.privileges == frozenset()
    assert ":irc.test 252 ann 0 :operator(s) online" in ann.does("LUSERS")


def test_password_is_checked_off_the_loop(house, ann):
    """Nothing else of the session is done until it is known."""
    house.hashers.is_held = True
    assert ann.does("OPER root secret", "TIME") == []
    house.hashers.is_held = False
    assert numerics(ann.does()) == ["MODE", "381", "391"]


def test_guessing_is_slowed():
    """RPL_TRYAGAIN (263) after some wrong passwords, for the right one too."""
    pace = Pace(2, 60_000, 60_000, 600_000)
    house = House(operators=OPERATORS, accounts=AccountRules(address_pace=pace, account_pace=pace))
    house.node.gate.obey(house.node.rules.accounts)
    ann = house.person("ann")
    ann.session.address = "192.0.2.1"
    ann.does("OPER root a", "OPER root b")
    assert numerics(ann.does("OPER root secret")) == ["263"]
    house.now_ms += 60_000
    assert ann.does("OPER root secret") == RAISED


def test_too_busy(house, ann):
    """RPL_TRYAGAIN (263) where no password can be checked now."""
    house.hashers.is_busy = True
    assert numerics(ann.does("OPER root secret")) == ["263"]


def test_label(house):
    """IRCv3 labeled-response: the answers come as one batch."""
    ann = house.person("ann", "labeled-response", "batch")
    heard = ann.does("@label=x OPER root secret")
    assert heard[0].startswith("@label=x :irc.test BATCH +")
    assert numerics(heard) == ["BATCH", "MODE", "381", "BATCH"]
