"""The settings of what is said: how long it is kept, how it may look, who may speak for others."""

from __future__ import annotations

from typing import Annotated

import msgspec

from rookery.setting import about


class History(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long what is said is kept, and what of it."""

    max_age_days: Annotated[
        int,
        about(
            "Age at which what was said is deleted; 0 keeps it for good.",
            "Nothing said is lost, unless you want it so.",
            unit="days",
            bounds=(0, 100_000),
        ),
    ] = 0
    max_messages_per_room: Annotated[
        int,
        about(
            "Newest messages that stay of each room and each private talk; 0 keeps all.",
            "A busy room must not push out what a quiet one said.",
            unit="messages",
            bounds=(0, 1_000_000_000),
        ),
    ] = 0
    events: Annotated[
        bool,
        about(
            "Keep who came and went, topics and modes as a part of a room's history.",
            "A client that scrolls back then shows them where they happened.",
        ),
    ] = True
    redaction_window_s: Annotated[
        int,
        about(
            "How long the author of a message may delete it; 0 is for good.",
            "What one said stays one's own; operators may delete at any time.",
            unit="s",
            bounds=(0, 4_000_000_000),
        ),
    ] = 0


class Multiline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Messages of several lines."""

    max_bytes: Annotated[
        int,
        about(
            "Longest message of several lines.",
            "A page of text or code; longer things are better sent as a file.",
            unit="bytes",
            bounds=(512, 1_000_000),
        ),
    ] = 16_384
    max_lines: Annotated[
        int,
        about(
            "Most lines of one message.",
            "A screenful and a half; who cannot show them as one gets as many single lines.",
            unit="lines",
            bounds=(2, 10_000),
        ),
    ] = 100
    timeout_s: Annotated[
        int,
        about(
            "How long a client may take from the first line of a message to its last.",
            "Clients send all lines at once; a minute lets a slow line do so.",
            unit="s",
            bounds=(1, 3600),
        ),
    ] = 60


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What people and rooms say about themselves (METADATA)."""

    max_keys: Annotated[
        int,
        about(
            "Keys that one person or one room may set.",
            "An avatar, a home page, pronouns and some more; each costs memory for good.",
            unit="keys",
            bounds=(1, 10_000),
        ),
    ] = 50
    max_subscriptions: Annotated[
        int,
        about(
            "Keys that one connection may follow.",
            "Clients follow the few keys that they show.",
            unit="keys",
            bounds=(1, 10_000),
        ),
    ] = 50
    max_value_bytes: Annotated[
        int,
        about(
            "Longest value.",
            "Fits one line beside the longest names and keys.",
            unit="bytes",
            bounds=(1, 350),
        ),
    ] = 300


class Relaying(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bridges that speak for people elsewhere (RELAYMSG)."""

    enabled: Annotated[
        bool,
        about(
            "Let a room's operators, which bridges are, speak under other names.",
            "The name must have a separator that no nick has: it cannot be taken for a person's.",
        ),
    ] = True
    separators: Annotated[
        str,
        about(
            "Characters of which one must stand in a name that is spoken for.",
            "alice/matrix is what bridges write by themselves.",
            form=(r"^[/;()<>]{1,6}$", "one to six of / ; ( ) < >"),
        ),
    ] = "/"
