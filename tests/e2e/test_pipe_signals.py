"""A pipe ends at once on a signal, whatever it waits for; and servers that are none."""

import contextlib
import signal
import socket
import subprocess
import sys
import threading

import pytest
from tests.e2e.output import Output
from tests.e2e.program import environment, run
from tests.e2e.waits import END_S

PATIENT = """
import sys
from rookery.cli import main
from rookery.client.line import chat
for name, module in [*sys.modules.items()]:
    if name.startswith("rookery.client"):
        for wait, lasts_s in [*vars(module).items()]:
            if wait.endswith("_S") and lasts_s >= 5:
                setattr(module, wait, max(lasts_s, 3600))
sys.exit(main())
"""
"""The program, but that whatever it waits for takes an hour: only what is told ends it before."""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.fixture
def chat(tmp_path):
    """Return a function that starts a patient `rookery chat` on a pipe: a port in, it out."""
    with contextlib.ExitStack() as processes:

        def chat(port):
            where = ("--host", "127.0.0.1", "--port", str(port), "--user", "alice")
            process = processes.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", PATIENT, "chat", *where],
                    env=environment(tmp_path / "home"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            processes.callback(process.kill)
            return process

        yield chat


@pytest.mark.parametrize("number", CODES)
def test_while_the_server_says_nothing(chat, number):
    """A server that takes the connection and says nothing holds nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = chat(listening.getsockname()[1])
        connection, _ = listening.accept()
        with connection:
            assert connection.recv(100).startswith(b"CAP LS")
            process.stdin.write("who\n")
            process.stdin.close()
            process.send_signal(number)
            assert process.wait(END_S) in {CODES[number], -number}


@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize("is_ending", (True, False), ids=("at the end", "in the midst"))
def test_while_reconnecting(server, chat, number, is_ending):
    """A client that tries to come back, with lines waiting, ends as soon as it is told."""
    server.start()
    process = chat(server.port)
    shown = Output(process.stdout)
    shown.expect("You are alice")
    server.kill()
    shown.expect("Connection lost")
    process.stdin.write("message bob hi\nleave\n")
    process.stdin.flush()
    shown.expect("You are not in a room")
    if is_ending:
        process.stdin.close()
    process.send_signal(number)
    assert process.wait(END_S) == CODES[number]
    shown.expect("to bob: hi")


ANSWERS = {
    "closes": b"",
    "http": b"HTTP/1.1 400 Bad Request\r\nServer: x\r\nConnection: close\r\n\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "smtp": b"220 mail.test ESMTP\r\n",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("command", (("chat",), ("send", "bob", "hi")), ids=lambda words: words[0])
def test_no_irc(tmp_path, answer, command):
    """What speaks something else is said to, whether it hangs up or not."""
    held = []

    def serve(listening):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                connection.recv(100)
                connection.sendall(answer)
                if answer.startswith(b"SSH"):
                    held.append(connection)
                else:
                    connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        port = str(listening.getsockname()[1])
        where = ("--host", "127.0.0.1", "--port", port, "--user", "alice")
        done = run(tmp_path / "home", command[0], *where, *command[1:])
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()
    for connection in held:
        connection.close()
    assert done.returncode == 69
    assert f"What answers at 127.0.0.1:{port} does not speak IRC." in done.stdout + done.stderr
