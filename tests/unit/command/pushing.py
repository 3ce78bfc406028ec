"""A house that pushes: what is to be sent stays here, for the test to look at."""

from tests.unit.command.house import House
from tests.unit.net.device import Device

from rookery.command.subscriptions import PushRules, Subscriptions

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
