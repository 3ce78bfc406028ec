import errno
import os
import socket

import pytest

from rookery.net.bind import bind_error


def os_error(code):
    """Return the error as the operating system raises it."""
    return OSError(code, os.strerror(code))


@pytest.mark.parametrize(
    ("error", "host", "port", "expected"),
    (
        (
            os_error(errno.EADDRINUSE),
            "127.0.0.1",
            8080,
            "Port 8080 is in use by another program. Try: rookery serve --port 8081",
        ),
        (
            os_error(errno.EADDRINUSE),
            "127.0.0.1",
            65535,
            "Port 65535 is in use by another program. Try: rookery serve --port 8080",
        ),
        (
            os_error(errno.EACCES),
            "127.0.0.1",
            80,
            "Port 80 needs root's rights, as all below 1024. Try: rookery serve --port 8080",
        ),
        (
            os_error(errno.EADDRNOTAVAIL),
            "10.9.8.7",
            8080,
            (
                "10.9.8.7 is no address of this computer. "
                "Try: rookery serve --host 0.0.0.0 (all addresses)"
            ),
        ),
        (
            os_error(errno.EAFNOSUPPORT),
            "::",
            8080,
            (
                "This computer cannot use ::: IPv6 is turned off. "
                "Try: rookery serve --host 127.0.0.1"
            ),
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            "chat.lan",
            8080,
            "The host name chat.lan is not known here. Try: rookery serve --host 127.0.0.1",
        ),
        (
            os_error(errno.EMFILE),
            "127.0.0.1",
            8080,
            (
                "Cannot listen on 127.0.0.1 port 8080: Too many open files. "
                "Try another --host or --port."
            ),
        ),
    ),
)
def test_one_sentence_with_its_remedy(error, host, port, expected):
    """What can go wrong when a port is opened, and a command that works instead."""
    assert str(bind_error(error, host, port)) == expected


def test_a_port_that_is_really_taken():
    """The error of a real second listener is the one that is told."""
    with socket.create_server(("127.0.0.1", 0)) as first, socket.socket() as second:
        port = first.getsockname()[1]
        with pytest.raises(OSError, match="in use") as caught:
            second.bind(("127.0.0.1", port))
        assert str(bind_error(caught.value, "127.0.0.1", port)).startswith(
            f"Port {port} is in use by another program."
        )
