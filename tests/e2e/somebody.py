"""A person with the conversations of the full-screen client: a real session and no screen."""

import threading
import time

from tests.e2e.waits import SEEN_S

from rookery.client.conversation import asks
from rookery.client.conversation.run import Run
from rookery.client.options import Options


class Somebody:
    """One run of a person; `state` is the folder that the next run finds again."""

    def __init__(self, name, port, state):
        options = Options("127.0.0.1", port, name, None, None, None, state)
        self.name = name
        self.news = []
        self._woken = threading.Event()
        self.run = Run(options, name)

    def start(self):
        """Connect and sign in."""
        self.run.start(self._woken.set)
        self.until(lambda all_: all_.model.is_online, "online")
        return self

    def stop(self):
        """End the run; return what the server does not have."""
        return self.run.stop()

    def do(self, ask, *args, **options):
        """Have the person ask for something, as one of `asks` does it."""
        with self.run.using() as conversations:
            return ask(conversations, *args, **options)

    def join(self, room, people):
        """Enter a room and wait until so many people are in it, and its history is read."""
        self.do(asks.join, room)

        def is_in(all_):
            held = all_.of(f"#{room}")
            is_there = held is not None and len(held.conversation.members) == people
            return is_there and held.reach.is_latest_read

        self.until(is_in, f"in {room} with {people}")

    def say(self, key, text, **options):
        """Say something."""
        self.do(asks.say, key, text, **options)

    def talk(self, name):
        """Return what was said in a conversation, as it stands."""
        held = self.run.conversations.of(name)
        if held is None:
            return []
        return [entry.text for entry in held.conversation.entries if entry.is_talk]

    def entry(self, name, text):
        """Return the entry with this text."""
        entries = self.run.conversations.of(name).conversation.entries
        return next(entry for entry in entries if entry.is_talk and entry.text == text)

    def sees(self, name, *texts):
        """Wait until exactly this was said in a conversation, in this order."""
        self.until(lambda _: self.talk(name) == list(texts), f"{name}: {texts}")

    def until(self, is_so, what, within_s=SEEN_S):
        """Wait until the conversations are so."""
        end_s = time.monotonic() + within_s
        while True:
            self._woken.clear()
            heard, _ = self.run.settle()
            self.news += heard
            if is_so(self.run.conversations):
                return
            left_s = end_s - time.monotonic()
            shown = {held.conversation.name: held.conversation for held in self.run.conversations}
            assert left_s > 0, f"{self.name} waits for {what}: {shown} {self.news[-5:]}"
            self._woken.wait(left_s)
