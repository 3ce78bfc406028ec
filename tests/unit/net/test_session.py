"""The pump: lines in their order, patience while one waits, and faults that stay where they are."""

import pytest
from tests.unit.command.house import plain
from tests.unit.net.street import Street

from rookery.command.table import COMMANDS
from rookery.net.pacing import Pace

NOT_UTF8 = "Only UTF-8 is understood here; the line was ignored"


@pytest.fixture
def street():
    """Return a street with the account eve."""
    street = Street()
    street.house.account("eve")
    return street


def test_lines_in_pieces(street):
    """A line counts when it is complete, however it was cut."""
    ann = street.person("ann")
    assert ann.receives(b"PING a\r\nPI") == ":irc.test PONG irc.test :a\r\n"
    assert ann.receives(b"NG b\r") == ""
    assert ann.receives(b"\n") == ":irc.test PONG irc.test :b\r\n"


def test_one_write_for_all_answers(street):
    """What one read brings is answered in one write."""
    ann = street.person("ann")
    assert ann.receives(b"PING a\r\nPING b\r\n").count("PONG") == 2


@pytest.mark.parametrize(
    ("data", "answer"),
    (
        (b":\r\n", ":irc.test 421 ann * :That is no IRC message\r\n"),
        (b"@a=1\r\n", ":irc.test 421 ann * :That is no IRC message\r\n"),
        (b"PRIVMSG bob a\x00b\r\n", ":irc.test 421 ann * :That is no IRC message\r\n"),
        (b"PING a\rb\r\n", ":irc.test 421 ann * :That is no IRC message\r\n"),
        (b"   \r\n\r\n\n", ""),
        (b"x" * 600 + b"\r\n", ":irc.test 417 ann :Input line was too long\r\n"),
        (b"@" + b"t" * 4095 + b" PING x\r\n", ":irc.test 417 ann :Input line was too long\r\n"),
        (
            b"PRIVMSG bob :\xff\xfe\r\n",
            f":irc.test FAIL PRIVMSG INVALID_UTF8 :{NOT_UTF8}\r\n",
        ),
    ),
)
def test_malformed_input(street, data, answer):
    """What is no message is answered, and the next line counts."""
    ann = street.person("ann")
    assert ann.receives(data) == answer
    assert ann.receives(b"PING x\r\n") == ":irc.test PONG irc.test :x\r\n"


def test_invalid_utf8_with_standard_replies(street):
    """Invalid UTF-8 is a FAIL that names the command."""
    ann = street.person("ann")
    ann.receives(b"CAP REQ standard-replies\r\n")
    expected = f":irc.test FAIL TOPIC INVALID_UTF8 :{NOT_UTF8}\r\n"
    assert ann.receives(b"TOPIC #a :\xff\r\n") == expected


def test_megabyte_line(street):
    """A line of a megabyte is answered once, and nobody else notices."""
    ann, bob = street.person("ann"), street.person("bob")
    told = "".join(ann.receives(b"x" * 65_536) for _ in range(16))
    assert told == ":irc.test 417 ann :Input line was too long\r\n"
    assert bob.receives(b"PING x\r\n") == ":irc.test PONG irc.test :x\r\n"
    assert ann.receives(b"\r\nPING x\r\n") == ":irc.test PONG irc.test :x\r\n"


def test_lines_behind_a_wait(street):
    """While a command waits, the connection is not read, and its next lines stay in order."""
    street.house.hashers.is_held = True
    eve = street.connection()
    eve.receives(b"CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\n")
    payload = plain("eve")
    assert eve.receives(f"AUTHENTICATE {payload}\r\nPING a\r\nPING b\r\n".encode()) == ""
    assert not eve.is_reading
    street.house.hashers.is_held = False
    street.turn()
    commands = [line.split()[1] for line in eve.reads().split("\r\n")[:-1]]
    assert commands == ["900", "903", "PONG", "PONG"]
    assert eve.is_reading


