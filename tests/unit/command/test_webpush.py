import pytest
from tests.unit.command.house import House
from tests.unit.command.pushing import CAPS, DESK, KEYS, PHONE, Pushing


@pytest.fixture
def house():
    """A house that pushes."""
    return Pushing()


def test_a_device_registers_and_is_kept(house):
    """The answer repeats the endpoint; a restart knows the device, with its capabilities."""
    ann = house.person("ann", *CAPS, account="ann")
    answer = ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    assert answer[0].endswith(f":irc.test WEBPUSH REGISTER {PHONE}")
    (row,) = house.store.load().subscriptions
    assert (row.endpoint, row.account, row.caps) == (PHONE, "ann", "server-time message-tags")
    assert Pushing(house.store).node.subscriptions.get(PHONE) == row


def test_who_would_miss_mentions_is_told_so_once(house):
    """A new device of somebody who is not always on learns what that means for rooms."""
    ann = house.person("ann", "standard-replies", account="ann")
    answer = [f":irc.test WEBPUSH REGISTER {PHONE}"]
    lines = ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    assert lines[:1] == answer
    assert lines[1].startswith(":irc.test NOTE WEBPUSH ROOMS_NEED_ALWAYS_ON :")
    assert ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}") == answer
    ann.does("NS SET ALWAYS-ON on")
    assert ann.does(f"WEBPUSH REGISTER {DESK} {KEYS}") == [f":irc.test WEBPUSH REGISTER {DESK}"]


def test_the_key_is_told():
    """ISUPPORT VAPID: clients give it to their push service."""
    house = Pushing()
    client = house.connection()
    client.say("NICK zed", "USER zed 0 * :Zed")
    house.turn()
    assert "VAPID=THEKEY" in " ".join(client.heard()).split()


def test_a_device_is_told_no_longer(house):
    """UNREGISTER is repeated, also for a device that nobody knows."""
    ann = house.device()
    assert ann.does(f"webpush unregister {PHONE}") == [f":irc.test WEBPUSH UNREGISTER {PHONE}"]
    assert ann.does(f"WEBPUSH UNREGISTER {DESK}") == [f":irc.test WEBPUSH UNREGISTER {DESK}"]
    assert (house.node.subscriptions.count, house.store.load().subscriptions) == (0, [])


def test_nobody_unregisters_anothers_device(house):
    """It is answered as if nobody knew it."""
    house.device()
    bob = house.person("bob", account="bob")
    assert bob.does(f"WEBPUSH UNREGISTER {PHONE}") == [f":irc.test WEBPUSH UNREGISTER {PHONE}"]
    assert house.node.subscriptions.count == 1


def test_an_endpoint_belongs_to_who_registered_it_last(house):
    """Another account on the same browser: the first is not told there any more."""
    house.device("ann")
    house.device("bob")
    (row,) = house.store.load().subscriptions
    assert row.account == "bob"
    assert house.node.subscriptions.of("ann") == []


@pytest.mark.parametrize(
    ("params", "code"),
    (
        ("", "INVALID_PARAMS"),
        ("REGISTER", "INVALID_PARAMS"),
        (f"REGISTER {PHONE}", "INVALID_PARAMS"),
        (f"REGISTER {PHONE} {KEYS} more", "INVALID_PARAMS"),
        (f"UNREGISTER {PHONE} {KEYS}", "INVALID_PARAMS"),
        (f"FORGET {PHONE}", "INVALID_PARAMS"),
        (f"REGISTER http://push.test/x {KEYS}", "INVALID_PARAMS"),
        (f"REGISTER https://127.0.0.1/x {KEYS}", "INVALID_PARAMS"),
        (f"REGISTER https://bad.test/x {KEYS}", "INVALID_PARAMS"),
        (f"REGISTER {PHONE} p256dh=x;auth=y", "INVALID_PARAMS"),
        ("REGISTER :no url", "INVALID_PARAMS"),
    ),
)
def test_what_is_no_registration(house, params, code):
    """FAIL names the code, and nothing is kept."""
    ann = house.person("ann", "standard-replies", *CAPS, account="ann")
    (line,) = ann.does(f"WEBPUSH {params}".strip())
    assert line.startswith(f":irc.test FAIL WEBPUSH {code} ")
    assert house.node.subscriptions.count == 0


def test_guests_have_no_devices(house):
    """An account is needed, since a name may be somebody else's tomorrow."""
    guest = house.person("cid", "standard-replies")
    (line,) = guest.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    assert line.startswith(f":irc.test FAIL WEBPUSH ACCOUNT_REQUIRED REGISTER {PHONE} :")


def test_where_nothing_is_pushed():
    """The capability is not offered, and the command says so."""
    house = House()
    house.account("ann")
    ann = house.person("ann", "standard-replies", account="ann")
    (line,) = ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    assert line.startswith(":irc.test FAIL WEBPUSH INTERNAL_ERROR ")


def test_too_busy_to_look_a_name_up(house):
    """The client is told to try again."""
    ann = house.person("ann", "standard-replies", account="ann")
    house.readers.is_busy = True
    (line,) = ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    assert line.startswith(":irc.test FAIL WEBPUSH TEMPORARILY_UNAVAILABLE ")


def test_a_device_that_could_not_be_stored_is_not_told(house):
    """What is not on disk does not count; the one before it does again."""
    house.device("bob")
    ann = house.person("ann", account="ann")
    house.disk.is_full = True
    ann.does(f"WEBPUSH REGISTER {PHONE} {KEYS}")
    house.disk.is_full = False
    assert house.node.subscriptions.get(PHONE).account == "bob"


def test_the_oldest_device_makes_room():
    """A telephone that was given up must not keep a new one out."""
    house = Pushing(devices_max=2)
    ann = house.device()
    for name in ("b", "c"):
        ann.does(f"WEBPUSH REGISTER https://push.test/{name} {KEYS}")
    kept = {row.endpoint for row in house.store.load().subscriptions}
    assert kept == {"https://push.test/b", "https://push.test/c"}


def test_devices_go_with_their_account(house):
    """Whoever has the name next tells no earlier owner's telephone."""
    ann = house.device()
    code = ann.does("NS UNREGISTER")[-1].split()[-1]
    ann.does(f"NS UNREGISTER ann {code}")
    ann.is_lost()
    house.person("cid").does("PRIVMSG ann :hi")
    assert (house.pushed(), house.store.load().subscriptions) == ([], [])


def test_an_account_that_could_not_be_removed_keeps_its_devices(house):
    """A full disk takes nothing away."""
    ann = house.device()
    code = ann.does("NS UNREGISTER")[-1].split()[-1]
    house.disk.is_full = True
    ann.does(f"NS UNREGISTER ann {code}")
    assert [row.endpoint for row in house.node.subscriptions.of("ann")] == [PHONE]
