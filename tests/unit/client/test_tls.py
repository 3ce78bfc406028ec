import pytest

from rookery.client import tls
from rookery.client.options import Options
from rookery.client.state import VOUCHED
from rookery.client.tls import Verdict

PIN = "ab" * 32
OTHER = "cd" * 32


def options(host="chat.lan", tls_flag=None, fingerprint=None):
    """Return options."""
    return Options(host, 8080, None, tls_flag, fingerprint, None, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    (
        (options("127.0.0.1"), False),
        (options("localhost"), False),
        (options("localhost", True), True),
        (options("localhost", None, PIN), True),
        (options(), True),
        (options(tls_flag=False), False),
    ),
)
def test_wants_tls(given, expected):
    """Connections that leave this computer are encrypted unless told otherwise."""
    assert expected == tls.wants_tls(given)


@pytest.mark.parametrize(
    ("given", "pinned", "expected"),
    (
        (options(), None, True),
        (options(), PIN, False),
        (options(), VOUCHED, False),
        (options(tls_flag=True), None, False),
        (options(fingerprint=PIN), None, False),
    ),
)
def test_may_fall_back(given, pinned, expected):
    """A server that ever spoke TLS is not talked to in the clear, nor one that was told to."""
    assert expected == tls.may_fall_back(given, pinned)


@pytest.mark.parametrize(
    ("pinned", "given", "expected"),
    (
        (None, None, Verdict.ASK),
        (PIN, None, Verdict.ACCEPT),
        (OTHER, None, Verdict.REFUSE),
        (VOUCHED, None, Verdict.REFUSE),
        (OTHER, "SHA256:" + ":".join(["AB"] * 32), Verdict.ACCEPT),
        (PIN, OTHER, Verdict.REFUSE),
    ),
)
def test_judge(pinned, given, expected):
    """A known fingerprint is taken, an unknown one asked about, a changed one refused."""
    assert expected == tls.judge(PIN, pinned, given)


def test_shown_fingerprint_can_be_given():
    """What is shown for comparing is what --fingerprint takes."""
    assert tls.plain_hex(tls.shown(PIN)) == PIN
    assert tls.is_fingerprint(tls.shown(PIN))
    assert not tls.is_fingerprint("ab:cd")
