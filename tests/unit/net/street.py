"""Connections without sockets: a real hall and real pumps, fake transports, a virtual clock."""

from tests.unit.command.house import House

from rookery.net.door import Door
from rookery.net.hall import Hall, Limits

LIMITS = {
    "registration_timeout_s": 30.0,
    "ping_interval_s": 90.0,
    "ping_timeout_s": 60.0,
    "unregistered": 5,
    "unregistered_per_address": 3,
}


class Transport:
    """One connection; what is written is kept, and closing ends it in the loop's next turn."""

    def __init__(self, street, address, web=None):
        self._street = street
        self.protocol = Door(street.hall, address, web=web)
        self.written = b""
        self.unsent = 0
        self.is_reading = True
        self.is_over = False
        self.protocol.connection_made(self)

    # What the tests do.

    def receives(self, data):
        """Let bytes come in, and return what is written in the turn."""
        assert self.is_reading, "a paused transport reads nothing"
        self.protocol.data_received(data)
        self._street.turn()
        return self.reads()

    def reads(self):
        """Return what has been written since the last time."""
        written, self.written = self.written, b""
        return written.decode()

    def is_lost(self, error=None):
        """End the connection from the other side."""
        self.is_over = True
        self.protocol.connection_lost(error)
        self._street.turn()

    @property
    def session(self):
        """The session behind the connection."""
        return self.protocol.session

    # What protocols do: `asyncio.Transport`.

    def write(self, data):
        assert not self.is_over, "nothing is written to a closed transport"
        self.written += data

    def get_write_buffer_size(self):
        return self.unsent

    def get_extra_info(self, name):
        return None

    def pause_reading(self):
        self.is_reading = False

    def resume_reading(self):
        assert not self.is_over
        self.is_reading = True

    def is_closing(self):
        return self.is_over

    def set_protocol(self, protocol):
        self.protocol = protocol

    def close(self):
        if not self.is_over:
            self.is_over = True
            self._street.house._soon.append(lambda: self.protocol.connection_lost(None))

    abort = close


class Timer:
    """A call that is due at some time: `asyncio.TimerHandle`."""

    def __init__(self, street, at_s, call):
        self._street = street
        self.at_s = at_s
        self.call = call

    def cancel(self):
        self._street.timers = [timer for timer in self._street.timers if timer is not self]


class Street:
    """A hall over a house of fakes; it is the loop too: `time` and `call_later`."""

    def __init__(self, pace=None, max_epoch_rows=1000, rules=None, **limits):
        self.house = House(**(rules or {}))
        self.timers = []
        self.set_back_ms = 0
        """How far the wall clock was set back; the loop's own time only goes on."""
        self.hall = Hall(self.house.node, self, Limits(**(LIMITS | limits)), pace, max_epoch_rows)

    def time(self):
        return (self.house.now_ms + self.set_back_ms) / 1000

    def call_later(self, delay_s, call):
        timer = Timer(self, self.time() + delay_s, call)
        self.timers.append(timer)
        return timer

    def turn(self):
        self.house.turn()

    def passes(self, seconds):
        """Let time pass: timers that are due are called, and the hall sweeps once a second."""
        for _ in range(int(seconds)):
            self.house.now_ms += 1000
            due = [timer for timer in self.timers if timer.at_s <= self.time()]
            self.timers = [timer for timer in self.timers if timer not in due]
            for timer in due:
                timer.call()
            self.hall.sweep()
            self.turn()

    def connection(self, address="192.0.2.1", web=None):
        """Return a connection that was let in; HTTP on it is given to `web`."""
        assert self.hall.admit(address) == ""
        return Transport(self, address, web)

    def person(self, nick, address="192.0.2.1"):
        """Return the connection of somebody who has signed in."""
        connection = self.connection(address)
        connection.receives(f"NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n".encode())
        return connection
