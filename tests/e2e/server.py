"""A real server process in a data folder of its own: start, stop, kill, start again."""

import signal
import subprocess

from tests.e2e.output import Output
from tests.e2e.program import ROOKERY, environment
from tests.e2e.waits import END_S, START_S


class Server:
    """One server on one port and folder, over any number of processes."""

    def __init__(self, folder):
        self.data = folder / "data"
        self.config = folder / "rookery.toml"
        self.port = 0
        self.log = None
        self.process = None
        self.variables = {}
        """What its processes find in their environment besides."""
        self._home = folder / "operator"
        self._flags = ()
        self._logs = []

    def start(self, *flags, config=""):
        """Start with `flags` and the TOML text `config`, and wait until it listens."""
        self._flags = flags
        self.config.write_text(config, encoding="utf-8")
        return self.start_again()

    def start_again(self):
        """Start a process on the same port and folder as before, and wait until it listens."""
        self.launch()
        self.port = int(self.log.expect(r"listening .*\bport=(\d+)", START_S)[1])
        return self

    def launch(self):
        """Start a process and wait for nothing; what it says is in `log`."""
        self.process = subprocess.Popen(
            [*ROOKERY, "serve", *self.arguments(), *self._flags],
            env=environment(self._home, **self.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.log = Output(self.process.stderr)
        self._logs.append(self.log)

    def arguments(self):
        """Return the flags that name this server's port, folder and config file."""
        place = ("--port", str(self.port), "--data", str(self.data))
        return (*place, "--config", str(self.config))

    def reload(self):
        """Make it read its settings again (SIGHUP); look at `log` for what came of it."""
        self.process.send_signal(signal.SIGHUP)

    def tell_to_stop(self):
        """Send SIGTERM and return at once."""
        self.process.terminate()

    def stop(self):
        """Stop it as a service manager does, and return its exit code."""
        self.tell_to_stop()
        return self.process.wait(END_S)

    def kill(self):
        """End it with kill -9."""
        self.process.kill()
        self.process.wait(END_S)

    def close(self):
        """End whatever still runs; print the logs, which pytest shows where a test failed."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        for log in self._logs:
            print(log.rest())  # noqa: T201 - pytest keeps it for failures
