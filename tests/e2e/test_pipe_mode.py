"""Without a terminal: `rookery chat` in a pipe, `rookery send`, `rookery tail`, and exit codes."""

import contextlib
import json
import re
import signal
import subprocess

import pytest
from tests.e2e.output import Output
from tests.e2e.program import ROOKERY, environment, free_port, run
from tests.e2e.waits import AWAY_S, END_S

HOST = ("--host", "127.0.0.1")


@pytest.fixture
def rookery(server, tmp_path):
    """Return a function that runs `rookery COMMAND ...` of somebody at the server to its end."""

    def rookery(who, command, *arguments, text="", **variables):
        where = (*HOST, "--port", str(server.port))
        return run(tmp_path / f"home-{who}", command, *where, *arguments, text=text, **variables)

    return rookery


@pytest.fixture
def background(tmp_path):
    """Return a function that starts `rookery` and gives its process, output and errors."""
    with contextlib.ExitStack() as processes:

        def background(who, *arguments):
            process = processes.enter_context(
                subprocess.Popen(
                    [*ROOKERY, *arguments],
                    env=environment(tmp_path / f"home-{who}"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            processes.callback(process.kill)
            return process, Output(process.stdout), Output(process.stderr)

        yield background


def test_each_line_is_a_command(server, rookery, irc):
    """The first line is the name, each further one a command; nothing but plain lines comes out."""
    server.start()
    ada = irc().sign_in("ada").join("#teamchat")
    done = rookery(
        "Alice",
        "chat",
        text="Alice\nwho\njoin teamchat\nHello team!\nexit\nleave\nmessage ada psst\nexit\n",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Username:",
        f'Connected to 127.0.0.1:{server.port}. You are Alice. Type "help" for the commands.',
        "2 people are here: ada, Alice (you).",
        'Joined teamchat: ada, Alice. Type "leave" to go back.',
        "Alice (in teamchat): Hello team!",
        "Alice (in teamchat): exit",
        '("exit" was sent to the room. Type "leave" first, then "exit".)',
        "Left teamchat.",
        "Sent to ada.",
    ]
    ada.expect("PRIVMSG #teamchat :Hello team!")
    ada.expect("PRIVMSG ada psst|PRIVMSG ada :psst")


def test_the_end_of_the_input_waits_for_the_acknowledgements(server, rookery, irc):
    """Whatever is piped in is stored, in order, before the client ends with 0."""
    server.start("--no-limits")
    ada = irc().sign_in("ada", "batch server-time").join("#log")
    lines = [f"line {number} of the build" for number in range(500)]
    done = rookery("Alice", "chat", "--user", "Alice", text="\n".join(("join log", *lines)))
    assert (done.returncode, done.stderr) == (0, "")
    said = [line.rpartition(":")[2] for line in ada.catch_up() if " PRIVMSG #log " in line]
    assert said == lines
    assert [line for line in done.stdout.splitlines() if "line 499 of" in line] != []


def test_the_server_paces_and_loses_nothing(server, rookery, irc):
    """More lines than the server takes at once arrive all the same, only later."""
    server.start(config="[limits]\nlines_per_s = 100\nburst_lines = 20\n")
    ada = irc().sign_in("ada").join("#log")
    lines = [f"line {number}" for number in range(150)]
    done = rookery("Bot", "send", "--user", "bot", "#log", text="\n".join(lines))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    said = [line.rpartition(":")[2] for line in ada.catch_up() if " PRIVMSG #log " in line]
    assert said == lines


def test_send(server, rookery, irc):
    """`send` says its words or its input in a room or to a person, and is silent about success."""
    server.start()
    ada = irc().sign_in("ada").join("#ci")
    for arguments, text in (
        (("#ci", "build", "is", "green"), ""),
        (("#ci",), "one\n\ntwo\n"),
        (("ada", "for you"), ""),
    ):
        done = rookery("bot", "send", "--user", "bot", *arguments, text=text)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    ada.catch_up()
    said = [line.partition(" PRIVMSG ")[2] for line in ada.lines if ":bot!" in line]
    assert [text for text in said if text] == [
        "#ci :build is green",
        "#ci :one",
        "#ci :two",
        "ada :for you",
    ]


def test_send_to_who_is_away(server, rookery, irc):
    """`send` to a name that nobody has yet says so, with the room of that name where one is."""
    server.start()
    done = rookery("bot", "send", "--user", "bot", "zoe", "are you there?")
    assert done.returncode == 0
    kept = 'Nobody has signed in as "{}" yet: kept for whoever does.\n'
    assert done.stderr == kept.format("zoe")
    irc().sign_in("ada").join("#ci")
    done = rookery("bot", "send", "--user", "bot", "ci", "it is green")
    assert done.stderr == f"{kept.format('ci')}There is a room of that name: '#ci'\n"
    irc().sign_in("zoe").expect("are you there?")


@pytest.mark.parametrize("end", ("stop", "kill"))
def test_tail(server, irc, background, end):
    """`tail --json` prints each message as an object, also what came while the server was gone."""
    server.start()
    ada = irc().sign_in("ada").join("#ops")
    ada.send("PRIVMSG #ops :said before")
    ada.catch_up()
    where = (*HOST, "--port", str(server.port), "--user", "watch")
    process, shown, told = background("watch", "tail", *where, "--json", "--last", "5", "#ops")
    shown.expect("said before")
    ada.send('PRIVMSG #ops :caf\N{LATIN SMALL LETTER E WITH ACUTE} "quoted"')
    shown.expect("quoted")
    getattr(server, end)()
    told.expect("Connection lost")
    server.start_again()
    irc().sign_in("ben").join("#ops").send("PRIVMSG #ops :first after the restart")
    shown.expect("first after the restart", AWAY_S)
    process.send_signal(signal.SIGINT)
    assert process.wait(END_S) == 130
    rows = [json.loads(line) for line in shown.rest().splitlines()]
    assert [row["text"] for row in rows] == [
        "said before",
        'caf\N{LATIN SMALL LETTER E WITH ACUTE} "quoted"',
        "first after the restart",
    ]
    assert all(re.fullmatch(r"20\d\d-.*(Z|\+00:00)", row["time"]) for row in rows)
    assert "Traceback" not in told.rest()


def test_tail_ends_with_its_reader(server, irc, background):
    """`tail | head -1` ends when nobody reads any more."""
    server.start()
    ada = irc().sign_in("ada").join("#ops")
    where = (*HOST, "--port", str(server.port), "--user", "watch")
    head = subprocess.Popen(["head", "-n", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with (
        head,
        subprocess.Popen(
            [*ROOKERY, "tail", *where, "#ops"],
            env=environment(server.data.parent / "home-watch"),
            stdout=head.stdin,
            stderr=subprocess.PIPE,
        ) as tail,
    ):
        head.stdin.close()
        ada.expect(":watch!.* JOIN")
        ada.send("PRIVMSG #ops :one", "PRIVMSG #ops :two")
        assert head.stdout.read() == b"ada (in ops): one\n"
        head.wait(END_S)
        ada.send("PRIVMSG #ops :three", "PRIVMSG #ops :four")
        tail.wait(END_S)
        assert b"Traceback" not in tail.stderr.read()
        tail.kill()


def test_exit_code_2_for_wrong_usage(server, rookery):
    """Nothing to sign in with, or an option that there is not: 2."""
    server.start()
    nameless = rookery("x", "chat", text="")
    assert nameless.returncode == 2
    assert "rookery chat --user NAME" in nameless.stdout + nameless.stderr
    assert rookery("x", "chat", "--colour").returncode == 2
    assert rookery("x", "send").returncode == 2


@pytest.mark.parametrize(
    "command", (("chat",), ("send", "#ci", "text"), ("tail", "#ci")), ids=lambda words: words[0]
)
def test_exit_code_69_without_a_server(tmp_path, command):
    """Where nobody listens each of them ends with 69 and one sentence."""
    where = (*HOST, "--port", str(free_port()), "--user", "bot")
    done = run(tmp_path / "home", command[0], *where, *command[1:], text="who\n")
    assert (done.returncode, done.stdout) == (69, "")
    assert re.fullmatch(
        r"No server answers at .*Start one: rookery serve --port \d+\n", done.stderr
    )


def test_exit_code_75_for_what_is_not_acknowledged(server, background):
    """When the server has not confirmed everything, the client names it and ends with 75."""
    server.start()
    where = (*HOST, "--port", str(server.port), "--user", "Alice")
    process, shown, _ = background("Alice", "chat", *where)
    shown.expect("You are Alice.")
    server.kill()
    shown.expect("Connection lost.")
    process.stdin.write("message ada into the void\nexit\n")
    process.stdin.flush()
    assert process.wait(END_S) == 75
    shown.expect(r"^Not sent:\n  to ada: into the void$")


@pytest.mark.parametrize(
    "command", (("chat",), ("send", "#ci", "text"), ("tail", "#ci")), ids=lambda words: words[0]
)
def test_exit_code_77_for_who_is_refused(server, rookery, irc, command):
    """A name that is taken, or a wrong password, ends each of them with 77."""
    server.start()
    irc().sign_in("ada", "draft/account-registration", password="secret1")
    taken = rookery("x", command[0], "--user", "ada", *command[1:], text="who\n")
    assert taken.returncode == 77
    assert "taken" in taken.stdout + taken.stderr
    wrong = rookery(
        "x", command[0], "--user", "ada", *command[1:], text="who\n", ROOKERY_PASSWORD="secret2"
    )
    assert wrong.returncode == 77
    assert "Traceback" not in wrong.stderr


def test_the_password_opens_the_name_elsewhere(server, rookery, irc, tmp_path):
    """A password from a file or the environment opens a name on another computer."""
    server.start()
    irc().sign_in("ada", "draft/account-registration", password="secret1")
    file = tmp_path / "password"
    file.write_text("secret1\n", encoding="utf-8")
    by_file = rookery("x", "send", "--user", "ada", "--password-file", str(file), "#ci", "one")
    by_variable = rookery("y", "send", "--user", "ada", "#ci", "two", ROOKERY_PASSWORD="secret1")
    assert (by_file.returncode, by_variable.returncode) == (0, 0), by_file.stderr


def test_unknown_command_fails(server, rookery):
    """A line that is no command is said to be none, and the exit code tells a script."""
    server.start()
    done = rookery("Alice", "chat", "--user", "Alice", text="frobnicate\nwho\n")
    assert done.returncode == 1
    assert '"frobnicate" is no command.' in done.stdout


def test_server_password(server, rookery, tmp_path):
    """The password that the server asks of everyone comes from a file or the environment."""
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n", encoding="utf-8")
    server.start(config=f'[server]\npassword_file = "{secret}"\n')
    refused = rookery("Alice", "chat", "--user", "Alice", text="who\n")
    assert refused.returncode == 77
    assert "This server has a password, and that was not it" in refused.stdout
    told = rookery(
        "Alice", "chat", "--user", "Alice", "--server-password-file", str(secret), text="who\n"
    )
    assert (told.returncode, told.stderr) == (0, "")
    known = rookery(
        "Alice", "chat", "--user", "Alice", text="who\n", ROOKERY_SERVER_PASSWORD="open sesame"
    )
    assert known.returncode == 0
