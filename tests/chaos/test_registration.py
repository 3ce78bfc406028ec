"""kill -9 between REGISTER and its answer: a name is its owner's with that password, or free."""

import base64
import contextlib
import random

from tests.e2e.irc import ConnectionEndedError

FIRST, SECOND = "the-first-password", "the-second-password"
MAX_PATIENCE_S = 0.3
"""Longer than it takes to hash a password: some of the answers come, some do not."""


def test_kill_in_mid_registration(server, irc, times):
    """The name is registered whole or not at all, and for certain where that was said."""
    server.start("--no-limits")
    rng = random.Random("registration")
    for number in range(times):
        nick = f"new{number}"
        new = irc(server.port).sign_in(nick)
        new.send(f"REGISTER * * {FIRST}")
        is_answered = False
        with contextlib.suppress(AssertionError):
            new.expect("REGISTER SUCCESS", within_s=rng.uniform(0, MAX_PATIENCE_S))
            is_answered = True
        server.kill()
        with contextlib.suppress(AssertionError):
            new.expect("REGISTER SUCCESS")
            is_answered = True
        server.start_again()
        is_registered = is_let_in(irc(server.port), nick, FIRST)
        assert is_registered or not is_answered
        if not is_registered:
            other = irc(server.port).sign_in(nick, password=SECOND)
            other.close()
            assert is_let_in(irc(server.port), nick, SECOND)
            assert not is_let_in(irc(server.port), nick, FIRST)


def is_let_in(connection, account, password):
    """Return whether SASL PLAIN succeeds."""
    connection.send("CAP REQ :sasl", "AUTHENTICATE PLAIN")
    connection.expect(r"AUTHENTICATE \+")
    proof = base64.b64encode(f"\0{account}\0{password}".encode()).decode()
    connection.send(f"AUTHENTICATE {proof}")
    answer = connection.expect(" 90[34] ")
    connection.close()
    return " 903 " in answer


def test_killed_connections_are_seen_as_ended(server, irc):
    """What the test rests on: a connection that the kill has ended is no answer."""
    server.start()
    one = irc(server.port).sign_in("one")
    server.kill()
    with contextlib.suppress(ConnectionEndedError):
        raise AssertionError(one.expect("REGISTER SUCCESS"))
