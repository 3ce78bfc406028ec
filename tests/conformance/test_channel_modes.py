"""modern IRC, "MODE message", "Channel mode" and "Channel Modes"."""

import pytest
from tests.unit.command.house import House, numerics


def _room(*others, **rules):
    """Return a house, the operator ann of #r, and the other members."""
    house = House(**rules)
    people = [house.person(nick) for nick in ("ann", *others)]
    house.room("#r", *people)
    for person in people:
        person.heard()
    return house, *people


def test_no_such_channel():
    """MODE message: ERR_NOSUCHCHANNEL (403) for a channel that does not exist."""
    ann = House().person("ann")
    assert ann.does("MODE #none") == [":irc.test 403 ann #none :No such channel"]
    assert numerics(ann.does("MODE #none +n")) == ["403"]


def test_channelmodeis():
    """MODE message: without a modestring RPL_CHANNELMODEIS (324), then RPL_CREATIONTIME (329)."""
    _, ann = _room()
    assert ann.does("MODE #R") == [
        ":irc.test 324 ann #r :+nt",
        ":irc.test 329 ann #r :1767607200",
    ]


def test_key_is_hidden_from_outside():
    """MODE message: sensitive information such as keys is hidden from those outside."""
    house, ann = _room()
    ann.does("MODE #r +kl secret 7")
    assert ann.does("MODE #r")[0] == ":irc.test 324 ann #r +ntkl secret :7"
    assert house.person("eve").does("MODE #r")[0] == ":irc.test 324 eve #r +ntkl * :7"


def test_privileges_needed():
    """MODE message: without privileges ERR_CHANOPRIVSNEEDED (482) once, and nothing changes."""
    house, ann, bob = _room("bob")
    assert bob.does("MODE #r +im-n") == [":irc.test 482 bob #r :You're not a channel operator"]
    assert numerics(house.person("eve").does("MODE #r +i")) == ["482"]
    assert ann.does("MODE #r")[0].endswith(":+nt")


def test_unknown_mode():
    """Numerics: ERR_UNKNOWNMODE (472) names the letter; what is known is applied all the same."""
    _, ann, bob = _room("bob")
    assert ann.does("MODE #r +Zi") == [
        ":irc.test 472 ann Z :is no mode of this server",
        ":ann!~ann@host MODE #r +i",
    ]
    bob.heard()
    assert numerics(bob.does("MODE #r +Z")) == ["472"]


def test_one_line_for_several_changes():
    """MODE message: all members get one MODE with all changes, the parameters in order."""
    _, ann, bob = _room("bob")
    assert ann.does("MODE #r +kv-t+l key bob 10") == [":ann!~ann@host MODE #r +kv-t+l key bob 10"]
    assert bob.heard() == [":ann!~ann@host MODE #r +kv-t+l key bob 10"]


def test_nothing_changes_twice():
    """MODE message: what is so already is not announced, also within one command."""
    _, ann, bob = _room("bob")
    assert ann.does("MODE #r +nt") == []
    assert ann.does("MODE #r +vv-i+ii bob bob") == [":ann!~ann@host MODE #r +vi bob"]
    assert ann.does("MODE #r +m-m+s") == [":ann!~ann@host MODE #r +m-m+s"]
    assert numerics(bob.heard()) == ["MODE", "MODE"]


def test_too_many_parameters_are_ignored():
    """RPL_ISUPPORT MODES: more changes with a parameter than it says are not made."""
    _, ann = _room()
    masks = [f"m{number}" for number in range(13)]
    (line,) = ann.does(f"MODE #r +{'b' * 13} {' '.join(masks)}")
    assert line.split()[3] == "+" + "b" * 12


def test_long_changes_become_several_lines():
    """RFC 1459 §2.3: no line has more than 512 bytes."""
    _, ann = _room()
    masks = " ".join(letter * 150 for letter in "abcd")
    ann.does(f"MODE #r +bbbb {masks}")
    lines = ann.does(f"MODE #r -bbbb {masks}")
    assert len(lines) == 2
    assert all(len(line) <= 510 for line in lines)