def test_bytes_behind_a_wait(street):
    """Bytes that were on their way when reading stopped wait too."""
    street.house.hashers.is_held = True
    eve = street.connection()
    eve.receives(b"CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\n")
    eve.receives(f"AUTHENTICATE {plain('eve')}\r\n".encode())
    eve.protocol.data_received(b"PING a\r\n")
    eve.protocol.data_received(b"PING b\r\n")
    street.turn()
    assert eve.reads() == ""
    street.house.hashers.is_held = False
    street.turn()
    assert eve.reads().endswith(":irc.test PONG irc.test :a\r\n:irc.test PONG irc.test :b\r\n")


def test_pace():
    """Lines that come too fast wait, in order; none is lost, and others do not wait."""
    street = Street(pace=Pace(1, 5, 1000, 10_000))
    ann = street.person("ann")
    street.passes(10)
    heard = ann.receives(b"".join(b"PING %d\r\n" % number for number in range(8)))
    assert heard.count("PONG") == 5
    assert not ann.is_reading
    assert street.person("bob").session.user is not None
    street.passes(4)
    texts = [line.rpartition(":")[2] for line in ann.reads().split("\r\n")[:-1]]
    assert texts == ["5", "6", "7"]
    assert ann.is_reading


def test_fifty_lines_at_once():
    """A paste of fifty lines passes without a pause."""
    street = Street(pace=Pace(20, 60, 16_384, 65_536))
    ann = street.person("ann")
    heard = ann.receives(b"".join(b"PING %d\r\n" % number for number in range(50)))
    assert heard.count("PONG") == 50
    assert ann.is_reading


def test_too_many_rows():
    """When too much waits for the disk, who brings more is not read until it is stored."""
    street = Street(max_epoch_rows=3)
    ann = street.person("ann")
    street.house.disk.is_held = True
    ann.receives(b"PRIVMSG bob :one\r\n")
    ann.receives(b"PRIVMSG bob :two\r\n" * 3)
    assert not ann.is_reading
    street.house.disk.is_held = False
    street.turn()
    assert ann.is_reading


def _break(call):
    msg = "a fault of ours"
    raise RuntimeError(msg)


def _break_later(call):
    call.wait_for(call.node.readers, lambda: None, lambda _: _break(call), _break)


@pytest.fixture(params=[_break, _break_later])
def broken(monkeypatch, request):
    """Make VERSION a command with a fault in it, at once or behind a wait."""
    row = COMMANDS["VERSION"]
    fields = {name: getattr(row, name) for name in row.__slots__} | {"handler": request.param}
    monkeypatch.setitem(COMMANDS, "VERSION", type(row)(**fields))


def test_fault_ends_its_session_alone(street, broken):
    """A fault in a command closes its session, with a word; the others go on."""
    ann, bob = street.person("ann"), street.person("bob")
    for one in (ann, bob):
        one.receives(b"JOIN #a\r\n")
    bob.reads()
    ann.reads()
    text = "The server made a mistake with this connection, and has logged it"
    assert ann.receives(b"PING x\r\nVERSION\r\nPING y\r\n") == (
        f":irc.test PONG irc.test :x\r\nERROR :{text}\r\n"
    )
    assert ann.is_over
    assert bob.reads().endswith(f" QUIT :{text}\r\n")
    assert bob.receives(b"PING x\r\n") == ":irc.test PONG irc.test :x\r\n"


def test_labelled_fault(street, broken):
    """A fault under a label leaves nothing captured."""
    ann = street.person("ann")
    ann.receives(b"CAP REQ :labeled-response batch\r\n")
    assert "ERROR :" in ann.receives(b"@label=7 VERSION\r\n")
    assert ann.is_over


def test_quit_is_the_last_line(street):
    """What is sent behind QUIT is not carried out, now or later."""
    ann = street.person("ann")
    assert ann.receives(b"QUIT :bye\r\nPING x\r\n") == "ERROR :Quit: bye\r\n"
    assert ann.is_over


def test_closing_waits_for_the_disk(street):
    """What was said before QUIT is stored, and its answer leaves, before the connection closes."""
    ann = street.person("ann")
    street.house.disk.is_held = True
    ann.receives(b"CAP REQ echo-message\r\n")
    assert ann.receives(b"PRIVMSG bob :one\r\nQUIT\r\n") == ""
    ann.protocol.data_received(b"PRIVMSG bob :two\r\n")
    assert not ann.is_over
    street.house.disk.is_held = False
    street.turn()
    assert [line.split()[0] for line in ann.reads().split("\r\n")[:-1]][-1] == "ERROR"
    assert ann.is_over
    assert street.house.store.load().last_id > 0


