"""What the person wants, as typed messages from the chat screen to the application.

The screen changes nothing by itself: the application does what a wish says and tells the screen
by `ChatScreen.apply` what has changed. `key` names a conversation, `entry_key` an entry of it.
"""

from __future__ import annotations

from textual.message import Message


class Wish(Message):
    """Something that the person wants done."""


class OfConversation(Wish):
    """A wish that is about one conversation."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class OfEntry(OfConversation):
    """A wish that is about one entry."""

    def __init__(self, key: str, entry_key: str) -> None:
        super().__init__(key)
        self.entry_key = entry_key


class Opened(OfConversation):
    """The conversation is in front now."""


class Closed(OfConversation):
    """Leave the room, or take the talk off the list."""


class FetchOlder(OfConversation):
    """The oldest entry is seen: older ones are wanted."""


class ReadAll(OfConversation):
    """The newest entry is seen by somebody, or the person says that all is read."""

    def __init__(self, key: str, *, is_asked: bool = False) -> None:
        super().__init__(key)
        self.is_asked = is_asked
        """The person said so: the line "new" goes too."""


class Say(OfConversation):
    """Say something; `text` may have several lines, `reply_to` is the key of an entry."""

    def __init__(self, key: str, text: str, *, reply_to: str = "", is_action: bool = False) -> None:
        super().__init__(key)
        self.text = text
        self.reply_to = reply_to
        self.is_action = is_action


class DraftChanged(OfConversation):
    """What is typed, but not sent."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(key)
        self.text = text


class TypingNow(OfConversation):
    """The person writes something that is to be said, or has stopped."""

    def __init__(self, key: str, *, is_active: bool) -> None:
        super().__init__(key)
        self.is_active = is_active


class Edit(OfEntry):
    """Correct what I said."""

    def __init__(self, key: str, entry_key: str, text: str) -> None:
        super().__init__(key, entry_key)
        self.text = text


class Delete(OfEntry):
    """Delete what I said; the person has confirmed it."""


class React(OfEntry):
    """React with an emoji, or take that back where I did so already."""

    def __init__(self, key: str, entry_key: str, emoji: str) -> None:
        super().__init__(key, entry_key)
        self.emoji = emoji


class Retry(OfEntry):
    """Send again what failed, or send what was asked about."""


class Discard(OfEntry):
    """Drop what failed, or what was asked about."""


class Command(OfConversation):
    """A slash command that the screen does not do itself; `name` is one of `slash.COMMANDS`."""

    def __init__(self, key: str, name: str, argument: str) -> None:
        super().__init__(key)
        self.name = name
        self.argument = argument


class Search(OfConversation):
    """Search the server for `words`; `key` is empty for everywhere."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__(key)
        self.words = words


class LookAround(Wish):
    """Learn who and which rooms are there: the person is completing or picking a name."""


class ThemeChosen(Wish):
    """Keep the theme for the next start."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        self.theme = theme


class AnswerAsked(Wish):
    """Send all that the person was asked about, or drop it."""

    def __init__(self, *, is_yes: bool) -> None:
        super().__init__()
        self.is_yes = is_yes


class RetryConnection(Wish):
    """Try to connect now."""


class Quit(Wish):
    """End the client."""
