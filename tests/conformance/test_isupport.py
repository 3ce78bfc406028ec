"""modern IRC, "RPL_ISUPPORT"; IRCv3 draft/extended-isupport."""

import re

import pytest
from tests.unit.command.house import House, numerics

REGISTER = ("NICK ann", "USER ann 0 * :Ann")


def _lines(heard):
    return [line for line in heard if " 005 " in line]


def _tokens(heard):
    words = " ".join(line.split(" 005 ", 1)[1].split(" :")[0] for line in _lines(heard)).split()
    return dict(word.partition("=")[::2] for word in words if word not in {"ann", "*"})


@pytest.fixture
def tokens():
    """Return the tokens that a client is greeted with."""
    return _tokens(House().connection().does(*REGISTER))


def test_form():
    """RPL_ISUPPORT: at most 13 tokens to a line, then a text; no line too long."""
    for line in _lines(House(network="N" * 32).connection().does(*REGISTER)):
        head, _, text = line.partition(" :")
        assert text == "are supported by this server"
        assert 1 <= len(head.split(" ")[3:]) <= 13
        assert len(line) <= 510


def test_tokens_are_well_formed(tokens):
    """RPL_ISUPPORT: upper-case names of 1 to 20 characters, values without `=` or spaces.

    What is no standard has a name with its vendor in front.
    """
    for key, value in tokens.items():
        assert re.fullmatch(r"[A-Z0-9]{1,20}|(draft|[a-z.]+)/[A-Z0-9/-]+", key), key
        assert "=" not in value
        assert " " not in value


def test_each_token_once():
    """RPL_ISUPPORT: no token is sent twice."""
    heard = House().connection().does(*REGISTER)
    words = " ".join(line.split(" 005 ann ", 1)[1].split(" :")[0] for line in _lines(heard))
    keys = [word.partition("=")[0] for word in words.split()]
    assert len(keys) == len(set(keys))


def test_numbers(tokens):
    """RPL_ISUPPORT parameters: lengths and limits are positive numbers."""
    for key in ("AWAYLEN", "CHANNELLEN", "MONITOR", "NAMELEN", "NICKLEN", "TOPICLEN"):
        assert int(tokens[key]) > 0


def test_words(tokens):
    """RPL_ISUPPORT parameters: what is fixed."""
    fixed = {"CASEMAPPING": "ascii", "BOT": "B", "CHANTYPES": "#", "UTF8ONLY": "", "WHOX": ""}
    assert fixed.items() <= tokens.items()


def test_prefix_and_modes(tokens):
    """PREFIX and CHANMODES: as many modes as prefixes, four kinds of modes, no mode twice."""
    letters, signs = re.fullmatch(r"\((\w+)\)(.+)", tokens["PREFIX"]).groups()
    assert len(letters) == len(signs)
    kinds = tokens["CHANMODES"].split(",")
    assert len(kinds) == 4
    together = letters + "".join(kinds)
    assert len(together) == len(set(together))


def test_targmax(tokens):
    """TARGMAX: `command:number`, the number left out where there is no bound."""
    for item in tokens["TARGMAX"].split(","):
        assert re.fullmatch(r"[A-Z]+:\d*", item)


def test_command():
    """ISUPPORT command: the same list again."""
    house = House()
    ann = house.connection()
    first = _lines(ann.does(*REGISTER))
    assert ann.does("ISUPPORT") == first


def test_before_registration():
    """draft/extended-isupport: the command is accepted before the sign-in."""
    client = House().connection()
    heard = client.does("CAP REQ draft/extended-isupport", "ISUPPORT")[1:]
    assert set(numerics(heard)) == {"005"}
    assert all(line.startswith(":irc.test 005 * ") for line in heard)
    assert _tokens(heard)["NETWORK"] == "Rook"


def test_needs_the_capability():
    """draft/extended-isupport: without it the command waits for the sign-in (451)."""
    assert numerics(House().connection().does("ISUPPORT")) == ["451"]


def _check_batch(lines):
    opening, *middle, closing = lines
    ref = re.fullmatch(r":irc.test BATCH \+(\w+) draft/isupport", opening)[1]
    assert closing == f":irc.test BATCH -{ref}"
    assert middle
    assert all(line.startswith(f"@batch={ref} :irc.test 005 ") for line in middle)


def test_batch():
    """draft/isupport batch: holds all RPL_ISUPPORT and nothing else, also before the sign-in."""
    client = House().connection()
    heard = client.does("CAP REQ :batch draft/extended-isupport", "ISUPPORT")
    _check_batch(heard[1:])


@pytest.mark.parametrize(
    "order", ("batch draft/extended-isupport", "draft/extended-isupport batch")
)
def test_batch_at_the_welcome(order):
    """draft/isupport batch: no RPL_ISUPPORT is sent outside of one."""
    client = House().connection()
    heard = client.does(f"CAP REQ :{order}", *REGISTER, "CAP END")
    first = next(at for at, line in enumerate(heard) if "BATCH +" in line)
    last = next(at for at, line in enumerate(heard) if "BATCH -" in line)
    _check_batch(heard[first : last + 1])
    assert not _lines(heard[:first] + heard[last + 1 :])


def test_no_batch_without_batch():
    """draft/isupport batch: only for who asked for both capabilities."""
    client = House().connection()
    heard = client.does("CAP REQ :batch", *REGISTER, "CAP END", "ISUPPORT")
    assert "BATCH" not in numerics(heard)
