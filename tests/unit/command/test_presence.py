"""Always on, one connection or several, and whose a registered nick is."""

import base64

import pytest
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules
from rookery.core.operators import Operator

ANN = ":ann!~ann@host"


def _house(store=None, **rules):
    house = House(store, accounts=AccountRules(**rules))
    if store is None:
        house.account("ann")
    return house


def _always_on(house, *caps, nick="ann"):
    """Return a client of the account ann, which is always on."""
    ann = house.person(nick, *caps, account="ann")
    ann.does("NS SET ALWAYS-ON on")
    return ann


def test_stays_without_a_connection():
    """Whoever is always on is still there when the last connection goes, and is shown as away."""
    house = _house()
    ann = _always_on(house)
    bob = house.person("bob", "away-notify")
    house.room("#c", ann, bob)
    ann.is_lost()
    assert bob.hears() == [f"{ANN} AWAY :*"]
    assert " 353 bob = #c :@ann bob" in "".join(bob.does("NAMES #c"))
    assert bob.does("PRIVMSG ann :hello") == [":irc.test 301 bob ann :*"]


def test_comes_back():
    """The next connection is in the rooms at once, and reads what was missed there and in mail."""
    house = _house()
    ann = _always_on(house)
    bob = house.person("bob", "away-notify")
    house.room("#c", ann, bob)
    ann.does("QUIT")
    bob.does("PRIVMSG #c :in the room", "PRIVMSG ann :in private")
    bob.heard()
    again = house.person("ann", account="ann")
    assert "#c" in [room.name for room in again.session.user.rooms]
    assert bob.hears() == [f"{ANN} AWAY"]


def test_missed_is_shown():
    """What was said in a room meanwhile comes with the sign-in, each message once."""
    house = _house()
    ann = _always_on(house)
    bob = house.person("bob")
    house.room("#c", ann, bob)
    bob.does("PRIVMSG #c :read")
    ann.does("QUIT")
    bob.does("PRIVMSG #c :missed", "PRIVMSG ann :mail")
    again = house.connection()
    again.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}", "NICK ann")
    again.does("USER ann 0 * :Ann")
    heard = [line for line in again.does("CAP END") if line.startswith(":bob!")]
    assert [line.rpartition("] ")[2] for line in heard] == ["missed", "mail"]


def test_mail_stays_until_it_is_proven():
    """Mail for a person without a connection waits until a PONG proves it."""
    house = _house()
    _always_on(house).is_lost()
    house.person("bob").does("PRIVMSG ann :hello")
    for _ in range(2):
        again = house.connection()
        again.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
        heard = again.does("NICK ann", "USER ann 0 * :Ann", "CAP END")
        assert "hello" in heard[-1]
        again.is_lost()


def test_over_a_restart():
    """A start puts the person back, with name, rooms and ranks."""
    house = _house()
    ann = _always_on(house)
    house.room("#c", ann)
    ann.does("JOIN #d", "PART #d", "SETNAME :Ann Onymous")
    again = _house(house.store)
    bob = again.person("bob")
    assert bob.does("ISON ann") == [":irc.test 303 bob :ann"]
    assert " 353 bob = #c :@ann bob" in "".join(bob.does("JOIN #c", "NAMES #c"))
    assert again.node.world.users["ann"].away == "*"
    user = again.node.world.users["ann"]
    assert [room.name for room in user.rooms] == ["#c"]
    assert user.realname == "Ann Onymous"


def test_turned_off():
    """Who is not always on any more goes with the last connection, and does not come back."""
    house = _house()
    ann = _always_on(house)
    ann.does("NS SET ALWAYS-ON off")
    ann.is_lost()
    assert house.node.world.users == {}
    assert _house(house.store).node.world.users == {}


@pytest.mark.parametrize(
    ("policy", "stays"), (("off", False), ("opt-in", False), ("opt-out", True), ("always", True))
)
def test_policy(policy, stays):
    """The server's policy holds for those who have chosen nothing."""
    house = _house(always_on=policy)
    house.person("ann", account="ann").is_lost()
    house.person("bob").is_lost()
    assert list(house.node.world.users) == (["ann"] if stays else [])
    assert list(_house(house.store, always_on=policy).node.world.users) == (
        ["ann"] if stays else []
    )


def test_other_nick():
    """Who bears another nick than their account's does not stay in it."""
    house = _house()
    _always_on(house, nick="other").is_lost()
    assert house.node.world.users == {}


def test_own_word_stays():
    """A word of one's own for being away is not replaced."""
    house = _house()
    ann = _always_on(house)
    ann.does("AWAY :on holiday")
    ann.is_lost()
    assert house.person("bob").does("PRIVMSG ann :hi") == [":irc.test 301 bob ann :on holiday"]


