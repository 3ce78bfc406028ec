import json

import pytest

from rookery import settings
from rookery.core.clock import IdClock
from rookery.core.events import Said
from rookery.errors import StartError
from rookery.offline import exported_account
from rookery.store.base import AccountRow, Batch, SubscriptionRow, UploadRow
from rookery.store.sqlite import SqliteStore


@pytest.fixture
def config(tmp_path):
    """Return settings with a data folder in which ann has said something."""
    data = tmp_path / "data"
    store = SqliteStore.open(data)
    store.load()
    message_id = IdClock().next_id(1_767_607_200_000)
    said = Said(
        message_id, "#c", "ann", "", "ann!~ann@host", "Ann", "PRIVMSG", "#c", "hello", "", ""
    )
    row = AccountRow("ann", "Ann", 1_767_607_200_000, "hash", "scram", "ann@example.org")
    files = [
        UploadRow(f"f{number}", account, "rook ä.png", "image/png", 7, 9)
        for number, account in enumerate(("ann", "bob"))
    ]
    devices = [
        SubscriptionRow(f"https://push.test/{account}", account, "key", "secret", "", 5)
        for account in ("ann", "bob")
    ]
    store.commit(
        Batch(
            messages=[said],
            accounts={"ann": row},
            uploads={file.id: file for file in files},
            subscriptions={device.endpoint: device for device in devices},
        )
    )
    store.close()
    return settings.Config(server=settings.Server(data=data))


def test_export(config):
    """The account comes first, without its proofs, then its messages, files and devices."""
    lines = [json.loads(line) for line in exported_account(config, "ANN")]
    assert lines[0]["account"]["name"] == "Ann"
    assert lines[0]["account"]["email"] == "ann@example.org"
    assert "hash" not in json.dumps(lines[0])
    assert [(line["from"], line["to"], line["text"]) for line in lines[1:2]] == [
        ("ann", "#c", "hello")
    ]
    assert lines[2]["address"] == "/files/f0/rook%20%C3%A4.png"
    assert lines[3:] == [{"device": "https://push.test/ann", "at_ms": 5}]


def test_no_such_account(config):
    """A name that nobody has is told, and the folder is let go."""
    for _ in range(2):
        with pytest.raises(StartError, match="There is no account"):
            list(exported_account(config, "bob"))


def test_no_data(tmp_path):
    """A folder that is not there is not made."""
    config = settings.Config(server=settings.Server(data=tmp_path / "nowhere"))
    with pytest.raises(StartError, match="There is no data folder"):
        list(exported_account(config, "ann"))
    assert not (tmp_path / "nowhere").exists()
