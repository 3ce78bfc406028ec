"""Row R17 of PRODUCT.md §1: TLS, from `--tls` to a certificate that has changed."""

import re

import pytest
from tests.e2e.waits import AWAY_S


@pytest.fixture
def fingerprint(server):
    """The fingerprint that a server with --tls prints at its start."""
    server.start("--tls")
    return server.log.expect(r"\btls=(?:SHA256:)?([0-9A-Fa-f:]{95})")[1]


def test_r17_the_fingerprint_is_asked_about_once(server, person, fingerprint):
    """An unknown certificate is shown for comparison; once trusted it is asked about no more."""
    alice = person("Alice").start("--tls", "--user", "Alice")
    alice.expect(fingerprint)
    alice.expect_prompt("Is it the same? (yes/no): ")
    alice.type("yes")
    alice.expect_line(
        f'Connected to 127.0.0.1:{server.port} (TLS). You are Alice. Type "help" for the commands.'
    )
    alice.type("exit")
    assert alice.exit_code() == 0
    alice.start("--tls", "--user", "Alice")
    alice.expect("(TLS). You are Alice.")
    alice.not_seen("yes/no")


def test_r17_who_does_not_trust_is_not_connected(server, person, fingerprint):
    """With "no" nothing is said to the server, and the exit code is 69."""
    alice = person("Alice").start("--tls", "--user", "Alice")
    alice.expect_prompt("Is it the same? (yes/no): ")
    alice.type("no")
    assert alice.exit_code() == 69
    alice.expect("is not known")
    alice.not_seen("Connected")


def test_r17_fingerprint_by_flag(server, person, fingerprint):
    """`--fingerprint` trusts without a question, and refuses another certificate."""
    alice = person("Alice").start("--user", "Alice", "--fingerprint", fingerprint)
    alice.expect("(TLS). You are Alice.")
    wrong = "00" * 32
    bob = person("Bob").start("--user", "Bob", "--fingerprint", wrong)
    assert bob.exit_code() == 69
    bob.expect("is not the one that you gave")


def test_r17_encrypted_and_plain_on_one_port(server, person, fingerprint):
    """One port serves both, and both talk with each other; a restart keeps the certificate."""
    alice = person("Alice").start("--user", "Alice", "--fingerprint", fingerprint)
    alice.expect("(TLS). You are Alice.")
    bob = person("Bob").come()
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    alice.type("Hello team!")
    bob.expect_line("Alice (in teamchat): Hello team!")
    bob.type("hello, whoever listens")
    alice.expect_line("Bob (in teamchat): hello, whoever listens")
    server.kill()
    alice.expect("Connection lost.")
    server.start_again()
    alice.expect("Back online after", AWAY_S)
    assert fingerprint in server.log.text()


def test_r17_another_certificate_is_refused(server, person, fingerprint):
    """A server whose certificate has changed is not talked to, and the sentence says what to do."""
    alice = person("Alice").start("--user", "Alice", "--fingerprint", fingerprint)
    alice.expect("(TLS). You are Alice.")
    alice.type("exit")
    assert alice.exit_code() == 0
    server.stop()
    for path in server.data.rglob("*.pem"):
        path.unlink()
    server.start_again()
    alice.start("--user", "Alice", "--tls")
    assert alice.exit_code() == 69
    shown = " ".join(alice.terminal.lines())
    assert re.search(r"has changed: this may be another server.*--fingerprint", shown)
    assert "Connected" not in shown
