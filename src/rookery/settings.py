"""Every setting of the server, each defined once.

A field's annotation carries its type, bounds, unit, description and the reason for its default;
the command line, the environment, the config file and the reference page are all read from here.
A setting stands here only when something obeys it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from rookery.account_settings import Accounts
from rookery.limits import Limits
from rookery.setting import about
from rookery.talk_settings import History, Metadata, Multiline, Relaying


class Server(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the server listens, what it keeps, and who it says it is."""

    host: Annotated[
        str,
        about(
            "Address or host name to listen on; 0.0.0.0 or :: is every address of the computer.",
            "A first start must not open the computer to the network.",
            flag="--host",
            at_start_only=True,
            form=(r"^\S+$", "an address or host name"),
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        about(
            "Port to listen on; 0 takes a free one and prints it.",
            "Needs no root rights, and is the port that the client asks for by default.",
            flag="--port",
            at_start_only=True,
            bounds=(0, 65535),
        ),
    ] = 8080
    data: Annotated[
        Path,
        about(
            "Folder for all that is kept; made with mode 0700 where it is missing.",
            "$XDG_DATA_HOME/rookery where that is set: a person's data belongs to the person.",
            flag="--data",
            at_start_only=True,
        ),
    ] = Path("~/.local/share/rookery")
    name: Annotated[
        str,
        about(
            "Name of the server on the wire.",
            "Clients tell a server from a person by the dot, which no nick may have.",
            at_start_only=True,
            form=(
                r"^(?=.{1,63}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
                "a name like chat.example.org, with a dot and at most 63 characters",
            ),
        ),
    ] = "rookery.local"
    network: Annotated[
        str,
        about(
            "Name of the chat as clients show it.",
            "Clients use it as the title of the server's tab.",
            at_start_only=True,
            form=(r"^[A-Za-z0-9._-]{1,32}$", "1 to 32 letters, digits, dots, - or _"),
        ),
    ] = "Rookery"
    motd_file: Annotated[
        Path | None,
        about("Text file shown to everyone who connects.", "Nothing to say until you say it."),
    ] = None
    password_file: Annotated[
        Path | None,
        about(
            "File whose first line is the password that everyone must give (PASS).",
            "Accounts protect names already; a shared password closes a private server.",
        ),
    ] = None
    is_ephemeral: Annotated[
        bool,
        about(
            "Keep nothing on disk: messages, accounts and rooms end with the process.",
            "What is said must not be lost, unless the server is for trying out or measuring.",
            flag="--ephemeral",
            at_start_only=True,
        ),
    ] = False
    drain_timeout_s: Annotated[
        float,
        about(
            "How long a stopping server waits for its last bytes to reach the clients.",
            "Longer than a slow line needs, shorter than service managers wait before they kill.",
            unit="s",
            bounds=(0, 3600),
        ),
    ] = 5.0


class Tls(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Encryption on the same port."""

    enabled: Annotated[
        bool,
        about(
            "Serve TLS too; without tls.cert a self-signed certificate is made in the data folder.",
            "On one's own computer there is nobody to hide from; tls.cert turns it on.",
            flag="--tls",
            at_start_only=True,
        ),
    ] = False
    cert: Annotated[
        Path | None,
        about(
            "PEM file with the certificate and its chain; read again on SIGHUP.",
            "None: a self-signed certificate, whose fingerprint is printed.",
            flag="--tls-cert",
        ),
    ] = None
    key: Annotated[
        Path | None,
        about(
            "PEM file with the certificate's private key, not encrypted; read again on SIGHUP.",
            "None: the key of the self-signed certificate.",
            flag="--tls-key",
        ),
    ] = None
    client_ca: Annotated[
        Path | None,
        about(
            "PEM file with the authorities, or the single certificates, of clients that may sign "
            "in with one (SASL EXTERNAL). A client with any other certificate cannot connect.",
            "None: no certificate is asked for. TLS as Python has it accepts none unchecked.",
            at_start_only=True,
        ),
    ] = None


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may be called what."""

    unclaimed: Annotated[
        Literal["keep", "refuse"],
        about(
            "What happens to a message for a name that nobody has registered.",
            "Kept for whoever signs in with it: nothing said is lost.",
        ),
    ] = "keep"
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


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings, section by section."""

    server: Server = Server()
    tls: Tls = Tls()
    names: Names = Names()
    accounts: Accounts = Accounts()
    rooms: Rooms = Rooms()
    history: History = History()
    multiline: Multiline = Multiline()
    metadata: Metadata = Metadata()
    relaying: Relaying = Relaying()
    limits: Limits = Limits()
    log: Log = Log()
