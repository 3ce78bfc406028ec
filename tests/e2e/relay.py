"""A wire between a client and a server that notes what is said on it, and that can go dead."""

import socket
import threading

from tests.e2e.waits import END_S

READ_BYTES = 65_536


class Relay:
    """Forwards every connection to `port`; connect to `self.port`."""

    def __init__(self, port):
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends = []
        self._lock = threading.Lock()
        self._said = b""
        self._is_alive = threading.Event()
        self._is_alive.set()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def said_by_clients(self):
        """Return the lines that clients have said so far."""
        with self._lock:
            return self._said.decode().splitlines()

    def go_dead(self):
        """Forward nothing any more; no side is told. What comes meanwhile is kept back."""
        self._is_alive.clear()

    def revive(self):
        """Forward again, what was kept back first."""
        self._is_alive.set()

    def close(self):
        """End every connection."""
        self.revive()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join(END_S)  # Whoever was let in last is among the ends now.
        for end in self._ends:
            with end:
                _hang_up(end)

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:  # There is none at the moment.
                client.close()
                continue
            self._ends += (client, server)
            for source, sink in ((client, server), (server, client)):
                threading.Thread(
                    target=self._forward, args=(source, sink, source is client), daemon=True
                ).start()

    def _forward(self, source, sink, is_client):
        try:
            while data := source.recv(READ_BYTES):
                self._is_alive.wait()
                if is_client:
                    with self._lock:
                        self._said += data
                sink.sendall(data)
        except OSError:
            pass
        _hang_up(sink)


def _hang_up(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