def test_unregistered():
    """An account that is given up takes whoever is always on with it."""
    house = _house()
    ann = _always_on(house)
    other = house.person("else", account="ann")
    ann.is_lost()
    code = other.does("NS UNREGISTER")[-1].split()[-1]
    other.does(f"NS UNREGISTER ann {code}")
    assert list(house.node.world.users) == ["else"]


def test_single_client_comes_back_to_itself():
    """Without a connection there is nobody to share with: one connection may always join."""
    house = _house(multiclient="off")
    _always_on(house).is_lost()
    assert house.person("ann", account="ann").session.user.nick == "ann"


def test_single_client():
    """Where connections do not share, the second is told that the nick is in use."""
    house = _house(multiclient="off")
    house.person("ann", account="ann")
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert numerics(client.does("NICK ann")) == ["433"]


def test_reservation_off():
    """With reservation off a guest may bear the name, but reads none of its owner's mail."""
    house = _house(is_reservation_strict=False)
    house.person("bob").does("PRIVMSG ann :for the owner")
    guest = house.connection()
    heard = guest.does("NICK ann", "USER ann 0 * :Ann")
    assert "for the owner" not in "".join(heard)
    guest.does("NICK ann2", "NICK ann")
    house.person("cat").does("PRIVMSG ann :hello")
    assert guest.hears()[-1].endswith("PRIVMSG ann :hello")
    guest.pong()
    assert house.node.receipts.watermark("ann") == 0


def test_owner_does_not_join_a_guest():
    """With reservation off the owner of a name does not become a part of the guest in it."""
    house = _house(is_reservation_strict=False)
    guest = house.person("ann")
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert numerics(client.does("NICK ann")) == ["433"]
    assert guest.session.user.sessions == [guest.session]


def test_password_beside_a_join():
    """A password change that is under way when a JOIN is kept is not written over."""
    house = _house(always_on="always")
    ann, second = house.person("ann", account="ann"), house.person("ann", account="ann")
    house.later(2)
    change = base64.b64encode(b"secret\0newer").decode()
    second.say(f"PASSWORD {change}")
    house.readers.is_held = True
    house.turn()
    ann.say("JOIN #r")
    house.disk.is_held = True
    house.turn()
    work, done = house.readers.waiting.pop()
    done(work())  # The new password goes into the epoch behind the JOIN's.
    house.disk.settle()
    work, done = house.readers.waiting.pop(0)
    found = work()
    house.disk.is_held = house.readers.is_held = False
    house.turn()
    done(found)
    house.turn()
    assert "SUCCESS" in second.heard()[-1]
    row = house.store.account("ann")
    assert row.password_hash == "hash of newer"
    assert "#r" in row.settings


def _restarted(house, **rules):
    """Return who is in which room after a start from the same store."""
    rooms = _house(house.store, **rules).node.world.rooms.values()
    return {room.name: [user.nick for user in room.members] for room in rooms if room.members}


def test_banned_under_another_nick():
    """Who was removed from a room under another nick is not put back there."""
    house = _house(always_on="always")
    op, ann = house.person("op"), house.person("ann", account="ann")
    house.room("#s", op, ann)
    ann.does("NICK elsewhere")
    op.does("KICK #s elsewhere", "MODE #s +b *!*@host")
    ann.does("QUIT")
    assert _restarted(house, always_on="always") == {}


def test_back_to_the_own_nick():
    """Who takes the account's nick again is kept where they are then."""
    house = _house(always_on="always")
    ann = house.person("ann", account="ann")
    house.room("#s", ann)
    ann.does("NICK elsewhere", "PART #s", "JOIN #t", "NICK ann")
    assert _restarted(house, always_on="always") == {"#t": ["ann"]}


def test_killed():
    """Who was killed does not come back with the next start."""
    root = Operator(password_hash="hash of secret")
    house = House(accounts=AccountRules(always_on="always"), operators={"root": root})
    house.account("ann")
    op, ann = house.person("op"), house.person("ann", account="ann")
    house.room("#s", ann)
    op.does("OPER root secret", "KILL ann :enough")
    assert _restarted(house, always_on="always") == {}


def test_ban_that_came_last():
    """A room that would not let the person in now is left out, where they had no place in it."""
    house = _house(always_on="always")
    house.account("op")
    op, ann = house.person("op", account="op"), house.person("ann", account="ann")
    house.room("#s", op, ann)
    op.does("CS REGISTER #s")
    house.readers.is_held = True  # Nothing is kept of where ann is from now on.
    op.does("KICK #s ann", "MODE #s +b *!*@host")
    assert "ann" not in _restarted(house, always_on="always").get("#s", [])
