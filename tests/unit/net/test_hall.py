"""Who has fallen silent, by a virtual clock."""

from tests.unit.net.street import Street


def test_silent_connection():
    """A connection that says nothing at all is closed when its time to sign in is over."""
    street = Street()
    connection = street.connection()
    street.passes(30)
    assert not connection.is_over
    street.passes(1)
    assert connection.is_over
    assert connection.reads() == "ERROR :Signing in took too long\r\n"
    assert street.hall.waiting == {}


def test_registration_timeout():
    """Who does not finish signing in is told, and closed; the nick is free again."""
    street = Street()
    connection = street.connection()
    connection.receives(b"NICK ann\r\n")
    street.passes(30)
    assert not connection.is_over
    street.passes(2)
    assert connection.reads() == "ERROR :Signing in took too long\r\n"
    assert connection.is_over
    assert (street.hall.pumps, street.house.node.sessions) == ({}, {})


def test_talking_does_not_help():
    """Who keeps talking without signing in is closed too."""
    street = Street()
    connection = street.connection()
    for _ in range(3):
        connection.receives(b"PING x\r\n")
        street.passes(11)
    assert connection.is_over


def _pong(connection):
    ping = connection.reads().strip().rpartition("PING :")[2]
    connection.receives(f"PONG :{ping}\r\n".encode())


def test_ping():
    """After a while everybody is asked for a sign of life, and again after each answer."""
    street = Street()
    ann = street.person("ann")
    street.passes(89)
    assert ann.reads() == ""
    for _ in range(3):
        street.passes(2)
        assert "PING :rookery-" in ann.written.decode()
        _pong(ann)
        street.passes(88)
    assert not ann.is_over


def test_ping_timeout():
    """Who does not answer is closed, and the others read why."""
    street = Street()
    ann, bob = street.person("ann"), street.person("bob")
    for one in (ann, bob):
        one.receives(b"JOIN #a\r\n")
    bob.reads()
    for _ in range(15):
        street.passes(10)
        if "PING" in bob.written.decode():
            _pong(bob)
    assert not ann.is_over
    street.passes(2)
    assert "\r\nERROR :Ping timeout: 15" in ann.reads()
    assert ann.is_over
    assert ":ann!~ann@" in bob.reads()
    assert not bob.is_over


def test_any_line_is_a_sign_of_life():
    """Who talks is not closed, whether the question is answered or not."""
    street = Street()
    ann = street.person("ann")
    for _ in range(8):
        street.passes(50)
        ann.receives(b"PING x\r\n")
    assert not ann.is_over


def test_nobody_is_closed_without_having_been_asked():
    """However short the patience, each has its time to answer."""
    street = Street(ping_interval_s=1, ping_timeout_s=1)
    ann = street.person("ann")
    ben = street.person("ben")
    for _ in range(10):
        street.passes(2)
        for one in (ann, ben):
            if "PING" in one.written.decode():
                _pong(one)
    assert not ann.is_over
    assert not ben.is_over


def test_clock_set_back():
    """An hour back in time, everybody is still asked, and nobody is closed who answers."""
    street = Street()
    ann = street.person("ann")
    street.passes(100)
    _pong(ann)
    street.set_back_ms = 3_600_000
    street.house.now_ms -= street.set_back_ms
    for _ in range(20):
        street.passes(10)
        if "PING" in ann.written.decode():
            _pong(ann)
    assert not ann.is_over


def test_everybody_is_looked_at():
    """Among many, each is looked at within ten sweeps."""
    street = Street(unregistered=0, unregistered_per_address=0)
    people = [street.person(f"p{number}") for number in range(50)]
    street.passes(90)
    street.passes(11)
    assert ["PING :rookery-" in one.reads() for one in people] == [True] * 50


def test_close_all():
    """A server that stops tells everybody, and closes the silent ones too."""
    street = Street()
    ann, bob, silent = street.person("ann"), street.person("bob"), street.connection()
    for one in (ann, bob):
        one.receives(b"JOIN #a\r\n")
    bob.reads()
    ann.reads()
    street.hall.close_all("Shutting down")
    street.turn()
    for one in (ann, bob):
        assert one.reads() == "ERROR :Shutting down\r\n"
    assert [one.is_over for one in (ann, bob, silent)] == [True] * 3
    assert street.hall.pumps == {}


def test_abort_all():
    """What does not close in time is cut off."""
    street = Street()
    ann = street.person("ann")
    street.house.disk.is_held = True
    ann.receives(b"PRIVMSG bob :hi\r\n")
    street.hall.close_all("Shutting down")
    street.turn()
    assert not ann.is_over
    street.hall.abort_all()
    street.turn()
    assert ann.is_over
    assert street.hall.pumps == {}


def test_sessions_have_numbers_of_their_own():
    """No two sessions share a number."""
    street = Street()
    numbers = [street.person(nick).session.id for nick in ("ann", "bob")]
    assert len(set(numbers)) == 2


def test_cloaked_host():
    """Others see a cloak, not the address."""
    street = Street()
    ann = street.person("ann", "192.0.2.77")
    assert ann.session.host.endswith(".cloak")
    assert street.person("bob", "127.0.0.1").session.host == "localhost"


def test_one_ipv6_network_is_one_place():
    """All addresses of a /64 are counted together; so is IPv4 written either way."""
    street = Street()
    for number in range(3):
        street.connection(f"2001:db8::{number}")
    assert "Too many connections from your address" in street.hall.admit("2001:db8::9")
    assert street.hall.admit("2001:db8:0:1::9") == ""
    street.hall.release("2001:db8::77")
    assert street.hall.admit("2001:db8::9") == ""
