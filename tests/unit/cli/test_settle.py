import json

import pytest

from rookery.cli import main
from rookery.config import settings


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Return a config file, empty at first, that the commands find by themselves."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "rookery" / "rookery.toml"
    path.parent.mkdir()
    path.touch()
    return path


def test_show_names_each_origin(file, capsys):
    """One aligned line for each setting."""
    file.write_text("server.port = 9")
    assert main(["config", "show", "--host", "::1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list(settings()))
    assert lines[0].split() == ["server.host", '"::1"', "--host"]
    assert lines[1].split(maxsplit=2) == ["server.port", "9", f"{file} line 1"]
    assert {line.index(" ") < line.index("default") for line in lines[3:]} == {True}
    assert len({line.index("default", 34) for line in lines[3:]}) == 1


def test_show_as_json(file, capsys):
    """For programs: value and origin by name."""
    assert main(["config", "show", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows["server.port"] == {"value": 8080, "origin": "default"}
    assert rows["tls.cert"]["value"] is None


def test_check_of_a_config_that_is_fine(file, capsys):
    """Nothing is started and nothing is made."""
    assert main(["config", "check"]) == 0
    assert capsys.readouterr().out == "Config is fine.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("server.prot = 1", "Unknown setting server.prot"),
        ("server.motd_file = 'gone'", "server.motd_file: There is no file"),
        ("server.password_file = 'gone'", "server.password_file: There is no file"),
        ("tls.cert = 'gone'\ntls.key = 'gone'", "tls.cert: There is no file"),
    ),
)
def test_check_of_a_mistake_is_78(file, capsys, text, expected):
    """The first mistake is told, also in what the settings name."""
    file.write_text(text)
    assert main(["config", "check"]) == 78
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(expected)
    assert output.err.count("\n") == 1
