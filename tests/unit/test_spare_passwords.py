"""Passwords hashed in processes of their own: real ones, at costs that take no time."""

import threading

import pytest

from rookery.spare_passwords import SparePasswords

END_S = 10.0
"""How long a process may take to start or end."""


class Passwords(SparePasswords):
    """Lets a test see the processes, and run another program in their place."""

    @property
    def processes(self):
        return [*self._all]

    def runs(self, *argv):
        self._argv = [*argv]


@pytest.fixture
def passwords():
    """Return passwords whose processes end with the test."""
    made = Passwords(time_cost=1, memory_kib=64)
    yield made
    made.close()


def test_what_was_hashed_is_known_again(passwords):
    """A password is right for its own hash, and for no other; one process does it all."""
    hashed, _ = passwords.hash("secret")
    assert hashed.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert passwords.is_right(hashed, "secret")
    assert not passwords.is_right(hashed, "other")
    assert not passwords.is_right("", "secret")
    passwords.waste("secret")
    assert len(passwords.processes) == 1


def test_process_that_has_ended_is_replaced(passwords):
    """A process that is gone, as after a quiet minute, costs nobody a login."""
    hashed, _ = passwords.hash("secret")
    (gone,) = passwords.processes
    gone.kill()
    gone.wait(END_S)
    assert passwords.is_right(hashed, "secret")
    (fresh,) = passwords.processes
    assert fresh.pid != gone.pid


@pytest.mark.parametrize("program", ("/nonexistent/python", "/bin/false"))
def test_hashed_here_where_no_process_will(passwords, program):
    """Where none can be started, or each ends at once, the server hashes by itself."""
    passwords.runs(program)
    hashed, _ = passwords.hash("secret")
    assert passwords.is_right(hashed, "secret")
    assert not passwords.is_right(hashed, "other")
    passwords.waste("secret")
    assert passwords.processes == []


def test_one_process_for_each_thread(passwords):
    """Two threads that hash do not wait for each other."""
    passwords.waste("secret")
    other = threading.Thread(target=passwords.waste, args=("secret",))
    other.start()
    other.join(END_S)
    assert len({process.pid for process in passwords.processes}) == 2


def test_processes_end_with_the_server(passwords):
    """Closing ends them all; so does the end of their input, when the server is killed."""
    passwords.waste("secret")
    (process,) = passwords.processes
    process.stdin.close()
    assert process.wait(END_S) == 0
    passwords.waste("secret")
    (process,) = passwords.processes
    passwords.close()
    assert process.poll() == 0
