import pytest

from rookery.client.options import Options
from rookery.errors import ClientError


def options(host="h", password_file=None):
    """Return options."""
    return Options(host, 8080, None, None, None, password_file, None)


def test_password_of_a_file(tmp_path, monkeypatch):
    """The first line counts, and before the environment."""
    monkeypatch.setenv("ROOKERY_PASSWORD", "of the environment")
    path = tmp_path / "password"
    path.write_text("secret\nsecond\n")
    assert options(password_file=path).given_password() == "secret"
    assert options().given_password() == "of the environment"


def test_no_password(monkeypatch):
    """An empty variable is none."""
    monkeypatch.setenv("ROOKERY_PASSWORD", "")
    assert options().given_password() is None


@pytest.mark.parametrize("content", (None, "", "\nsecond"))
def test_password_file_without_one(tmp_path, content):
    """A file without a password is said so."""
    path = tmp_path / "password"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ClientError, match="password file"):
        options(password_file=path).given_password()


def test_address():
    """IPv6 has brackets, so that the port is seen."""
    assert options("::1").address == "[::1]:8080"
    assert options().address == "h:8080"