@pytest.mark.parametrize("words", ("+k", "+l", "+o", "-v", "+f"))
def test_missing_parameter(words):
    """ERR_INVALIDMODEPARAM (696): a mode that lacks its parameter is ignored, and said to be."""
    _, ann = _room()
    (line,) = ann.does(f"MODE #r {words}")
    assert line.startswith(f":irc.test 696 ann #r {words[1]} * :")


@pytest.mark.parametrize("key", (":", ":two words", "a,b", "::x", "x" * 17, "\x03bad"))
def test_invalid_key(key):
    """Key Channel Mode: an invalid key is ERR_INVALIDMODEPARAM (696), and no MODE is sent."""
    _, ann = _room()
    (line,) = ann.does(f"MODE #r +k {key}")
    assert line.split()[1:5] == ["696", "ann", "#r", "k"]
    assert ann.does("MODE #r")[0].endswith(":+nt")


def test_key_changes_and_goes():
    """Key Channel Mode: a key replaces a key; -k needs no knowledge of it."""
    _, ann = _room()
    assert ann.does("MODE #r +k one") == [":ann!~ann@host MODE #r +k one"]
    assert ann.does("MODE #r +k two") == [":ann!~ann@host MODE #r +k two"]
    assert ann.does("MODE #r -k *") == [":ann!~ann@host MODE #r -k two"]
    assert ann.does("MODE #r -k x") == []


@pytest.mark.parametrize("limit", ("0", "-1", "x", "1.5", "99999999999999"))
def test_invalid_limit(limit):
    """Client Limit Channel Mode: the value is a positive integer."""
    _, ann = _room()
    assert numerics(ann.does(f"MODE #r +l {limit}")) == ["696"]


def test_rank_of_nobody():
    """MODE message: ERR_NOSUCHNICK (401), ERR_USERNOTINCHANNEL (441)."""
    house, ann = _room()
    house.person("eve")
    assert ann.does("MODE #r +o none") == [":irc.test 401 ann none :No such nick"]
    assert ann.does("MODE #r +o eve") == [":irc.test 441 ann eve #r :They aren't on that channel"]


def test_ranks_and_prefixes():
    """Channel Membership Prefixes: the highest is shown; all with multi-prefix."""
    house, ann, bob = _room("bob")
    ann.does("MODE #r +hv bob BOB")
    cat = house.person("cat", "multi-prefix")
    assert cat.does("JOIN #r")[1] == ":irc.test 353 cat = #r :@ann %+bob cat"
    assert bob.does("NAMES #r")[-2] == ":irc.test 353 bob = #r :@ann %bob cat"


def test_who_may_give_ranks():
    """Channel Membership Prefixes: operators give o, h and v; half operators give v."""
    _, ann, bob, cat = _room("bob", "cat")
    assert numerics(ann.does("MODE #r +q bob", "MODE #r +a bob")) == ["482", "482"]
    ann.does("MODE #r +h bob")
    assert numerics(bob.does("MODE #r +v cat")[-1:]) == ["MODE"]
    assert numerics(bob.does("MODE #r +o cat", "MODE #r +h cat", "MODE #r +b x")) == ["482"] * 3
    assert bob.does("MODE #r -o ann") == [":irc.test 482 bob #r :You're not a channel operator"]
    assert bob.does("MODE #r -h bob") == [":bob!~bob@host MODE #r -h bob"]
    cat.heard()


def test_moderated():
    """Moderated Channel Mode: only those with privileges speak; others get 404."""
    _, ann, bob, cat = _room("bob", "cat")
    ann.does("MODE #r +mv cat")
    bob.heard()
    assert bob.does("PRIVMSG #r :hi") == [":irc.test 404 bob #r :Cannot send to channel"]
    cat.does("PRIVMSG #r :hi")
    assert ann.heard() == [":cat!~cat@host PRIVMSG #r :hi"]


