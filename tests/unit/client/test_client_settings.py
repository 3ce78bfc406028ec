from pathlib import Path

import pytest

from rookery.client.client_settings import Settings, read, server_of, usual_path
from rookery.client.notify import Way
from rookery.errors import ConfigError

WHOLE = """
theme = "light"
notifications = ["bell"]
mouse = false
server = "work"

[servers.work]
host = "chat.example.org"
port = 8081
user = "alice"
password_file = "~/secret"

[keys]
jump = "Ctrl-G"
help = ["F1", "F2"]
"""


@pytest.fixture
def config(tmp_path):
    """Return a function: TOML in, the path of the file out."""

    def write(text):
        path = tmp_path / "client.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_no_file_is_the_defaults(tmp_path):
    """Nothing has to be set."""
    assert read(tmp_path / "none.toml") == Settings()


def test_whole_file(config):
    """All of it is read as it stands there."""
    settings = read(config(WHOLE))
    assert settings.theme == "light"
    assert settings.notifications == {Way.BELL}
    assert settings.mouse is False
    assert settings.keys == {"jump": ["Ctrl-G"], "help": ["F1", "F2"]}
    assert server_of(settings, settings.server) == {
        "host": "chat.example.org",
        "port": 8081,
        "user": "alice",
        "password_file": Path("~/secret").expanduser(),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    (
        ("themes = 'dark'", "themes is no setting. Did you mean theme?"),
        ("theme = 'pink'", "theme must be one of dark, light, high-contrast."),
        ("notifications = 'bell'", "notifications must be a list of bell, terminal, desktop."),
        ("server = 'home'", 'server = "home", but no [servers.home]'),
        ("servers = 1", "servers is no table. Write [servers]."),
        ("[servers]\nwork = 'x'", "[servers] work is no table. Write [servers.work]."),
        ("[servers.work]\nhots = 'x'", "servers.work.hots is no setting. Did you mean host?"),
        ("[servers.work]\nport = 0", "servers.work.port must be a number from 1 to 65535."),
        ("[servers.work]\nport = true", "servers.work.port must be a number from 1 to 65535."),
        ("[keys]\njump = 1", 'keys.jump must be a key or a list of keys, as in "Ctrl-K".'),
        ("theme = ", "Mend it or move it away."),
    ),
)
def test_mistakes_are_named_with_their_remedy(config, text, sentence):
    """One sentence that names the file, the setting and what would do."""
    path = config(text)
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert sentence in str(caught.value)


def test_unknown_server_names_those_there_are(config):
    """A slip in `rookery tui NAME` shows what there is."""
    with pytest.raises(ConfigError, match=r"no \[servers.wrok\]. Known: work."):
        server_of(read(config(WHOLE)), "wrok")


def test_where_the_file_is_looked_for():
    """The variable counts first, then the XDG folder, then the usual one."""
    assert usual_path({"ROOKERY_CLIENT_CONFIG": "/x/y.toml"}) == Path("/x/y.toml")
    assert usual_path({"XDG_CONFIG_HOME": "/c"}) == Path("/c/rookery/client.toml")
    assert usual_path({}) == Path.home() / ".config/rookery/client.toml"
