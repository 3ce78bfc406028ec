import pytest
from tests.unit.command.house import House
from tests.unit.net.device import Device

from rookery.command.subscriptions import PushRules, Subscriptions, line_for, mentioned
from rookery.core.events import Said

PHONE = "https://push.test/phone"
DESK = "https://push.test/desk"
KEYS = Device().keys
CAPS = ("server-time", "message-tags", "soju.im/webpush")


class FakePusher:
    """Keeps what is to be sent; refuses endpoints that have `bad` in them."""

    public_key = "THEKEY"

    def __init__(self):
        self.sent = []
        self.forgotten = []

    def push(self, subscription, line):
        self.sent.append((subscription.endpoint, line.decode()))

    def forget(self, endpoint):
        self.forgotten.append(endpoint)

    def check(self, endpoint, public_key):
        if "bad" in endpoint:
            raise ValueError("This server cannot reach that endpoint")


class Pushing(House):
    """A house that pushes; `rules` are those of `PushRules` that differ."""

    def __init__(self, store=None, **rules):
        super().__init__(store, has_push=True)
        self.pusher = FakePusher()
        kept = self.store.load().subscriptions
        subscriptions = Subscriptions(PushRules(**rules), self.pusher, self.readers, kept)
        self.node.subscriptions = subscriptions
        self.node.epoch.on_stored = lambda messages: subscriptions.tell(self.node, messages)
        for name in ("ann", "bob"):
            if name not in self.node.world.accounts:
                self.account(name)

    def device(self, account="ann", endpoint=PHONE, caps=CAPS):
        """Sign in, subscribe, and return the session."""
        client = self.person(account, *caps, account=account)
        client.does(f"WEBPUSH REGISTER {endpoint} {KEYS}")
        return client

    def pushed(self):
        """Return what has been pushed since the last time."""
        sent, self.pusher.sent = self.pusher.sent, []
        return sent


@pytest.fixture
def house():
    """A house that pushes."""
    return Pushing()


def _goes(client):
    client.is_lost()


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


def test_a_private_message_is_pushed_once_it_is_stored(house):
    """As the line that the device would have received, with its msgid."""
    _goes(house.device())
    bob = house.person("bob", account="bob")
    house.disk.is_held = True
    bob.say("PRIVMSG ann :lunch?")
    house.turn()
    assert house.pushed() == []
    house.disk.is_held = False
    house.turn()
    ((endpoint, line),) = house.pushed()
    assert endpoint == PHONE
    tags, _, rest = line.partition(" ")
    assert "msgid=" in tags
    assert "time=" in tags
    assert rest.startswith(":bob!")
    assert rest.endswith(" PRIVMSG ann :lunch?")


def test_what_was_not_stored_is_not_pushed(house):
    """Nobody is told of what does not count."""
    _goes(house.device())
    bob = house.person("cid")
    house.disk.is_full = True
    bob.does("PRIVMSG ann :lunch?")
    assert house.pushed() == []


def test_who_looks_is_not_told(house):
    """Only once they are silent for long, away, absent, or gone."""
    ann = house.device()
    bob = house.person("bob", account="bob")

    def told():
        bob.does("PRIVMSG ann :hi")
        return len(house.pushed())

    assert told() == 0
    house.now_ms += 301_000
    assert told() == 1
    ann.does("PRIVMSG bob :here")
    assert told() == 0
    ann.does("AWAY :lunch")
    assert told() == 1
    ann.does("AWAY")
    assert told() == 0
    _goes(ann)
    assert told() == 1


def test_reading_is_looking(house):
    """A read marker that moves says that somebody sits there."""
    ann = house.device()
    bob = house.person("bob", account="bob")
    house.now_ms += 301_000
    ann.does("MARKREAD bob timestamp=2026-01-05T10:05:00.000Z")
    bob.does("PRIVMSG ann :hi")
    assert house.pushed() == []