def test_no_external_messages():
    """No External Messages Mode: 404 for those outside; without it they are heard."""
    house, ann = _room()
    eve = house.person("eve")
    assert eve.does("PRIVMSG #r :hi") == [":irc.test 404 eve #r :Cannot send to channel"]
    assert eve.does("NOTICE #r :hi") == []
    ann.does("MODE #r -n")
    assert eve.does("PRIVMSG #r :hi") == []
    assert ann.heard() == [":eve!~eve@host PRIVMSG #r :hi"]


def test_no_ctcp():
    """Mode C: no CTCP but ACTION, for anyone."""
    _, ann, bob = _room("bob")
    ann.does("MODE #r +C")
    assert numerics(ann.does("PRIVMSG #r :\x01VERSION\x01")) == ["404"]
    bob.heard()
    ann.does("PRIVMSG #r :\x01ACTION waves\x01")
    assert bob.heard() == [":ann!~ann@host PRIVMSG #r :\x01ACTION waves\x01"]


@pytest.mark.parametrize("letter", ("M", "R"))
def test_registered_only_may_speak(letter):
    """Modes M and R: who is not signed in to an account, and has no voice, is not heard."""
    house, ann, bob = _room("bob")
    house.account("cat")
    cat = house.person("cat", account="cat")
    house.room("#r", cat)
    ann.does(f"MODE #r +{letter}")
    cat.does("PRIVMSG #r :hi")
    bob.heard()
    assert numerics(bob.does("PRIVMSG #r :hi")) == ["404"]
    ann.does("MODE #r +v bob")
    bob.heard()
    assert bob.does("PRIVMSG #r :hi") == []


def test_op_moderated():
    """Mode U: what is said without voice reaches half operators and above only."""
    _, ann, bob, cat = _room("bob", "cat")
    ann.does("MODE #r +U")
    cat.heard()
    bob.does("PRIVMSG #r :help")
    assert ann.heard() == [":bob!~bob@host PRIVMSG #r :help"]
    assert cat.heard() == []
    ann.does("PRIVMSG #r :yes?")
    assert cat.heard() == [":ann!~ann@host PRIVMSG #r :yes?"]


def test_secret():
    """Secret Channel Mode: not in LIST, NAMES and TOPIC for those outside."""
    house, ann = _room()
    ann.does("MODE #r +s")
    eve = house.person("eve")
    assert numerics(eve.does("LIST", "NAMES #r", "TOPIC #r")) == ["321", "323", "366", "442"]
    assert ann.does("NAMES #r")[0] == ":irc.test 353 ann @ #r :@ann"


def test_registered_is_the_servers():
    """Mode r: nobody but the server sets or removes it."""
    _, ann = _room()
    assert numerics(ann.does("MODE #r +r")) == ["482"]


def test_labelled():
    """IRCv3 labeled-response: MODE without effect is ACKed, a change carries the label."""
    house = House()
    ann = house.person("ann", "labeled-response", "batch")
    house.room("#r", ann)
    assert ann.does("@label=1 MODE #r +n") == ["@label=1 :irc.test ACK"]
    assert ann.does("@label=2 MODE #r +i") == ["@label=2 :ann!~ann@host MODE #r +i"]


def test_myinfo_and_isupport():
    """RPL_MYINFO, RPL_ISUPPORT CHANMODES, PREFIX, STATUSMSG, MAXLIST, EXCEPTS, INVEX, EXTBAN."""
    house = House()
    client = house.connection()
    lines = client.does("NICK ann", "USER ann 0 * :Ann")
    myinfo = next(line for line in lines if " 004 " in line).split()
    words = [word for line in lines if " 005 " in line for word in line.split()[3:]]
    assert myinfo[-2:] == ["CHIMRUabefhiklmnoqrstuv", ":Iabefhkloqv"]
    for token in (
        "CHANMODES=beI,k,fl,CHMRUimnrstu",
        "PREFIX=(qaohv)~&@%+",
        "STATUSMSG=~&@%+",
        "MAXLIST=beI:100",
        "EXCEPTS=e",
        "INVEX=I",
        "EXTBAN=,am",
        "ACCOUNTEXTBAN=a",
        "ELIST=CMNTU",
        "MODES=12",
        "CHANLIMIT=#:5",
    ):
        assert token in words
