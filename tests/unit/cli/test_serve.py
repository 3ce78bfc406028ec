import sys
from types import SimpleNamespace

import pytest

from rookery.cli import main
from rookery.config import settings


@pytest.fixture
def serve(monkeypatch, tmp_path):
    """Return a function that runs `rookery serve` and returns what the server was given."""
    given = []

    def run(loaded):
        given.append(loaded)
        return 0

    monkeypatch.setitem(sys.modules, "rookery.server", SimpleNamespace(run=run))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)

    def serve(*arguments):
        assert main(["serve", *arguments]) == 0
        return given.pop()

    return serve


def test_without_flags_all_are_defaults(serve):
    """A flag that is not given has no say, also one that turns something off."""
    assert set(serve().origins.values()) == {"default"}


def test_every_flag_sets_its_setting(serve):
    """Each flag of the table arrives, and is named as the origin."""
    words = {
        "--host": "0.0.0.0",
        "--port": "0",
        "--data": "/d",
        "--tls-cert": "/c",
        "--tls-key": "/k",
        "--log-level": "debug",
        "--log-format": "json",
        "--metrics-port": "9000",
    }
    bare = ("--tls", "--ephemeral", "--no-limits", "--no-web")
    loaded = serve(*(word for pair in words.items() for word in pair), *bare)
    config = loaded.config
    flags = {setting.flag: setting.name for setting in settings() if setting.flag}
    assert set(flags) == {*words, *bare}
    assert {loaded.origins[name] for name in flags.values()} == set(flags)
    assert (config.server.host, config.server.port) == ("0.0.0.0", 0)
    assert (config.tls.enabled, config.server.is_ephemeral) == (True, True)
    assert (config.limits.enabled, config.web.enabled) == (False, False)
    assert (config.log.level, config.log.format) == ("debug", "json")
    assert [str(path) for path in (config.server.data, config.tls.cert)] == ["/d", "/c"]


def test_config_file_by_flag_or_variable(serve, monkeypatch, tmp_path):
    """`--config` wins over ROOKERY_CONFIG."""
    for name, port in (("one", 1), ("two", 2)):
        (tmp_path / name).write_text(f"server.port = {port}")
    monkeypatch.setenv("ROOKERY_CONFIG", str(tmp_path / "one"))
    assert serve().config.server.port == 1
    assert serve("--config", str(tmp_path / "two")).config.server.port == 2
