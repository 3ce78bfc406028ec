"""Four people on a street, whose talk is compared: with the plain path and without it."""

from tests.unit.command.house import plain
from tests.unit.net.street import Street

from rookery.command.route import Route

PEOPLE = ("ann", "bob", "eve", "eve2")
"""eve has an account, and eve2 is her second session."""


class Town:
    """A street with its people; `word` is how they write PRIVMSG."""

    def __init__(self, word):
        self.street = Street(unregistered=0, unregistered_per_address=0)
        self.street.hall.cloak_secret = bytes(32)
        self.house = self.street.house
        self.house.account("eve")
        self._word = word
        self._there = {}
        self._read = dict.fromkeys(PEOPLE, "")
        for name in PEOPLE:
            self._connection(name)
        self.house.turn()

    def does(self, act, name, what):
        """Do one act of the property."""
        match act:
            case "turn":
                self.house.turn()
            case "pass":
                self.street.passes(1)
            case "talk":
                pairs = [(target, text) for target, texts in what for text in texts]
                lines = [f"{self._word} {target} :".encode() + text for target, text in pairs]
                self._says(name, lines)
            case "line":
                self._says(name, [what.format(name).encode()])
            case "lost":
                self._connection(name).is_lost()
            case _:
                place, _, flag = act.partition(".")
                setattr(getattr(self.house, place), flag, what)

    def outcome(self):
        """Return what everybody has read, what is stored, and what is known of each person."""
        for place in (self.house.disk, self.house.readers):
            place.is_held = False
        self.house.disk.is_full = False
        self.house.turn()
        for name in PEOPLE:
            self._collect(name)
        known = {
            key: (user.spoke_at_ms, self.house.node.receipts.waiting_count(key))
            for key, user in self.house.node.world.users.items()
        }
        return self._read, self.house.store._log.everything(), known

    def follows(self):
        """Return whether anybody has a route."""
        return any(isinstance(one.route, Route) for one in self.house.node.sessions.values())

    def _says(self, name, lines):
        connection = self._connection(name)
        if connection.is_reading:
            connection.protocol.data_received(b"".join(line + b"\r\n" for line in lines))

    def _connection(self, name):
        there = self._there.get(name)
        if there is not None and not there.is_over:
            return there
        if there is not None:
            self._collect(name)
        there = self._there[name] = self.street.connection()
        nick = name.removesuffix("2")
        if nick == "eve":
            sasl = f"CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE {plain('eve')}\r\n"
            there.protocol.data_received(sasl.encode())
        there.protocol.data_received(f"NICK {nick}\r\nUSER u 0 * :r\r\nCAP END\r\n".encode())
        return there

    def _collect(self, name):
        self._read[name] += self._there[name].reads()
