"""IRCv3 whox."""

import pytest
from tests.unit.command.house import House, numerics


def _one(fields, **kwargs):
    """Return the reply of bob about ann, who is in a room with him, from its fourth word on."""
    house = House()
    house.account("ann")
    ann, bob = house.person("ann", account="ann"), house.person("bob")
    ann.session.user.address = "192.0.2.1"
    house.room("#a", ann, bob)
    house.now_ms += 5000
    (line, end) = bob.does(f"WHO ann {fields}")
    assert numerics([line, end]) == ["354", "315"]
    return line.split(" ", 3)[3]


def test_token_in_isupport():
    """`ISUPPORT` token: WHOX without a value."""
    heard = House().connection().does("NICK ann", "USER a 0 * :A")
    assert any(" WHOX " in line for line in heard if " 005 " in line)


def test_all_fields_in_their_order():
    """RPL_WHOSPCRPL: the order is fixed, whatever order they are asked for in."""
    fields = "#a ~ann 255.255.255.255 host irc.test ann H@ 0 5 ann n/a :Ann"
    assert _one("%tcuihsnfdlaor,42") == f"42 {fields}"
    assert _one("%roaldfnshiuct,42") == f"42 {fields}"


@pytest.mark.parametrize(
    ("fields", "reply"),
    (
        ("%n", ":ann"),
        ("%na", "ann :ann"),
        ("%cuhnar", "#a ~ann host ann ann :Ann"),
        ("%afnt,7", "7 ann H@ :ann"),
        ("%nXYZ", ":ann"),
        ("o%n", None),
        ("%tn", "0 :ann"),
        ("%tn,1234", "0 :ann"),
        ("%tn,x", "0 :ann"),
    ),
)
def test_some_fields(fields, reply):
    """Extended WHO command: exactly the fields asked for; unknown ones are ignored."""
    if reply is None:
        house = House()
        house.person("ann")
        assert numerics(house.person("bob").does(f"WHO ann {fields}")) == ["315"]
    else:
        assert _one(fields) == reply


def test_placeholders():
    """RPL_WHOSPCRPL: `*` for no channel, 0 for no account, the hidden address."""
    house = House()
    house.person("ann")
    (line, _) = house.person("bob").does("WHO ann %cian")
    assert line == ":irc.test 354 bob * 255.255.255.255 ann :0"


def test_own_address():
    """'i': one's own address is disclosed."""
    house = House()
    ann = house.person("ann")
    ann.session.user.address = "::1"
    assert ann.does("WHO ann %in")[0] == ":irc.test 354 ann 0::1 :ann"


def test_room():
    """Extended WHO command: also for the members of a room."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert ann.does("WHO #a %tnf,1") == [
        ":irc.test 354 ann 1 ann :H@",
        ":irc.test 354 ann 1 bob :H",
        ":irc.test 315 ann #a :End of WHO list",
    ]
