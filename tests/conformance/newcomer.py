"""Who has no account yet: a client that is about to register one."""

CAPS = ("standard-replies", "draft/account-registration")


def newcomer(house, nick="ann"):
    """Return a client that has a nick and is still before the end of its sign-in."""
    client = house.connection()
    client.does(f"CAP REQ :sasl {' '.join(CAPS)}", f"NICK {nick}")
    return client


def failure(client, line):
    """Return command, code and subject of the only answer to `line`, which is a FAIL."""
    (answer,) = client.does(line)
    return answer.split(" :")[0].removeprefix(":irc.test FAIL ")
