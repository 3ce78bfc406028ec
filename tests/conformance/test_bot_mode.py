"""IRCv3 bot-mode."""

import pytest
from tests.unit.command.house import House, numerics


@pytest.fixture
def house():
    """Return a server."""
    return House()


@pytest.fixture
def bot(house):
    """Return somebody who is a bot."""
    client = house.person("bot", "message-tags")
    client.does("MODE bot +B")
    return client


def test_token(house):
    """The BOT token: its value is the mode's letter."""
    heard = house.connection().does("NICK ann", "USER a 0 * :A")
    assert any(" BOT=B " in line for line in heard)


def test_mode(house):
    """Bot mode: set and taken away by oneself."""
    ann = house.person("ann")
    assert ann.does("MODE ann +B") == [":ann!~ann@host MODE ann +B"]
    assert ann.does("MODE ann") == [":irc.test 221 ann :+B"]
    assert ann.does("MODE ann -B") == [":ann!~ann@host MODE ann -B"]


def test_whois(house, bot):
    """RPL_WHOISBOT (335): in the WHOIS of a bot, and of nobody else."""
    ann = house.person("ann")
    assert ":irc.test 335 ann bot :is a bot on Rook" in ann.does("WHOIS bot")
    assert "335" not in numerics(ann.does("WHOIS ann"))


def test_who(house, bot):
    """The WHO bot flag: the letter is among the flags, behind those of rank."""
    ann = house.person("ann")
    house.room("#a", bot, ann)
    assert ann.does("WHO bot")[0] == ":irc.test 352 ann #a ~bot host irc.test bot H@B :0 Bot"
    assert ann.does("WHO bot %f")[0] == ":irc.test 354 ann :H@B"
    bot.does("MODE bot -B")
    assert ann.does("WHO bot %f")[0] == ":irc.test 354 ann :H@"


def _tags(line):
    return line.partition(" ")[0].removeprefix("@").split(";") if line.startswith("@") else []


@pytest.mark.parametrize(
    "line",
    ("PRIVMSG #a :hi", "NOTICE #a :hi", "PRIVMSG ann :hi", "PART #a", "NICK robot", "QUIT :bye"),
)
def test_tag(house, bot, line):
    """The bot tag: without a value on all that the bot does, for who knows message tags."""
    ann, bob = house.person("ann", "message-tags"), house.person("bob", "server-time")
    house.room("#a", bot, ann, bob)
    bot.does(line)
    (heard,) = ann.heard()
    assert "bot" in _tags(heard)
    assert all("bot" not in _tags(one) for one in bob.heard())


def test_tag_at_join(house, bot):
    """The bot tag: on JOIN too."""
    ann = house.person("ann", "message-tags")
    house.room("#a", ann)
    bot.does("JOIN #a")
    (line,) = ann.heard()
    assert "bot" in _tags(line)
    assert line.endswith(" :bot!~bot@host JOIN #a")


def test_no_tag_for_people(house):
    """The bot tag: not on what people do, whatever they claim."""
    ann, bob = house.person("ann", "message-tags"), house.person("bob", "message-tags")
    house.room("#a", ann, bob)
    ann.does("@bot PRIVMSG #a :hi")
    (line,) = bob.heard()
    assert "bot" not in _tags(line)
