"""`rookery serve` from start to stop."""

import contextlib
import json
import socket
import stat

from tests.e2e.program import ROOKERY, environment, run
from tests.e2e.terminal import Terminal
from tests.e2e.waits import END_S, SEEN_S, START_S


def test_banner_on_a_terminal(tmp_path):
    """On a terminal the start says where the chat is, word for word, and Ctrl-C stops it."""
    home = tmp_path / "home"
    terminal = Terminal([*ROOKERY, "serve", "--port", "0"], environment(home))
    with contextlib.closing(terminal):
        terminal.wait_until(
            lambda lines, _: any("Stop with Ctrl-C." in line for line in lines), START_S, "banner"
        )
        shown = [line for line in terminal.lines() if line]
        port = shown[2].rpartition(" ")[2]
        others = f"rookery serve --host 0.0.0.0 --port {port}"
        assert shown[:6] == [
            "Rookery 0.1 · data in ~/data/rookery (new) · no config file, using defaults",
            f"  Web page   http://localhost:{port}/",
            f"  Terminal   rookery chat --port {port}",
            f"  IRC app    localhost port {port}",
            f"  Listening on this computer only. For others: {others}",
            "  Stop with Ctrl-C.",
        ]
        socket.create_connection(("127.0.0.1", int(port)), timeout=SEEN_S).close()
        terminal.keys("\x03")
        assert terminal.wait_exit() == 0
        assert not [line for line in terminal.lines() if "Traceback" in line]


def test_log_lines_elsewhere(server):
    """Not on a terminal the server writes log lines; port 0 takes a free port and tells it."""
    server.start()
    assert server.port > 0
    server.stop()
    assert [line for line in server.log.lines() if "event=" not in line] == []


def test_port_in_use(server, tmp_path):
    """A port that is taken is one sentence with its remedy, and exit code 1."""
    server.start()
    second = run(tmp_path / "x", "serve", "--port", str(server.port), "--data", str(tmp_path / "y"))
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Port {server.port} is in use by another program. "
        f"Try: rookery serve --port {server.port + 1}\n"
    )


def test_data_folder_in_use(server, tmp_path):
    """Two servers never share a data folder; the second one says who has it."""
    server.start()
    second = run(tmp_path / "x", "serve", "--port", "0", "--data", str(server.data))
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Another Rookery (pid {server.process.pid}) uses {server.data}. "
        "Stop it, or start with another folder: rookery serve --data OTHER\n"
    )


def test_sigterm_drains(server, irc):
    """SIGTERM tells every client, keeps what was said just before, and ends with 0."""
    server.start()
    ada, bob = irc().sign_in("ada").join("#yard"), irc().sign_in("bob").join("#yard")
    ada.send("PRIVMSG #yard :the last word")
    bob.expect("the last word")
    server.tell_to_stop()
    for one in (ada, bob):
        assert one.expect_end()[-1] == "ERROR :Shutting down"
    assert server.process.wait(END_S) == 0
    assert "event=stopped" in server.log.rest()
    server.start_again()
    again = irc().sign_in("cleo", "batch draft/chathistory server-time").join("#yard")
    again.send("CHATHISTORY LATEST #yard * 10")
    assert "ada" in again.expect("the last word")


def test_sigterm_drains_without_anybody(server):
    """A server with no client stops at once."""
    server.start()
    assert server.stop() == 0


def test_reload(server, irc):
    """SIGHUP takes changed settings and files for the next client, also when sent again."""
    motd = server.config.with_name("motd.txt")
    motd.write_text("Welcome to the first day\n", encoding="utf-8")
    server.start(config=f'[server]\nmotd_file = "{motd}"\n')
    ada = irc().sign_in("ada")
    ada.expect("372 .*Welcome to the first day")
    motd.write_text("Welcome to the second day\n", encoding="utf-8")
    server.reload()
    server.log.expect('event="settings reloaded"')
    irc().sign_in("bob").expect("372 .*Welcome to the second day")
    ada.not_seen("ERROR")


def test_reload_of_a_mistake(server, irc):
    """A mistake in the new settings keeps the old ones, and is logged as a sentence."""
    motd = server.config.with_name("motd.txt")
    motd.write_text("Still here\n", encoding="utf-8")
    server.start(config=f'[server]\nmotd_file = "{motd}"\n')
    ada = irc().sign_in("ada")
    for mistake in ("this is no TOML", "[limits]\noutbox_bytes = 1\n", "[server]\nmot_file = 1\n"):
        server.config.write_text(mistake, encoding="utf-8")
        reported = server.log.text().count("settings not reloaded")
        server.reload()
        server.log.expect(rf'(?s)(settings not reloaded.*?){{{reported + 1}}}reason="[^"]+')
    assert "Traceback" not in server.log.text()
    irc().sign_in("bob").expect("372 .*Still here")
    ada.not_seen("ERROR")


def test_config_check(tmp_path):
    """`config check` finds a mistake without starting anything: exit code 78 and its place."""
    config = tmp_path / "rookery.toml"
    config.write_text("[server]\nport = 7000\n", encoding="utf-8")
    fine = run(tmp_path / "home", "config", "check", "--config", str(config))
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "Config is fine.\n", "")
    config.write_text("[server]\nport = 70000\n", encoding="utf-8")
    bad = run(tmp_path / "home", "config", "check", "--config", str(config))
    assert (bad.returncode, bad.stdout) == (78, "")
    assert "server.port" in bad.stderr
    assert len(bad.stderr.splitlines()) == 1


def test_config_show(tmp_path):
    """`config show` names each value's origin; a flag wins over the environment over the file."""
    config = tmp_path / "rookery.toml"
    config.write_text('[server]\nport = 7000\nname = "a.b"\nnetwork = "N"\n', encoding="utf-8")
    shown = run(
        tmp_path / "home",
        *("config", "show", "--json", "--config", str(config), "--port", "9000"),
        ROOKERY_SERVER_PORT="8000",
        ROOKERY_SERVER_NAME="c.d",
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    rows = json.loads(shown.stdout)
    values = {name: row["value"] for name, row in rows.items()}
    assert [values[f"server.{name}"] for name in ("port", "name", "network")] == [9000, "c.d", "N"]
    origins = [rows[f"server.{name}"]["origin"] for name in ("port", "name", "network", "host")]
    assert origins == ["--port", "ROOKERY_SERVER_NAME", f"{config} line 4", "default"]


def test_data_folder_is_private(server, irc):
    """The data folder has mode 0700 and every file in it 0600."""
    server.start("--tls")
    irc().sign_in("ada", password="secret1").catch_up()
    files = [path for path in server.data.rglob("*") if path.is_file()]
    assert len(files) >= 4
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in files}
    assert modes == dict.fromkeys(modes, "0o600")
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_ephemeral_keeps_nothing(server, irc):
    """With --ephemeral the server makes no data folder."""
    server.start("--ephemeral")
    irc().sign_in("ada", password="secret1").catch_up()
    assert server.stop() == 0
    assert not server.data.exists()
