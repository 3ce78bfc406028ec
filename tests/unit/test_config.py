import json

import pytest

from rookery.config import load, needing_restart, settings, shown, value_of
from rookery.errors import ConfigError

NOTHING = {"HOME": "/home/ann"}


def load_file(tmp_path, text, flags=None, environ=None):
    """Return what these give together with a file that holds `text`."""
    path = tmp_path / "rookery.toml"
    path.write_text(text)
    return load(flags or {}, NOTHING | (environ or {}), path)


def sentence(tmp_path, text, **more):
    """Return what is told about the mistake, the file without its folder."""
    with pytest.raises(ConfigError) as caught:
        load_file(tmp_path, text, **more)
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_without_anything_given_every_setting_has_its_default(tmp_path):
    """An empty file leaves the defaults, and each origin says so."""
    loaded = load_file(tmp_path, "")
    assert set(loaded.origins.values()) == {"default"}
    assert list(loaded.origins) == [setting.name for setting in settings()]
    assert str(loaded.config.server.data) == "/home/ann/.local/share/rookery"
    assert loaded.config.limits.outbox_bytes == 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("flags", "environ", "text", "port", "origin"),
    (
        ({"server.port": "1"}, {"ROOKERY_SERVER_PORT": "2"}, "server.port = 3", 1, "--port"),
        ({"server.port": None}, {"ROOKERY_SERVER_PORT": "2"}, "server.port = 3", 2, None),
        ({}, {}, "\n[server]\nport = 3", 3, "rookery.toml line 3"),
        ({}, {}, "", 8080, "default"),
    ),
)
def test_precedence(tmp_path, flags, environ, text, port, origin):
    """A flag wins over the environment, that over the file, that over the default."""
    loaded = load_file(tmp_path, text, flags, environ)
    assert loaded.config.server.port == port
    found = loaded.origins["server.port"].replace(f"{tmp_path}/", "")
    assert found == (origin or "ROOKERY_SERVER_PORT")


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        (
            "[server]\nport = 65536",
            (
                "server.port (rookery.toml line 2) is 65536, "
                "but must be a whole number from 0 to 65535."
            ),
        ),
        (
            '[server]\nport = "8080"',
            (
                'server.port (rookery.toml line 2) is "8080", '
                "but must be a whole number from 0 to 65535."
            ),
        ),
        (
            "tls.enabled = 1",
            "tls.enabled (rookery.toml line 1) is 1, but must be true or false.",
        ),
        (
            '[names]\nunclaimed = "drop"',
            'names.unclaimed (rookery.toml line 2) is "drop", but must be "keep" or "refuse".',
        ),
        (
            "[limits]\nping_interval_s = 0",
            (
                "limits.ping_interval_s (rookery.toml line 2) is 0, "
                "but must be a number from 0.1 to 3600 (s)."
            ),
        ),
        (
            '[server]\ndata = ""',
            'server.data (rookery.toml line 2) is "", but must be a path.',
        ),
        (
            "[limits]\n# a comment\noutbox_byte = 1",
            (
                "Unknown setting limits.outbox_byte (rookery.toml line 3). "
                "Did you mean limits.outbox_bytes?"
            ),
        ),
        (
            "port = 1",
            "Unknown setting port (rookery.toml line 1). Did you mean server.port?",
        ),
        (
            "[severe]\nport = 1",
            "Unknown setting severe.port (rookery.toml line 2). Did you mean server.port?",
        ),
        (
            "[zzz]",
            'Unknown setting zzz (rookery.toml line 1). "rookery config show" lists all settings.',
        ),
        (
            "server = 1",
            (
                "server (rookery.toml line 1) is 1, but must be a table: "
                "write [server] on a line of its own and its settings below."
            ),
        ),
        (
            '[tls]\ncert = "cert.pem"',
            "tls.cert (rookery.toml line 2) is set without tls.key: give both.",
        ),
        (
            '[tls]\nkey = "key.pem"',
            "tls.key (rookery.toml line 2) is set without tls.cert: give both.",
        ),
    ),
)
def test_a_mistake_is_one_sentence(tmp_path, text, expected):
    """It names the setting, where it is set, what was found and what would do."""
    assert sentence(tmp_path, text) == expected


