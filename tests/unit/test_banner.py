import pytest

from rookery.banner import banner
from rookery.config import load

ENVIRON = {"HOME": "/home/ann", "XDG_CONFIG_HOME": "/nowhere"}


@pytest.fixture
def make(tmp_path):
    """Return a function that prints a banner from flags and what differs from a plain start."""

    def make(flags=None, *, text=None, port=8080, **more):
        file = None
        environ = ENVIRON
        if text is not None:
            file = tmp_path / "rookery.toml"
            file.write_text(text)
        loaded = load(flags or {}, environ, file)
        facts = {"machine": "nest", "is_new_data": False, "fingerprint": None, "is_web": False}
        return banner(loaded, loaded.config.server.host, port, **(facts | more))

    return make


def test_a_first_start(make):
    """The banner of PRODUCT.md, without the client that does not exist yet."""
    assert make(is_new_data=True, is_web=True) == (
        "Rookery 0.1 · data in ~/.local/share/rookery (new) · no config file, using defaults\n"
        "\n"
        "  Web page   http://localhost:8080/\n"
        "  Terminal   rookery chat --port 8080\n"
        "  IRC app    localhost port 8080\n"
        "\n"
        "  Listening on this computer only. For others: rookery serve --host 0.0.0.0\n"
        "  Stop with Ctrl-C.\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("host", "terminal", "app", "page"),
    (
        ("127.0.0.1", "rookery chat --port 8080", "localhost", "http://localhost:8080/"),
        ("localhost", "rookery chat --port 8080", "localhost", "http://localhost:8080/"),
        ("::1", "rookery chat --host ::1 --port 8080", "::1", "http://[::1]:8080/"),
        ("0.0.0.0", "rookery chat --host nest --port 8080", "nest", "http://nest:8080/"),
        ("::", "rookery chat --host nest --port 8080", "nest", "http://nest:8080/"),
        (
            "10.0.0.7",
            "rookery chat --host 10.0.0.7 --port 8080",
            "10.0.0.7",
            "http://10.0.0.7:8080/",
        ),
        (
            "chat.lan",
            "rookery chat --host chat.lan --port 8080",
            "chat.lan",
            "http://chat.lan:8080/",
        ),
    ),
)
def test_every_address_can_be_used_as_it_is_printed(make, host, terminal, app, page):
    """What stands for all addresses is replaced by the computer's name."""
    lines = make({"server.host": host}, is_web=True).splitlines()
    assert lines[2:5] == [
        f"  Web page   {page}",
        f"  Terminal   {terminal}",
        f"  IRC app    {app} port 8080",
    ]


def test_an_open_start_without_encryption_says_so(make):
    """Whoever opens the server to a network hears who can read along."""
    text = make({"server.host": "0.0.0.0"})
    assert "Not encrypted: others on the network can read along. Add: --tls" in text
    assert "this computer only" not in text


def test_tls_shows_the_fingerprint(make):
    """People compare it with what their client shows."""
    text = make({"server.host": "0.0.0.0"}, fingerprint="AB:CD", is_web=True)
    assert "  TLS        SHA-256 AB:CD\n" in text
    assert "  IRC app    nest port 8080 (TLS or plain)\n" in text
    assert "https://nest:8080/" in text
    assert "Not encrypted" not in text


def test_the_first_line_says_what_is_kept_and_where_settings_come_from(make, tmp_path):
    """A config file is named, and an ephemeral server says that it keeps nothing."""
    text = make({"server.is_ephemeral": True}, text="")
    assert text.splitlines()[0] == (
        f"Rookery 0.1 · nothing is kept on disk · settings from {tmp_path}/rookery.toml"
    )


def test_the_remedy_keeps_an_unusual_port(make):
    """The command for others starts the same server."""
    assert "rookery serve --host 0.0.0.0 --port 9000\n" in make(port=9000)
