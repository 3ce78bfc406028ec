"""Text of others never acts on the terminal: judged by the bytes that the client writes to it."""

import re
import unicodedata

from tests.e2e.arrivals import arrived
from tests.e2e.full_screen import USUAL

ESC, BEL = "\x1b", "\x07"
ORDERS = (
    f"{ESC}]0;PWNED-TITLE{BEL}",
    f"{ESC}]52;c;UFdORUQ={BEL}",
    f"{ESC}]8;;file:///etc/PWNED{ESC}\\click{ESC}]8;;{ESC}\\",
    f"{ESC}]777;notify;PWNED-NOTICE;text{BEL}",
    f"{ESC}P$qPWNED-DCS{ESC}\\",
    f"{ESC}[2J{ESC}[1;1HPWNED-CURSOR",
    f"{ESC}[?1049lPWNED-MODE",
    f"{ESC}cPWNED-RESET",
    "\x9b31mPWNED-C1",
    "\x9d0;PWNED-C1-TITLE\x9c",
    f"back\bspace{BEL}\x0b\x0c\x7f\x85",
    "\x01VERSION PWNED\x01",
)
CONFUSING = (
    "bidi \u202eoverride\u202c \u2066isolate\u2069 \u200fmark",
    "line\u2028separator\u2029paragraph",
    "wide 中文字符 日本語 한국어 🎉🏳️\u200d🌈👨\u200d👩\u200d👧\u200d👦 end",
    "combining e\u0301 Z" + "\u0335\u0321\u0322" * 60 + " end",
    "tags \U000e0041\U000e0042 invisible \u2060\ufeff\u00ad end",
    "formats \x02bold\x02 \x0304,07red\x03 \x1ditalic\x1d \x1funder\x1f \x16swapped\x16 end",
)
OPENED = re.compile(rb"\x1b\]([^\x07\x1b]*)")
OWN_ORDERS = (b"0;", b"2;", b"8;", b"9;", b"777;", b"22;", b"10;", b"11;")
"""What the client itself says by OSC: title, links, notices, the pointer's shape, colours."""
NOTICES = (b"9;mallory", b"777;notify;mallory")
"""What tells of her messages, in words that are harmless; which of them hangs on when they come."""
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]")


def test_hostile_text(server, full_screen, irc):
    """Escape sequences, bidi, wide and combining characters arrive as harmless text."""
    server.start("--no-limits")
    mallory = irc().sign_in("mallory", "message-tags").join("#general")
    alice = full_screen("alice").come(size=USUAL)
    alice.join("general")
    for text in (*ORDERS, *CONFUSING):
        mallory.send(f"PRIVMSG #general :{text}")
        mallory.send(f"PRIVMSG alice :{text}")
    mallory.send(f"TOPIC #general :{ORDERS[0]}{ORDERS[5]}\u202etopic")
    mallory.send(f"PART #general :{ORDERS[0]}{ORDERS[5]}")
    mallory.join("#general")
    mallory.send("PRIVMSG #general :all of it was said")
    alice.expect_message("mallory", "all of it was said")
    alice.keys("\x1ba")
    alice.expect_prompt("mallory> ").expect("PWNED")
    alice.keys("\x1b[5~\x1b[5~")
    alice.expect("PWNED-TITLE")
    alice.keys("\x1b1")
    alice.expect_prompt("#general> ")
    alice.expect("中文字符")
    alice.keys("\x1b[5~\x1b[5~")
    alice.expect("PWNED-CURSOR")
    alice.keys("\x1b[1;5F")
    alice.type("still here")
    alice.expect_message("alice", "still here")
    alice.type("/quit")
    assert alice.exit_code() == 0
    check(alice.terminal.written())  # Now it ends in no half sequence.


def test_endless_word(server, full_screen, in_tmux):
    """A word of 10,000 characters is wrapped, and its end is seen."""
    server.start()
    alice, bob = arrived(full_screen("alice").set_out(), in_tmux("bob").set_out())
    alice.join("general")
    bob.join("general")
    alice.keys(f"{ESC}[200~{'y' * 9_990}zzzz{ESC}[201~")
    alice.expect("zzzz")
    alice.type("")
    bob.expect_that(lambda lines: any(line.endswith("yyzzzz") for line in lines), "the end")
    bob.type("that was long")
    alice.expect_message("bob", "that was long")


def check(written):
    """Fail where the client has written what others wrote and a terminal obeys."""
    text = written.decode()
    assert BIDI.findall(text) == []
    c1 = [char for char in text if unicodedata.category(char) == "Cc" and ord(char) > ord("\x7e")]
    assert c1 == []
    orders = OPENED.findall(written)
    theirs = [order for order in orders if b"PWNED" in order or b"UFdORUQ" in order]
    assert [order for order in theirs if not order.startswith(NOTICES)] == []
    assert [order for order in orders if not order.startswith(OWN_ORDERS)] == []
    bodies = re.findall(rb"\x1b(?:P|\[[0-9;?]*[A-Za-z]|c)PWNED", written)
    assert bodies == [body for body in bodies if body.startswith(b"\x1b[") and is_paint(body)]
    assert b"\x1bc" not in written
    assert b"\x08" not in written


def is_paint(body):
    """Return whether the sequence in front of the text only moves or colours, as painting does."""
    return body.removesuffix(b"PWNED")[-1:] in {b"m", b"H"}
