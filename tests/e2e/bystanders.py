"""Two people who talk while somebody else misbehaves, and notice nothing of it."""

import itertools
import re


class Bystanders:
    """Two people who talk in #yard."""

    def __init__(self, server, irc):
        self._server = server
        self.port = server.port
        self._sides = [irc().sign_in(nick).join("#yard") for nick in ("ada", "ben")]
        self._sides[0].expect("JOIN #yard")
        self._numbers = itertools.count()

    def talk(self):
        """Say one thing each; the other sees it."""
        for speaker, listener in (self._sides, self._sides[::-1]):
            text = f"word {next(self._numbers)}"
            speaker.send(f"PRIVMSG #yard :{text}")
            listener.expect(f"PRIVMSG #yard :{text}$")

    def say_many(self, first, count):
        """Say `count` long numbered things at once, here and to slow; the other sees them all."""
        speaker, listener = self._sides
        texts = [f"number {at} {'x' * 380}" for at in range(first, first + count)]
        speaker.send(*(f"PRIVMSG #yard,slow :{text}" for text in texts))
        for text in texts:
            listener.expect(f"PRIVMSG #yard :{text}$")

    def expect_on_each(self, pattern):
        """Wait until both see such a line."""
        for one in self._sides:
            one.expect(pattern)

    def check(self, others=()):
        """Fail if they have seen anything but each other and `others`, or the server a fault."""
        self.talk()
        for one in self._sides:
            seen = one.catch_up()
            start = next(at for at, line in enumerate(seen) if " 366 " in line)
            expected = re.compile(rf":(ada|ben|{'|'.join(others) or 'ada'})!|:\S+ PONG |PING ")
            assert [line for line in seen[start + 1 :] if not expected.match(line)] == []
        log = self._server.log.text()
        assert "level=error" not in log
        assert "Traceback" not in log
