"""modern IRC, "VERSION", "ADMIN", "INFO", "TIME" and "LINKS" messages."""

import pytest
from tests.unit.command.house import START_MS, House, numerics

QUERIES = ("VERSION", "ADMIN", "INFO", "TIME", "MOTD")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("target", ("irc.test", "IRC.TEST", "*", "irc.*", "?rc.test", "bob"))
def test_this_server(query, target):
    """A server's name, a mask of it, or a nick on it; letters of any case."""
    house = House()
    ann = house.person("ann")
    house.person("bob")
    assert ann.does(f"{query} {target}") == ann.does(query)


@pytest.mark.parametrize("query", (*QUERIES, "LINKS other.test", "STATS u", "LUSERS *"))
def test_other_server(query):
    """ERR_NOSUCHSERVER (402), and nothing else."""
    heard = House().person("ann").does(f"{query} other.test")
    assert heard == [":irc.test 402 ann other.test :No such server"]


@pytest.mark.parametrize("query", (*QUERIES, "LINKS", "STATS u", "LUSERS", "HELP", "KILL a b"))
def test_before_registration(query):
    """ERR_NOTREGISTERED (451)."""
    (line,) = House().connection().does(query)
    assert line.startswith(":irc.test 451 * :")


def test_version():
    """RPL_VERSION (351): version, server, comments; then RPL_ISUPPORT."""
    house = House(description="A server of tests")
    first, *rest = house.person("ann").does("VERSION")
    assert first == ":irc.test 351 ann rookery-test irc.test :A server of tests"
    assert set(numerics(rest)) == {"005"}
    assert any("CASEMAPPING=" in line for line in rest)


def test_admin():
    """RPL_ADMINME, ADMINLOC1, ADMINLOC2 and ADMINEMAIL (256 to 259)."""
    house = House(
        admin_location="Upstairs", admin_organisation="The Rooks", admin_email="root@irc.test"
    )
    assert house.person("ann").does("ADMIN") == [
        ":irc.test 256 ann irc.test :Administrative info",
        ":irc.test 257 ann :Upstairs",
        ":irc.test 258 ann :The Rooks",
        ":irc.test 259 ann :root@irc.test",
    ]


def test_admin_unsaid():
    """ADMIN message: all four are there where nobody has set any."""
    assert numerics(House().person("ann").does("ADMIN")) == ["256", "257", "258", "259"]


def test_info():
    """RPL_INFO (371) and RPL_ENDOFINFO (374)."""
    *lines, last = House().person("ann").does("INFO")
    assert set(numerics(lines)) == {"371"}
    assert lines[0] == ":irc.test 371 ann :rookery-test (Rook)"
    assert last == ":irc.test 374 ann :End of INFO list"


def test_time():
    """RPL_TIME (391): the server, and its time for people to read."""
    house = House()
    ann = house.person("ann")
    house.now_ms = START_MS + 61_000
    assert ann.does("TIME") == [":irc.test 391 ann irc.test :Monday, 05 January 2026, 10:01:01 UTC"]


@pytest.mark.parametrize("line", ("LINKS", "LINKS *", "LINKS irc.test", "LINKS irc.test *.test"))
def test_links(line):
    """RPL_LINKS (364): mask, server, hops and description; RPL_ENDOFLINKS (365)."""
    assert House(description="Tests").person("ann").does(line) == [
        ":irc.test 364 ann * irc.test :0 Tests",
        ":irc.test 365 ann * :End of /LINKS list",
    ]


def test_links_elsewhere():
    """RFC 2812 §3.4.5: no server fits the mask."""
    heard = House().person("ann").does("LINKS *.org")
    assert heard == [":irc.test 365 ann * :End of /LINKS list"]


def test_description():
    """RPL_WHOISSERVER (312): the server's description."""
    house = House(description="A server of tests")
    assert ":irc.test 312 ann ann irc.test :A server of tests" in house.person("ann").does(
        "WHOIS ann"
    )


@pytest.mark.parametrize("name", ("version", "Version", "vErSiOn"))
def test_commands_in_any_case(name):
    """Client-to-server protocol structure: commands are not case-sensitive."""
    assert numerics(House().person("ann").does(name))[0] == "351"


@pytest.mark.parametrize("line", ("NOSUCH", "nosuch a b", "NOSUCH :"))
def test_unknown(line):
    """ERR_UNKNOWNCOMMAND (421) names the command."""
    (heard,) = House().person("ann").does(line)
    assert heard.startswith(":irc.test 421 ann NOSUCH :")