@pytest.mark.parametrize(
    ("said", "count"),
    (
        ("PRIVMSG #rook :ann: hello", 1),
        ("PRIVMSG #rook :hello @ANN!", 1),
        ("NOTICE #rook :ann", 1),
        ("PRIVMSG #rook :anne and hannah", 0),
        ("PRIVMSG #rook :see https://x.test/ann", 0),
        ("PRIVMSG #rook :hello", 0),
        ("PRIVMSG #rook :\x01VERSION ann\x01", 0),
        ("PRIVMSG #rook :\x01ACTION waves at ann\x01", 1),
        ("PRIVMSG #nest :ann", 0),
    ),
)
def test_mentions_in_rooms(house, said, count):
    """A message that names a member who does not look; others are not pushed."""
    ann = house.device()
    bob = house.person("bob", account="bob")
    house.room("#rook", ann, bob)
    house.room("#nest", bob)
    ann.does("AWAY :lunch")
    bob.does(said)
    assert len(house.pushed()) == count


def test_ones_own_words_are_not_pushed(house):
    """Whether said to oneself, or naming oneself."""
    ann = house.device()
    house.room("#rook", ann)
    ann.does("AWAY :lunch", "PRIVMSG ann :note", "PRIVMSG #rook :ann was here")
    assert house.pushed() == []


def test_every_device_is_told(house):
    """All of an account's, each as it has agreed."""
    ann = house.device()
    ann.does("CAP REQ :-server-time", f"WEBPUSH REGISTER {DESK} {KEYS}")
    _goes(ann)
    house.person("cid").does("PRIVMSG ann :hi")
    told = dict(house.pushed())
    assert {PHONE, DESK} == set(told)
    assert ("time=" in told[PHONE], "time=" in told[DESK]) == (True, False)


def test_pushes_may_have_no_text():
    """Then only who wrote, and where, is told."""
    house = Pushing(has_text=False)
    _goes(house.device())
    cid = house.person("cid", "message-tags")
    cid.does("@+draft/react=secret PRIVMSG ann :secret")
    ((_, line),) = house.pushed()
    assert line.endswith(" PRIVMSG ann :")
    assert "secret" not in line


def test_devices_go_with_their_account(house):
    """Whoever has the name next tells no earlier owner's telephone."""
    ann = house.device()
    code = ann.does("NS UNREGISTER")[-1].split()[-1]
    ann.does(f"NS UNREGISTER ann {code}")
    _goes(ann)
    house.person("cid").does("PRIVMSG ann :hi")
    assert (house.pushed(), house.store.load().subscriptions) == ([], [])


def test_an_account_that_could_not_be_removed_keeps_its_devices(house):
    """A full disk takes nothing away."""
    ann = house.device()
    code = ann.does("NS UNREGISTER")[-1].split()[-1]
    house.disk.is_full = True
    ann.does(f"NS UNREGISTER ann {code}")
    assert [row.endpoint for row in house.node.subscriptions.of("ann")] == [PHONE]


@pytest.mark.parametrize(
    ("text", "keys"),
    (
        ("Ann, bob: [cid] and dan's", {"ann", "bob", "cid", "[cid]", "and", "dan", "s"}),
        ("http://ann.test/bob", set()),
        ("`-_", {"`-_"}),
        ("", set()),
    ),
)
def test_words_that_may_be_nicks(text, keys):
    """With the signs that belong to a nick, and without them."""
    assert mentioned(text) == keys


def test_a_line_fits_into_a_push():
    """What clients tag is left out where it is too long; the msgid stays. Of lines, the first."""
    said = Said(1 << 20, "", "bob", "ann", "bob!b@h", "", "PRIVMSG", "ann", "one\ntwo", "", "")
    assert line_for(said, "", has_text=True) == b":bob!b@h PRIVMSG ann :one"
    long = said._replace(tags="+x=" + "y" * 4000)
    line = line_for(long, "message-tags", has_text=True)
    assert line == b"@msgid=100000 :bob!b@h PRIVMSG ann :one"