def test_closed_while_pacing():
    """Who is closed while lines wait for their pace does not come back."""
    street = Street(pace=Pace(0.01, 2, 1000, 10_000))
    ann = street.person("ann")
    ann.protocol.data_received(b"PING a\r\nPING b\r\n")
    assert not ann.is_reading
    ann.protocol.close("enough")
    street.turn()
    for timer in street.timers:
        timer.call()
    street.turn()
    assert ann.reads() == "ERROR :enough\r\n"


def test_half_closed(street):
    """A peer that has stopped sending gets its answers, and the connection is closed."""
    ann = street.person("ann")
    ann.protocol.data_received(b"PING x\r\n")
    assert ann.protocol.eof_received()
    street.turn()
    assert ann.reads() == ":irc.test PONG irc.test :x\r\nERROR :Connection closed\r\n"
    assert ann.is_over


@pytest.mark.parametrize(
    ("error", "reason"), ((OSError("reset"), "Connection lost"), (None, "Connection closed"))
)
def test_lost_connection(street, error, reason):
    """The others read that a connection ended, and nothing of it is left."""
    ann, bob = street.person("ann"), street.person("bob")
    for one in (ann, bob):
        one.receives(b"JOIN #a\r\n")
    bob.reads()
    ann.is_lost(error)
    assert bob.reads().endswith(f" QUIT :{reason}\r\n")
    assert list(street.house.node.sessions) == list(street.hall.pumps) == [bob.session.id]


def test_slow_reader(street):
    """Who does not read is cut off; the others in the room are served."""
    ann, bob, cat = (street.person(nick) for nick in ("ann", "bob", "cat"))
    for one in (ann, bob, cat):
        one.receives(b"JOIN #a\r\n")
    bob.reads()
    cat.reads()
    bob.unsent = (1 << 20) + 1
    ann.receives(b"PRIVMSG #a :hi\r\n")
    assert bob.is_over
    assert [line.split()[1] for line in cat.reads().split("\r\n")[:-1]] == ["PRIVMSG", "QUIT"]
    assert bob.reads() == ""


def test_longer_lines():
    """A server may allow longer lines; what is over its own limit is refused."""
    street = Street(rules={"line_bytes": 1024})
    ann = street.person("ann")
    assert ann.receives(b"PING " + b"x" * 1017 + b"\r\n").endswith("x" * 1017 + "\r\n")
    assert " 417 ann " in ann.receives(b"PING " + b"x" * 1018 + b"\r\n")
    assert " LINELEN=1024 " in ann.receives(b"ISUPPORT\r\n")


def test_broken_transport_ends_its_session_alone(street):
    """A transport that cannot be written to any more is dropped; the others read on."""
    ann, bob = street.person("ann"), street.person("bob")
    for one in (ann, bob):
        one.receives(b"JOIN #rook\r\n")
        one.reads()

    def write(_):
        raise RuntimeError("the handler is closed")

    ann.write = write
    bob.receives(b"PRIVMSG #rook :hi\r\nPING x\r\n")
    assert ann.is_over
    assert "PRIVMSG #rook :again" not in bob.receives(b"PRIVMSG #rook :again\r\n")
    assert " QUIT " in bob.receives(b"WHOIS ann\r\n") or " 401 " in bob.receives(b"WHOIS ann\r\n")


def test_mailbox_on_a_slow_line(street):
    """The next page of a mailbox waits until the one before has left; other lines do not."""
    bob = street.person("bob")
    for number in range(6):
        bob.receives(f"PRIVMSG cat :number {number}\r\n".encode())
    cat = street.connection()
    cat.protocol.data_received(b"NICK cat\r\nUSER cat 0 * :Cat\r\n")
    cat.protocol.pause_writing()
    street.turn()
    assert cat.reads().count(" PRIVMSG cat :") == 4
    assert cat.receives(b"PING x\r\n") == ":irc.test PONG irc.test :x\r\n"
    cat.protocol.resume_writing()
    street.turn()
    assert cat.reads().count(" PRIVMSG cat :") == 2
