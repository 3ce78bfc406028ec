import pytest
from tests.unit.client.line.desk import Desk


@pytest.fixture
def desk():
    """Alice, signed in, in the lobby."""
    desk = Desk()
    desk.sign_in()
    return desk


def test_sign_in():
    """The username is asked for, and the welcome says where one is and who (R2, R3)."""
    desk = Desk()
    desk.begin()
    assert desk.talk.prompt == "Username: "
    desk.type("alice")
    assert desk.talk.prompt == ""
    desk.feed(":s REGISTER SUCCESS alice :yours", ":s 001 alice :Welcome")
    connected = 'Connected to 127.0.0.1:8080. You are alice. Type "help" for the commands.'
    assert desk.read() == [connected]
    assert desk.talk.prompt == "> "


@pytest.mark.parametrize(
    ("is_encrypted", "where"),
    ((True, "chat.lan:8080 (TLS)."), (False, "chat.lan:8080 (not encrypted).")),
)
def test_encryption_is_told(is_encrypted, where):
    """A connection that leaves this computer says whether others can read it."""
    desk = Desk(host="chat.lan")
    desk.session.is_encrypted = is_encrypted
    desk.begin("alice")
    desk.feed(":s REGISTER SUCCESS alice :yours", ":s 001 alice :Welcome")
    assert f"Connected to {where} You are alice." in desk.read()[0]


def test_taken_name():
    """A taken name is said to be so, and another is asked for (R3)."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.talk.prompt == '"alice" is taken. Username: '
    assert len(desk.read()) == 1
    desk.said()
    desk.type("ann")
    assert desk.said()[0] == "NICK ann"


def test_claiming_one_s_own_name():
    """The same name again asks for its password, which is not shown."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    desk.type("alice")
    assert desk.talk.prompt == "Password for alice (Enter for another name): "
    assert desk.talk.is_secret
    desk.type("")
    assert desk.talk.prompt == "Username: "
    assert not desk.talk.is_secret


def test_wrong_password():
    """A wrong password is asked for again."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    desk.type("alice", "wrong")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.read()[-1] == 'That is not the password of "alice".'
    assert desk.talk.prompt == "Password for alice (Enter for another name): "


def test_questions_dropped():
    """Ctrl-C goes back from the password to the name, and no further."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    desk.type("alice")
    assert desk.talk.drop_question()
    assert desk.talk.prompt == "Username: "
    assert not desk.talk.drop_question()


@pytest.mark.parametrize("name", ("a b", "#room", ":x", "a,b", "x!y"))
def test_name_that_cannot_be(name):
    """What no server could take is refused with a reason, and asked for again."""
    desk = Desk()
    desk.begin()
    desk.type(name)
    assert len(desk.read()) == 1
    assert desk.talk.prompt == "Username: "
    desk.type("")
    assert desk.read() == []


def test_name_of_the_command_line_on_a_pipe():
    """Without a person, a taken name ends the run with its exit code."""
    desk = Desk(is_interactive=False)
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.front.exit_code == 77
