"""WHO, WHOIS, ISON, USERHOST and AWAY."""

import pytest
from tests.unit.command.house import House

END = ":irc.test 315 {} {} :End of WHO list"


@pytest.fixture
def house():
    """Return a house with ann, operator of #rook, bob, a member, and cat, a stranger."""
    house = House()
    house.account("ann")
    house.ann = house.person("ann", account="ann")
    house.bob, house.cat = house.person("bob"), house.person("cat")
    house.room("#rook", house.ann, house.bob)
    return house


def _who(nick, asker, place="#rook", flags="H"):
    name = nick.title()
    return f":irc.test 352 {asker} {place} ~{nick} host irc.test {nick} {flags} :0 {name}"


def test_who_is_in_a_room(house):
    """WHO of a room lists its members with their rank and whether they are away."""
    house.bob.does("AWAY :tea")
    assert house.cat.does("WHO #Rook") == [
        _who("ann", "cat", flags="H@"),
        _who("bob", "cat", flags="G"),
        END.format("cat", "#Rook"),
    ]


@pytest.mark.parametrize("mask", ("b*", "B?b", "bob", "*o?"))
def test_who_fits_a_mask(house, mask):
    """WHO of a mask lists those whose nick, or another of their names, fits it."""
    assert house.cat.does(f"WHO {mask}") == [_who("bob", "cat"), END.format("cat", mask)]


def test_who_is_there(house):
    """WHO alone lists everybody."""
    assert house.cat.does("WHO") == [
        _who("ann", "cat", flags="H@"),
        _who("bob", "cat"),
        _who("cat", "cat", place="*"),
        END.format("cat", "*"),
    ]


def test_who_is_invisible(house):
    """Who is invisible is listed to those who share a room alone, also under their nick."""
    house.bob.does("MODE bob +i")
    assert house.cat.does("WHO b*") == [END.format("cat", "b*")]
    assert house.cat.does("WHO bob") == [END.format("cat", "bob")]
    assert house.ann.does("WHO b*") == [_who("bob", "ann"), END.format("ann", "b*")]
    assert house.cat.does("WHO #rook") == [
        _who("ann", "cat", flags="H@"),
        END.format("cat", "#rook"),
    ]


def test_who_hides_secret_rooms(house):
    """A secret room is no place that strangers are told of."""
    house.ann.does("MODE #rook +s")
    assert house.cat.does("WHO #rook") == [END.format("cat", "#rook")]
    assert house.cat.does("WHO bob") == [_who("bob", "cat", place="*"), END.format("cat", "bob")]


@pytest.mark.parametrize("mask", ("[a-z]*", "^", ".*", "#none"))
def test_mask_is_no_pattern_of_another_kind(house, mask):
    """Only an asterisk and a question mark mean anything in a mask."""
    assert house.cat.does(f"WHO {mask}") == [END.format("cat", mask)]


def test_mask_of_many_asterisks():
    """A mask made to be tried in a billion ways is answered as any other."""
    ann = House(nick_max_chars=32).person("a" * 32)
    mask = "*a" * 16 + "*b"
    assert ann.does(f"WHO {mask}") == [END.format("a" * 32, mask)]


def test_whois(house):
    """WHOIS tells about a person what everybody may know."""
    house.now_ms += 90_000
    house.ann.does("AWAY :tea")
    assert house.cat.does("WHOIS ANN") == [
        ":irc.test 311 cat ann ~ann host * :Ann",
        ":irc.test 319 cat ann :@#rook",
        ":irc.test 312 cat ann irc.test :Rook",
        ":irc.test 330 cat ann ann :is logged in as",
        ":irc.test 301 cat ann :tea",
        ":irc.test 317 cat ann 90 1767607200 :seconds idle, signon time",
        ":irc.test 318 cat ANN :End of WHOIS list",
    ]


def test_whois_of_several(house):
    """WHOIS takes a list, and a server's name before it."""
    heard = house.cat.does("WHOIS irc.test bob,nobody")
    assert [line.split()[1] for line in heard] == ["311", "319", "312", "317", "318", "401", "318"]


def test_whois_hides_secret_rooms(house):
    """Secret rooms, and all rooms of the invisible, are shown to those inside alone."""
    house.ann.does("JOIN #open", "MODE #rook +s")
    assert ":irc.test 319 cat ann :@#open" in house.cat.does("WHOIS ann")
    house.ann.does("MODE ann +i")
    assert not [line for line in house.cat.does("WHOIS ann") if " 319 " in line]
    house.bob.heard()
    assert ":irc.test 319 bob ann :@#rook" in house.bob.does("WHOIS ann")


@pytest.mark.parametrize("line", ("WHOIS", "WHOIS :"))
def test_whois_of_nobody(house, line):
    """WHOIS needs a nick."""
    assert house.cat.does(line) == [":irc.test 431 cat :No nickname given"]


def test_ison(house):
    """ISON names those of the list who are here, as they write themselves."""
    assert house.cat.does("ISON ANN nobody :bob eve") == [":irc.test 303 cat :ann bob"]
    assert house.cat.does("ISON nobody") == [":irc.test 303 cat :"]


def test_userhost(house):
    """USERHOST shows up to five people, with a sign for who is away."""
    house.bob.does("AWAY :tea")
    assert house.cat.does("USERHOST Ann bob nobody") == [
        ":irc.test 302 cat :ann=+~ann@host bob=-~bob@host"
    ]
    assert house.cat.does("USERHOST 1 2 3 4 5 ann") == [":irc.test 302 cat :"]


def test_away(house):
    """Who is away says so, and those who write learn it."""
    assert house.bob.does("AWAY :tea") == [":irc.test 306 bob :You have been marked as being away"]
    assert house.ann.does("PRIVMSG bob :hi") == [":irc.test 301 ann bob :tea"]
    assert house.ann.does("NOTICE bob :hi") == []
    house.bob.heard()
    assert house.bob.does("AWAY") == [":irc.test 305 bob :You are no longer marked as being away"]
    assert house.ann.does("PRIVMSG bob :hi") == []
