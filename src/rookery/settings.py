"""Every setting of the server, each defined once.

A field's annotation carries its type, bounds, unit, description and the reason for its default;
the command line, the environment, the config file and the reference page are all read from here.
A setting stands here only when something obeys it.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from rookery.account_settings import Accounts
from rookery.limits import Limits
from rookery.operator_settings import Operators
from rookery.push_settings import Push
from rookery.server_settings import Server, Tls
from rookery.setting import about
from rookery.talk_settings import History, Metadata, Multiline, Relaying
from rookery.upload_settings import Uploads
from rookery.web_settings import Web


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may be called what."""

    unclaimed: Annotated[
        Literal["keep", "refuse"],
        about(
            "What happens to a message for a name that nobody has registered.",
            "Kept for whoever signs in with it: nothing said is lost.",
        ),
    ] = "keep"
    unclaimed_per_sender: Annotated[
        int,
        about(
            "Names that nobody has signed in with, for which one person may leave messages; for "
            "further ones they are told TOO_MANY_UNCLAIMED.",
            "More colleagues than anyone invites at once; each name takes room until it is used.",
            unit="names",
            bounds=(1, 1_000_000),
        ),
    ] = 100
    forget_guests_after_days: Annotated[
        int,
        about(
            "Days after which a start forgets that a guest was here whom nobody has written to; "
            "0 for never.",
            "A quarter of a year away; who has mail or an account is never forgotten.",
            unit="days",
            at_start_only=True,
            bounds=(0, 36_500),
        ),
    ] = 90
    policy: Annotated[
        Literal["open", "registered"],
        about(
            "Whether everyone may come in, or only those who sign in to an account.",
            "A first visit needs no account.",
        ),
    ] = "open"
    registration: Annotated[
        Literal["open", "closed"],
        about(
            "Whether new accounts may be made.",
            "The client makes one on first use, so that the name stays its owner's.",
        ),
    ] = "open"
    reservation: Annotated[
        Literal["strict", "off"],
        about(
            "Whether a registered name is its owner's alone. With off others may be called so: "
            "what is said to the name reaches them, and is kept for its owner.",
            "Whoever bears a name must be whom others take them for.",
        ),
    ] = "strict"
    account_hosts: Annotated[
        bool,
        about(
            "Show who is signed in to an account with a host name made of the account's.",
            "Off, a host name stands for an address, for people with and without account alike.",
        ),
    ] = False
    casemapping: Annotated[
        Literal["ascii", "precis"],
        about(
            "Alphabet of nicks: ascii, or precis for letters of any one script (RFC 8265), where "
            "names that look alike count as the same. Keep it once there are accounts and rooms.",
            "Every client can type ASCII names.",
            at_start_only=True,
        ),
    ] = "ascii"
    max_chars: Annotated[
        int,
        about(
            "Longest nick.",
            "Room for a full name, and still one column in every client.",
            unit="characters",
            at_start_only=True,
            bounds=(9, 64),
        ),
    ] = 32


class Rooms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a room may be called and say about itself."""

    max_name_chars: Annotated[
        int,
        about(
            "Longest room name, with its #.",
            "Long enough for any project; a line still has space for the message.",
            unit="characters",
            at_start_only=True,
            bounds=(8, 100),
        ),
    ] = 64
    max_topic_bytes: Annotated[
        int,
        about(
            "Longest topic; what is beyond it is cut.",
            "Fits one 512 byte line beside the longest names.",
            unit="bytes",
            at_start_only=True,
            bounds=(0, 390),
        ),
    ] = 390
    max_key_chars: Annotated[
        int,
        about(
            "Longest key of a room.",
            "What RFC 2812 grants, so that every client can send it.",
            unit="characters",
            at_start_only=True,
            bounds=(1, 64),
        ),
    ] = 23


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the server tells its operator; always on standard error."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        about(
            "Least serious line that is written.",
            "One line for each start, stop and fault; none for each message.",
            flag="--log-level",
        ),
    ] = "info"
    format: Annotated[
        Literal["auto", "text", "json"],
        about(
            "auto is for reading on a terminal and text elsewhere; text is key=value.",
            "People read terminals, programs read pipes.",
            flag="--log-format",
        ),
    ] = "auto"


class Metrics(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Numbers for Prometheus at /metrics and a sign of health at /healthz."""

    host: Annotated[
        str,
        about(
            "Address to answer on.",
            "Whoever may read the numbers sees how much is talked: only this computer.",
            at_start_only=True,
            form=(r"^\S+$", "an address or host name"),
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        about(
            "Port to answer on; 0 for not at all.",
            "What nobody asks for must not listen.",
            flag="--metrics-port",
            at_start_only=True,
            bounds=(0, 65535),
        ),
    ] = 0


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings, section by section."""

    server: Server = Server()
    tls: Tls = Tls()
    operators: Operators = Operators()
    names: Names = Names()
    accounts: Accounts = Accounts()
    rooms: Rooms = Rooms()
    history: History = History()
    multiline: Multiline = Multiline()
    metadata: Metadata = Metadata()
    relaying: Relaying = Relaying()
    web: Web = Web()
    uploads: Uploads = Uploads()
    push: Push = Push()
    limits: Limits = Limits()
    metrics: Metrics = Metrics()
    log: Log = Log()
