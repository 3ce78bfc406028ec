"""Password checks take their time on threads of their own: a room never waits for them."""

import base64
import socket

FLOOD = 20
"""Guessers at once: more than the threads check while a room says some words."""
WORDS = 10
PATIENT = "[limits]\nregistration_timeout_s = 300\n"
"""On a busy machine the last guess waits long for its turn."""
PROOF = base64.b64encode(b"\0ann\0a wrong password").decode()


def test_room_goes_on_during_a_login_flood(server, irc):
    """Ten words are said and echoed while guesses of before still wait for their answer."""
    server.start("--no-limits", config=PATIENT)
    irc().sign_in("ann", password="the-right-one")
    bob, cat = (irc().sign_in(nick, "echo-message").join("#yard") for nick in ("bob", "cat"))
    guessers = [irc() for _ in range(FLOOD)]
    for one in guessers:
        one.send("CAP REQ :sasl", "AUTHENTICATE PLAIN")
        one.expect(r"AUTHENTICATE \+")
    for one in guessers:
        one.send(f"AUTHENTICATE {PROOF}")
    for number in range(WORDS):
        bob.send(f"PRIVMSG #yard :word {number}")
        bob.expect(f"PRIVMSG #yard :word {number}$")
        cat.expect(f"PRIVMSG #yard :word {number}$")
    assert _unanswered(guessers), "the room was quicker than the guesses"
    for one in guessers:
        one.expect(" 904 ")


def _unanswered(guessers):
    """Return how many have got nothing yet."""
    waiting = 0
    for one in guessers:
        one.socket.setblocking(False)
        try:
            one.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            waiting += 1
        one.socket.setblocking(True)
    return waiting
