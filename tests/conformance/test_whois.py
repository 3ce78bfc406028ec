"""modern IRC, "WHOIS message"."""

import pytest
from tests.unit.command.house import House, numerics


def test_all_of_it():
    """WHOIS message: user, rooms, server, account, away, idle and the end, in this order."""
    house = House(network="Net")
    house.account("ann")
    ann, bob = house.person("ann", account="ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.does("AWAY :out to lunch")
    house.now_ms += 65_000
    assert bob.does("WHOIS Ann") == [
        ":irc.test 311 bob ann ~ann host * :Ann",
        ":irc.test 319 bob ann :@#a",
        ":irc.test 312 bob ann irc.test :Net",
        ":irc.test 330 bob ann ann :is logged in as",
        ":irc.test 301 bob ann :out to lunch",
        ":irc.test 317 bob ann 65 1767607200 :seconds idle, signon time",
        ":irc.test 318 bob Ann :End of WHOIS list",
    ]


def test_nobody():
    """WHOIS message: 401, and 318 all the same."""
    assert House().person("ann").does("WHOIS nobody") == [
        ":irc.test 401 ann nobody :No such nick",
        ":irc.test 318 ann nobody :End of WHOIS list",
    ]


@pytest.mark.parametrize("line", ("WHOIS", "WHOIS :"))
def test_no_nick(line):
    """WHOIS message: ERR_NONICKNAMEGIVEN (431)."""
    assert House().person("ann").does(line) == [":irc.test 431 ann :No nickname given"]


@pytest.mark.parametrize("target", ("irc.test", "IRC.test", "bob", "ann"))
def test_target(target):
    """WHOIS message: the target is a server's name or a nick on it."""
    house = House()
    ann = house.person("ann")
    house.person("bob")
    heard = numerics(ann.does(f"WHOIS {target} bob"))
    assert (heard[0], heard[-1]) == ("311", "318")


def test_no_such_server():
    """WHOIS message: ERR_NOSUCHSERVER (402) for another target; the list ends."""
    house = House()
    ann = house.person("ann")
    house.person("bob")
    assert ann.does("WHOIS other.test bob") == [
        ":irc.test 402 ann other.test :No such server",
        ":irc.test 318 ann bob :End of WHOIS list",
    ]


def test_oneself_and_operators_see_more():
    """WHOIS message: address and modes are for oneself only, and for operators."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    ann.session.user.address = "192.0.2.1"
    own = ann.does("WHOIS ann")
    assert ":irc.test 338 ann ann ~ann@host 192.0.2.1 :is actually using host" in own
    assert ":irc.test 379 ann ann :is using modes +" in own
    assert not {"338", "378", "379"} & set(numerics(bob.does("WHOIS ann")))
    assert "192.0.2.1" not in " ".join(bob.does("WHOIS ann"))


def test_secure():
    """RPL_WHOISSECURE (671): every connection of the person is encrypted."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    assert "671" not in numerics(bob.does("WHOIS ann"))
    ann.session.is_encrypted = True
    assert ":irc.test 671 bob ann :is using a secure connection" in bob.does("WHOIS ann")


def test_list():
    """WHOIS message: several nicks up to TARGMAX, each with its end; the rest is dropped."""
    house = House(targets_per_command=2)
    ann = house.person("ann")
    heard = ann.does("WHOIS ann,nobody,ann")
    assert [line.split(" ")[3] for line in heard if " 318 " in line] == ["ann", "nobody"]


def test_secret_and_invisible():
    """RPL_WHOISCHANNELS: secret rooms for members; of invisible people only common rooms."""
    house = House()
    ann, bob, cid = house.person("ann"), house.person("bob"), house.person("cid")
    house.room("#open", ann, bob)
    house.room("#secret", ann, bob)
    ann.does("MODE #secret +s")
    assert ":irc.test 319 bob ann :@#open @#secret" in bob.does("WHOIS ann")
    assert ":irc.test 319 cid ann :@#open" in cid.does("WHOIS ann")
    ann.does("MODE ann +i")
    assert "319" not in numerics(cid.does("WHOIS ann"))
    assert ":irc.test 319 bob ann :@#open @#secret" in bob.does("WHOIS ann")


def test_many_rooms():
    """RPL_WHOISCHANNELS: as many lines as needed, none too long."""
    house = House(rooms_per_user=100, room_max_chars=50)
    ann = house.person("ann")
    for number in range(40):
        ann.does(f"JOIN #{'x' * 40}{number:02}")
    lines = [line for line in ann.does("WHOIS ann") if " 319 " in line]
    assert sum(len(line.split(" :")[1].split()) for line in lines) == 40
    assert max(map(len, lines)) <= 510


def test_multi_prefix():
    """IRCv3 multi-prefix: all prefixes of the rooms."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob", "multi-prefix")
    house.room("#a", ann)
    ann.does("MODE #a +v ann")
    assert ":irc.test 319 bob ann :@+#a" in bob.does("WHOIS ann")


def test_certificate():
    """RPL_WHOISCERTFP (276): for oneself and operators only."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    ann.session.fingerprint = "abcd"
    line = ":irc.test 276 ann ann :has client certificate fingerprint abcd"
    assert line in ann.does("WHOIS ann")
    assert "276" not in numerics(bob.does("WHOIS ann"))