def test_a_mistake_counts_where_another_origin_overrules_it(tmp_path):
    """A wrong value in the file is told also when a flag would win."""
    text = sentence(tmp_path, "server.port = -1", flags={"server.port": "80"})
    assert text.startswith("server.port (rookery.toml line 1) is -1")


@pytest.mark.parametrize(
    ("environ", "expected"),
    (
        (
            {"ROOKERY_SERVER_PORT": "many"},
            (
                'server.port (ROOKERY_SERVER_PORT) is "many", '
                "but must be a whole number from 0 to 65535."
            ),
        ),
        (
            {"ROOKERY_LIMITS_OUTBOX": "1"},
            (
                "Unknown setting limits.outbox (ROOKERY_LIMITS_OUTBOX). "
                "Did you mean limits.outbox_bytes?"
            ),
        ),
    ),
)
def test_a_mistake_in_the_environment_names_the_variable(tmp_path, environ, expected):
    """So that it can be found in a unit file or a shell's profile."""
    assert sentence(tmp_path, "", environ=environ) == expected


def test_other_programs_variables_are_left_alone(tmp_path):
    """The client's password, and what a service manager sets for a service named rookery."""
    environ = {"ROOKERY_PASSWORD": "x", "ROOKERY_SERVICE_HOST": "10.0.0.1", "ROOKERY_PORT": "tcp"}
    assert set(load_file(tmp_path, "", environ=environ).origins.values()) == {"default"}


def test_text_from_the_environment_becomes_the_setting_type(tmp_path):
    """Numbers, yes or no, words and paths are all text in an environment."""
    environ = {
        "ROOKERY_LIMITS_ENABLED": "false",
        "ROOKERY_LIMITS_LINES_PER_S": "2.5",
        "ROOKERY_LOG_LEVEL": "debug",
        "ROOKERY_SERVER_MOTD_FILE": "~/motd",
        "ROOKERY_SERVER_PASSWORD_FILE": "",
    }
    config = load_file(tmp_path, "", environ=environ).config
    assert config.limits.enabled is False
    assert config.limits.lines_per_s == 2.5
    assert config.log.level == "debug"
    assert str(config.server.motd_file) == "/home/ann/motd"
    assert config.server.password_file is None


def test_a_path_in_the_file_is_relative_to_the_file(tmp_path):
    """A service's working directory is none that an operator thinks of."""
    config = load_file(tmp_path, '[server]\nmotd_file = "motd"\ndata = "."').config
    assert config.server.motd_file == tmp_path / "motd"
    assert config.server.data == tmp_path


def test_data_folder_follows_xdg(tmp_path):
    """XDG_DATA_HOME moves the default, and is named as its origin."""
    loaded = load_file(tmp_path, "", environ={"XDG_DATA_HOME": "/srv"})
    assert str(loaded.config.server.data) == "/srv/rookery"
    assert loaded.origins["server.data"] == "XDG_DATA_HOME"


def test_a_certificate_turns_tls_on(tmp_path):
    """Who gives a certificate wants it used, unless they say otherwise."""
    pair = {"tls.cert": "c.pem", "tls.key": "k.pem"}
    loaded = load_file(tmp_path, "", pair)
    assert loaded.config.tls.enabled
    assert loaded.origins["tls.enabled"] == "tls.cert"
    assert not load_file(tmp_path, "tls.enabled = false", pair).config.tls.enabled


def test_reload_reads_the_file_again(tmp_path):
    """Flags and environment stay as they were at the start."""
    loaded = load_file(tmp_path, "server.port = 1", {"log.level": "error"})
    (tmp_path / "rookery.toml").write_text("server.port = 2")
    again = loaded.reload()
    assert (again.config.server.port, again.config.log.level) == (2, "error")
    assert needing_restart(loaded.config, again.config) == ["server.port"]
    assert needing_restart(loaded.config, loaded.config) == []


def test_what_is_shown_can_be_put_into_a_file(tmp_path):
    """Writing every shown value into a file gives the same configuration."""
    loaded = load_file(tmp_path, "", {"server.motd_file": "/etc/motd", "limits.enabled": False})
    names = [setting.name for setting in settings()]
    text = "\n".join(f"{name} = {shown(value_of(loaded.config, name))}" for name in names)
    assert load_file(tmp_path, text).config == loaded.config
    assert json.loads(shown(True)) is True
