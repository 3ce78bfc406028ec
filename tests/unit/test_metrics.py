"""What a scrape reads, and what counts as ill."""

from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.unit.net.street import Street

from rookery import health, metrics
from rookery.command.account_rules import AccountRules
from rookery.core.throttle import Pace
from rookery.deliver.counts import Tally


@pytest.fixture
def street():
    """Return a server without sockets."""
    return Street(connections=3)


def _numbers(street):
    """Return every sample that a scrape gives, by its name and labels."""
    parts = SimpleNamespace(node=street.house.node, hall=street.hall, pusher=None)
    registry = metrics.CollectorRegistry()
    registry.register(metrics._Collector(parts))
    text = metrics.generate_latest(registry).decode()
    return {
        (sample.name.removeprefix("rookery_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_who_is_here(street):
    """Connections, sessions, people and rooms as they are now."""
    ann = street.person("ann")
    ann.receives(b"JOIN #rook\r\n")
    street.connection("192.0.2.2").receives(b"NICK bob\r\n")
    street.connection("192.0.2.3")
    assert street.hall.admit("192.0.2.4") != ""
    found = _numbers(street)
    names = ("connections", "sessions", "people", "rooms", "refused_connections_total")
    assert [found[name,] for name in names] == [3, 2, 1, 1, 1]


def test_commits(street):
    """Each commit is in its class of size and of time; what is stored is counted once."""
    ann = street.person("ann")
    ann.receives(b"JOIN #rook\r\n")
    before = _numbers(street)
    ann.receives(b"PRIVMSG #rook :one\r\nPRIVMSG #rook :two\r\nPRIVMSG #rook :three\r\n")
    found = _numbers(street)
    grown = {name: found[name] - before[name] for name in found}
    assert grown["messages_stored_total",] == 3
    assert grown["commit_rows_count",] == grown["commit_seconds_count",] == 1
    assert grown["commit_rows_sum",] == 3
    assert (grown["commit_rows_bucket", "1"], grown["commit_rows_bucket", "4"]) == (0, 1)
    assert grown["commit_rows_bucket", "+Inf"] == 1
    assert grown["epochs_total",] >= 1


def test_failed_commits(street):
    """What the disk refuses is counted, and is an illness until the next success."""
    ann = street.person("ann")
    ann.receives(b"JOIN #rook\r\n")
    stored = _numbers(street)["messages_stored_total",]
    street.house.disk.is_full = True
    ann.receives(b"PRIVMSG #rook :one\r\n")
    found = _numbers(street)
    assert (found["failed_commits_total",], found["messages_stored_total",]) == (1, stored)
    parts = SimpleNamespace(node=street.house.node)
    assert metrics.illness_of(parts) == "the disk refuses what is to be stored"
    street.house.disk.is_full = False
    ann.receives(b"PRIVMSG #rook :one\r\n")
    assert metrics.illness_of(parts) == ""


def test_disk_that_does_not_answer(street, monkeypatch):
    """A commit that lasts too long is an illness; so is a server that stops."""
    parts = SimpleNamespace(node=street.house.node)
    street.house.disk.is_held = True
    street.person("ann").receives(b"PRIVMSG bob :one\r\n")
    assert metrics.illness_of(parts) == ""
    monkeypatch.setattr(health, "STUCK_S", 0.0)
    assert metrics.illness_of(parts) == "the disk does not answer"
    street.house.node.is_stopping = True
    assert metrics.illness_of(parts) == "stopping"


def test_deliveries(street):
    """A write to a connection is one delivery, whatever it carries."""
    ann, bob = street.person("ann"), street.person("bob")
    for one in (ann, bob):
        one.receives(b"JOIN #rook\r\n")
    before = _numbers(street)["deliveries_total",]
    ann.receives(b"PRIVMSG #rook :one\r\nPRIVMSG #rook :two\r\n")
    assert _numbers(street)["deliveries_total",] == before + 1


def test_slow_reader(street):
    """What waits for readers is told, and who was dropped for it."""
    ann = street.person("ann")
    ann.unsent = 1000
    assert _numbers(street)["outbox_bytes",] == 1000
    ann.unsent = street.house.node.epoch.max_outbox_bytes + 1
    ann.receives(b"PING x\r\n")
    assert _numbers(street)["dropped_readers_total",] == 1


def test_logins(street):
    """Tries that were right, wrong, and told to wait."""
    street.house.account("ann")
    street.house.node.gate.obey(AccountRules(account_pace=Pace(1, 60_000, 60_000, 60_000)))
    ann = street.connection()
    ann.receives(b"CAP REQ :sasl\r\n")
    for proof in (b"AGFubgB3cm9uZw==", b"AGFubgB3cm9uZw=="):
        ann.receives(b"AUTHENTICATE PLAIN\r\n")
        ann.receives(b"AUTHENTICATE " + proof + b"\r\n")
    found = _numbers(street)
    results = ("ok", "failed", "delayed")
    assert [found["logins_total", result] for result in results] == [0, 2, 1]


def test_tally_classes():
    """A value at a bound belongs below it."""
    tally = Tally((1, 4))
    for value in (0, 1, 2, 4, 5):
        tally.add(value)
    assert (tally.counts, tally.total) == ([2, 2, 1], 12)
