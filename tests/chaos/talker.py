"""A client without a socket: bytes in, bytes out, and everything noted in the book.

A plain one says each text once, and gives up what was in flight when its connection ended. A
careful one has an account, counts what it sends (`rookery.chat/resend`), sends again what was not
answered, and drops the msgids that it knows.
"""

import base64
import re
from collections import deque

from tests.chaos.book import Echo, Seen, Sent

CAPS = "batch echo-message server-time message-tags standard-replies"
CAREFUL_CAPS = f"sasl labeled-response rookery.chat/resend {CAPS}"
PASSWORD = "a-long-secret"
RESEND_TAG = "rookery.chat/id"
REPLAYS = ("chathistory", "rookery.chat/mailbox")
LINE = re.compile(r"(?:@(\S+) )?(?::([^ !]+)\S* )?(\S+) ?(.*)")
TEXT = re.compile(r"[a-z]+\d*\.\d+ x*$")
MAX_PADDING = 60


class Talker:
    """One person over all their connections; the crowd carries the bytes."""

    def __init__(self, name, others, rooms, rng, book, *, is_careful, in_flight=6):
        self.name = name
        self.is_careful = is_careful
        self.may_talk = True
        self.is_in = False
        """Whether it is signed in and in its rooms."""
        self.wants_to_close = False
        self.out = bytearray()
        self.unanswered = {}
        """Counter to what is in flight."""
        self.strangest = []
        """Lines that no client should get."""
        self.last_lines = deque(maxlen=5)
        self.asked = set()
        self.pongs = set()
        self.echo_count = 0
        self._targets = (*rooms, *rooms, *others)
        self._rooms = rooms
        self._rng = rng
        self._book = book
        self._max_in_flight = in_flight
        self._counter = 0
        self.connection = 0
        self._rest = b""
        self._batches = {}
        self._waits_for = set()
        self._has_account = False
        if is_careful:
            book.dedupers.add(name)

    # What the crowd calls.

    def connected(self, connection):
        """Begin again with a new connection, of this number."""
        self.connection = connection
        self.is_in = self.wants_to_close = False
        self.out.clear()
        self._rest = b""
        self._batches = {}
        self._waits_for = set(self._rooms)
        if not self.is_careful:
            self.unanswered = {}
            self._say(f"CAP REQ :{CAPS}")
            self._introduce()
        else:
            self._say(f"CAP REQ :{CAREFUL_CAPS}", "AUTHENTICATE PLAIN")

    def take(self, data):
        """Take bytes that have come; return how many lines they have completed."""
        *whole, self._rest = (self._rest + data).split(b"\r\n")
        for line in whole:
            self._hear(line.decode())
        self._talk()
        return len(whole)

    def ask_for_pong(self, token):
        """Send a PING, once; its token is in `pongs` when all before it has come."""
        if token not in self.asked:
            self.asked.add(token)
            self._say(f"PING {token}")

    def awaits_something(self):
        """Return whether silence would be strange."""
        return not self.is_in or bool(self.unanswered)

    # Signing in.

    def _introduce(self):
        self._say(f"NICK {self.name}", f"USER {self.name} 0 * :{self.name}", "CAP END")

    def _sign_in(self, command, rest):
        match command:
            case "AUTHENTICATE":
                proof = base64.b64encode(f"\0{self.name}\0{PASSWORD}".encode()).decode()
                self._say(f"AUTHENTICATE {proof}")
            case "903":
                self._has_account = True
                self._introduce()
            case "904":
                self._has_account = False
                self._introduce()
            case "001" if self.is_careful and not self._has_account:
                self._say(f"REGISTER * * {PASSWORD}")
            case "001":
                self._enter()
            case "REGISTER":
                self._has_account = True
                self._enter()
            case "366":
                self._waits_for.discard(rest.split()[1])
                if not self._waits_for and not self.is_in:
                    self.is_in = True
                    self._send_again()
            case "433" | "FAIL":
                self.wants_to_close = True

    def _enter(self):
        self._say(*(f"JOIN {room}" for room in self._rooms))

    # Talking.

    def _talk(self):
        while self.is_in and self.may_talk and len(self.unanswered) < self._max_in_flight:
            self._counter += 1
            padding = "x" * self._rng.randrange(MAX_PADDING)
            text = f"{self.name}.{self._counter} {padding}"
            sent = Sent(self.name, self._rng.choice(self._targets), text)
            self._book.sent.append(sent)
            self.unanswered[self._counter] = sent
            self._send(self._counter, sent)

    def _send_again(self):
        for counter, sent in self.unanswered.items():
            self._send(counter, sent)

    def _send(self, counter, sent):
        device = f"{self.name}-laptop"
        tags = f"@label={counter};{RESEND_TAG}={device}.{counter} " if self.is_careful else ""
        self._say(f"{tags}PRIVMSG {sent.target} :{sent.text}")

    def _say(self, *lines):
        self.out += "".join(f"{line}\r\n" for line in lines).encode()

    # Hearing.

    def _hear(self, line):
        self.last_lines.append(line)
        tags, source, command, rest = LINE.fullmatch(line).groups()
        tags = dict(tag.partition("=")[::2] for tag in (tags or "").split(";"))
        match command:
            case "PING":
                self._say(f"PONG {rest}")
            case "PONG":
                self.pongs.add(rest.split(":")[-1])
            case "BATCH":
                self._batch(rest)
            case "PRIVMSG":
                self._hear_message(tags, source, rest)
            case "FAIL" if rest.startswith("PRIVMSG"):
                self._refused(tags, rest)
            case "NOTE":
                self._noted(rest)
            case "403" | "404" | "407" | "412" | "417" | "421":
                self.strangest.append(line)
            case _ if not self.is_in:
                self._sign_in(command, rest)

    def _batch(self, rest):
        ref, *kind = rest.split()
        if ref[0] == "+":
            self._batches[ref[1:]] = kind[0]
        else:
            self._batches.pop(ref[1:])

    def _hear_message(self, tags, source, rest):
        target, text = rest.split(" :", 1)
        assert TEXT.fullmatch(text), f"{self.name} got half a message: {text!r}"
        msgid = tags["msgid"]
        is_replayed = self._batches.get(tags.get("batch")) in REPLAYS
        is_own = source == self.name
        if not is_own or target in self._rooms:
            number = self.connection
            seen = Seen(number, self.name, source, target, text, msgid, is_replayed)
            self._book.seen.append(seen)
        if is_own and not is_replayed:
            self._book.echoes.append(Echo(source, target, text, msgid))
            self._answered(text)

    def _answered(self, text):
        if self.unanswered.pop(int(text.partition(" ")[0].partition(".")[2]), None):
            self.echo_count += 1

    def _refused(self, tags, rest):
        _, code, target, *_ = rest.split()
        counter = int(tags["label"]) if "label" in tags else self._oldest_to(target)
        self._book.refused.append((code, self.unanswered.pop(counter)))

    def _oldest_to(self, target):
        return next(at for at, sent in self.unanswered.items() if sent.target == target)

    def _noted(self, rest):
        _, code, *words = rest.split()
        if code == "ALREADY_STORED":
            counter = int(words[1].partition(".")[2])
            self._book.stored_before.append(self.unanswered.pop(counter))
