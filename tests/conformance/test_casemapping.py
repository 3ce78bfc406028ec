"""modern IRC, "Casemapping"; RFC 8265 for names in other scripts (`names.casemapping`)."""

from dataclasses import replace

import pytest
from tests.unit.command.house import House, numerics

from rookery.command.account_rules import AccountRules
from rookery.wire import casefold

CYRILLIC_ORE = "\u043e\u0433\u0435"
LOOKALIKE = {CYRILLIC_ORE: "ore", "ore": CYRILLIC_ORE}


@pytest.fixture
def precis():
    """A house with the mapping of all letters, which is the whole process's."""
    casefold.choose("precis")
    yield House(is_unicode=True)
    casefold.choose("ascii")


def _tokens(house):
    heard = house.connection().does("NICK zed", "USER zed 0 * :Zed")
    return " ".join(line for line in heard if " 005 " in line).split()


def test_ascii_nicks():
    """CASEMAPPING ascii: A to Z are a to z; brackets are not braces."""
    house = House()
    house.person("Ann[]")
    taken, free = house.connection(), house.connection()
    assert numerics(taken.does("NICK ANN[]")) == ["433"]
    assert numerics(free.does("NICK ann{}", "USER x 0 * :X"))[0] == "001"


def test_ascii_rooms():
    """CASEMAPPING ascii: rooms alike; letters beyond ASCII are each their own."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#Room", ann)
    assert bob.does("JOIN #rOOM")[0].endswith("JOIN #Room")
    ann.does("JOIN #Ärger")
    assert not any(" ann" in line for line in bob.does("JOIN #ärger") if " 353 " in line)


def test_ascii_tokens():
    """RPL_ISUPPORT: CASEMAPPING, and no UTF8MAPPING."""
    tokens = _tokens(House())
    assert "CASEMAPPING=ascii" in tokens
    assert not [token for token in tokens if token.startswith("UTF8MAPPING")]


def test_ascii_nicks_only():
    """ERR_ERRONEUSNICKNAME (432) for letters of other scripts."""
    assert numerics(House().connection().does("NICK Jörg")) == ["432"]


def test_precis_tokens(precis):
    """RPL_ISUPPORT: UTF8MAPPING names the mapping of what is not ASCII."""
    assert {"CASEMAPPING=ascii", "UTF8MAPPING=rfc8265"} <= set(_tokens(precis))


@pytest.mark.parametrize(
    "nick", ("Jörg", "Ольга", "Ελένη", "たろう", "山田たろう", "김철수", "שרה", "أحمد", "Zoë2")
)
def test_precis_nicks(precis, nick):
    """Letters of any one script, and of those that are written together."""
    assert precis.person(nick).session.user.nick == nick


@pytest.mark.parametrize(
    "nick",
    (
        "Jоrg",  # the second letter is Cyrillic
        "Αnn",  # the first is Greek
        "ⅷ",
        "ﬁn",
        "Ａnn",
        "a\u200db",
        "a\u00adb",
        "☃",
        "x\u0301\u0301\u0301",
        "\u0301x",
        "٣abc",
        "e\u0301",  # not composed
        "a\u202eb",
    ),
)
def test_precis_refuses(precis, nick):
    """Mixed scripts, symbols, what cannot be seen, and other shapes of letters."""
    assert numerics(precis.connection().does(f"NICK {nick}")) == ["432"]


@pytest.mark.parametrize(
    ("first", "second"),
    (("Jörg", "JÖRG"), ("Ольга", "ОЛЬГА"), ("pay", "рау"), ("рау", "pay"), ("соха", "COXA")),
)
def test_precis_same_name(precis, first, second):
    """Other case, or letters that look the same: one name."""
    precis.person(first)
    assert numerics(precis.connection().does(f"NICK {second}")) == ["433"]


def test_precis_own_name_in_other_case(precis):
    """NICK: the case of one's own nick may be changed."""
    jorg = precis.person("jörg")
    assert jorg.does("NICK JÖRG") == [":jörg!~jrg@host NICK JÖRG"]


def test_precis_rooms(precis):
    """Rooms fold alike."""
    ann, bob = precis.person("ann"), precis.person("bob")
    precis.room("#Ärger", ann)
    assert bob.does("JOIN #ärger")[0].endswith("JOIN #Ärger")


def test_precis_messages(precis):
    """A person is found under every spelling of the name."""
    jorg, ann = precis.person("Jörg"), precis.person("ann")
    ann.does("PRIVMSG jÖRG :hello")
    assert jorg.heard() == [":ann!~ann@host PRIVMSG Jörg :hello"]


def test_account_of_ones_choice_looks_like_nobody(precis):
    """REGISTER BAD_ACCOUNT_NAME: nobody gets an account that looks like another's."""
    precis.node.rules = replace(precis.node.rules, accounts=AccountRules(may_choose_name=True))
    precis.account("ore")
    client = precis.person("bob")
    assert "BAD_ACCOUNT_NAME" in client.does(f"REGISTER {CYRILLIC_ORE} * secret")[0]


def test_shape_is_free_again(precis):
    """A name in another script that has gone is in nobody's way."""
    for nick in (CYRILLIC_ORE, "ore"):
        client = precis.person(nick)
        assert numerics(precis.connection().does(f"NICK {LOOKALIKE[nick]}")) == ["433"]
        client.does("QUIT")
