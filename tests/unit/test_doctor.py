"""What the doctor finds, and the command that it names for it."""

import contextlib
import datetime as dt
import os
import resource
import socket
import sqlite3

import pytest
from tests.e2e.program import free_port
from tests.store.conftest import Make

from rookery import doctor
from rookery.cli import main
from rookery.config import load
from rookery.core.clock import first_id_at
from rookery.net.self_signed import make
from rookery.net.tls import self_signed
from rookery.store.base import Batch, UploadRow
from rookery.store.sqlite import SqliteStore


@pytest.fixture
def data(tmp_path):
    """Return the folder of a server that was stopped."""
    folder = tmp_path / "data"
    _keep(folder, Batch())
    return folder


def _keep(folder, batch):
    store = SqliteStore.open(folder)
    store.load()
    store.commit(batch)
    store.close()


def _found(folder, **settings):
    flags = {"server.data": folder, "server.port": free_port()}
    flags |= {name.replace("__", "."): value for name, value in settings.items()}
    return {one.subject: one for one in doctor.findings(load(flags, {}, None))}


def test_all_is_well(data):
    """Nothing needs mending on a folder that a server has left."""
    found = _found(data)
    assert [one for one in found.values() if one.remedy] == []
    assert found["database"].text == "whole, with 0 messages"


def test_first_start(tmp_path):
    """Before the first start nothing is there, and nothing is made by looking."""
    found = _found(tmp_path / "new" / "data", tls__enabled=True)
    assert [one for one in found.values() if one.remedy] == []
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("name", "mode", "mended"), ((".", 0o755, "chmod 700 "), ("rookery.db", 0o644, "chmod 600 "))
)
def test_folder_that_others_may_read(data, name, mode, mended):
    """What others may read is named, with its chmod."""
    (data / name).chmod(mode)
    assert _found(data)["data folder"].remedy == f"{mended}{data / name}"


def test_running_server(data):
    """A server that runs is told by its pid; where it does not answer, its port is asked for."""
    store = SqliteStore.open(data)
    with contextlib.closing(store):
        found = _found(data)
        assert found["lock"] == ("lock", f"a server is running (pid {os.getpid()})", "")
        assert found["port"].remedy.startswith("rookery doctor --port PORT, ")
        assert f"kill {os.getpid()}, " in found["port"].remedy
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            assert _found(data, server__port=port)["port"].remedy == ""


def test_port_of_another_program(data):
    """A port that is taken names a free one to start with."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        remedy = _found(data, server__port=port)["port"].remedy
    assert remedy == f"rookery serve --port {port + 1}"


def test_damaged_database(data):
    """A damaged database is to be restored."""
    (data / "rookery.db").write_bytes(b"\xff" * 8192)
    assert _found(data)["database"].remedy == f"rookery restore FILE --data {data} --replace"


def test_old_schema(data):
    """A database of an older program is fine: the next start brings it up to date."""
    with contextlib.closing(sqlite3.connect(data / "rookery.db")) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert "the next start makes it" in _found(data)["schema"].text
    with contextlib.closing(sqlite3.connect(data / "rookery.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert _found(data)["database"].remedy == "pip install --upgrade rookery"


def test_full_disk(data, monkeypatch):
    """Too little room names what shows where it went."""
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", 1 << 62)
    assert _found(data)["disk"].remedy.startswith("du -xh ")


def test_certificates(data, tmp_path, monkeypatch):
    """One that is about to expire, or that cannot be served, is to be renewed."""
    own = self_signed(data, [])
    assert _found(data, tls__enabled=True)["certificate"].remedy == ""
    monkeypatch.setattr(doctor, "EXPIRES_SOON_DAYS", 5000)
    assert _found(data, tls__enabled=True)["certificate"].remedy == f"rm {own.cert} {own.key}"
    given = {"tls__cert": own.cert, "tls__key": own.key}
    assert _found(data, **given)["certificate"].remedy == "sudo certbot renew"
    monkeypatch.undo()
    own.key.write_bytes(make(["other"]).key_pem)
    found = _found(data, **given)["certificate"]
    assert "does not belong" in found.text
    assert found.remedy == "sudo certbot renew"


def test_clock_that_is_behind(data):
    """A clock behind the newest message is to be set."""
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    message = Make().message(first_id_at(int(ahead.timestamp() * 1000)))
    _keep(data, Batch(messages=[message]))
    assert _found(data)["clock"].remedy == "sudo timedatectl set-ntp true"


def test_too_few_files(data, monkeypatch):
    """A limit of files below the limit of connections is to be raised."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (100, 100))
    assert _found(data)["open files"].remedy == "sudo prlimit --pid $$ --nofile=10128"


def test_settings_that_cannot_be_used(tmp_path, capsys):
    """A mistake in the settings is the first thing to mend, and the only one that is told."""
    config = tmp_path / "rookery.toml"
    config.write_text("[server]\nport = 70000\n", encoding="utf-8")
    assert main(["doctor", "--config", str(config)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(" 1 FAIL settings ")
    assert "mend it: rookery config check" in out


def test_every_finding_is_numbered(data, capsys):
    """The checks are a list with numbers; 0 is the exit code when all is well."""
    assert main(["doctor", "--data", str(data), "--port", str(free_port())]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*map(str, range(1, 13)), "No"]
    assert lines[-1] == "No problems found."


def test_uploads(data):
    """How much of the room is used; when little is left, older files must go."""
    assert _found(data)["uploads"].text == "0 of 8192 MiB are used"
    row = UploadRow("p1", "ann", "rook.png", "image/png", 95 << 20, 10)
    _keep(data, Batch(uploads={"p1": row}))
    nearly = _found(data, uploads__total_bytes=100 << 20)["uploads"]
    assert (nearly.text, bool(nearly.remedy)) == ("95 of 100 MiB are used", True)


def test_uploads_that_cannot_be(data):
    """Off, or without TLS for other computers: said, and nothing to mend."""
    assert _found(data, uploads__enabled=False)["uploads"] == ("uploads", "off", "")
    open_host = _found(data, server__host="0.0.0.0")["uploads"]
    assert open_host.text == "from this computer only: from others they need TLS"
