import pytest

from rookery.config_file import Entry, find_file, home, read_file
from rookery.errors import ConfigError


def test_values_come_with_the_lines_they_stand_on(tmp_path):
    """Tables, dotted keys, quoted keys and comments; an empty table is an entry itself."""
    path = tmp_path / "rookery.toml"
    path.write_text(
        "server.port = 1\n\n[ tls ] # encryption\n'cert' = 'x' # cert\n[names]\n[log]\nlevel='info'"
    )
    assert list(read_file(path)) == [
        Entry("server.port", 1, 1),
        Entry("tls.cert", "x", 4),
        Entry("names", {}, 5),
        Entry("log.level", "info", 7),
    ]


def test_a_value_whose_line_cannot_be_told_has_none(tmp_path):
    """An inline table holds several settings in one line."""
    path = tmp_path / "rookery.toml"
    path.write_text("server = {port = 1}")
    assert list(read_file(path)) == [Entry("server.port", 1, None)]


@pytest.mark.parametrize(
    ("content", "expected"),
    (
        (b"[server]\nport =", "PATH is not valid TOML: Invalid value (at end of document)."),
        (b"\xff", "--config: PATH is not UTF-8 text; save it as UTF-8."),
        (None, "--config: There is no file PATH; check the path."),
    ),
)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, content, expected):
    """It names the file, and the line where there is one."""
    path = tmp_path / "rookery.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        list(read_file(path))
    assert str(caught.value) == expected.replace("PATH", str(path))


def test_a_folder_is_no_file(tmp_path):
    """Naming the folder instead of the file in it is an easy slip."""
    with pytest.raises(ConfigError, match="is a folder; name the file in it"):
        list(read_file(tmp_path))


def test_invalid_toml_names_the_line(tmp_path):
    """The place comes from the parser."""
    path = tmp_path / "rookery.toml"
    path.write_text("[server]\nport 1")
    with pytest.raises(ConfigError, match="at line 2, column 6"):
        list(read_file(path))


def test_the_own_file_is_found_before_the_system_file(tmp_path):
    """First $XDG_CONFIG_HOME, then ~/.config, then the system's; none is no mistake."""
    system = tmp_path / "system.toml"
    environ = {"HOME": str(tmp_path)}
    assert find_file(environ, system) is None
    system.touch()
    assert find_file(environ, system) == system
    own = tmp_path / ".config" / "rookery" / "rookery.toml"
    own.parent.mkdir(parents=True)
    own.touch()
    assert find_file(environ, system) == own
    elsewhere = environ | {"XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}
    assert find_file(elsewhere, system) == system


def test_home_without_a_variable_is_the_accounts():
    """A service may be started without HOME."""
    assert home({}).is_absolute()
