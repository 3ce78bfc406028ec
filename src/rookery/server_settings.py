"""The settings of the server itself: where it listens, who it says it is, how it encrypts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from rookery.setting import about

ONE_LINE = (r"^[^\x00-\x1f\x7f]{0,200}$", "a text of one line, at most 200 characters")


class Listen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One more address to listen on."""

    port: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    address: Annotated[str, msgspec.Meta(pattern=r"^\S+$")] = "127.0.0.1"
    kind: Literal["any", "plain", "tls", "websocket"] = "any"


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
    description: Annotated[
        str,
        about(
            "What the server is, in a few words (WHOIS, LINKS, VERSION); empty for the network.",
            "The network's name says it where there is one server.",
            form=ONE_LINE,
        ),
    ] = ""
    icon: Annotated[
        str,
        about(
            "URL of a square picture for the network, with {size} where it has several.",
            "None: clients show the name's first letter.",
            form=(r"^(https?://[!-~]{1,200})?$", "a URL that begins with https://"),
        ),
    ] = ""
    admin_location: Annotated[
        str,
        about("Where the server is, for ADMIN.", "Empty: the description.", form=ONE_LINE),
    ] = ""
    admin_organisation: Annotated[
        str,
        about("Who runs the server, for ADMIN.", "Empty: the network's name.", form=ONE_LINE),
    ] = ""
    admin_email: Annotated[
        str,
        about(
            "Where to write to who runs the server, for ADMIN.",
            "Nobody's address is told unasked.",
            form=ONE_LINE,
        ),
    ] = ""
    listeners: Annotated[
        tuple[Listen, ...],
        about(
            "Further addresses to listen on, each with a kind: any (as server.port), plain, "
            "tls, or websocket (IRC over WebSocket, encrypted too where TLS is on).",
            "One port serves everybody until a firewall or a web client wants its own.",
            at_start_only=True,
            form=("", 'a list of tables like {address = "127.0.0.1", port = 8067, kind = "plain"}'),
        ),
    ] = ()
    proxy_from: Annotated[
        tuple[str, ...],
        about(
            "Addresses and networks of proxies whose word about a client's address is taken "
            "(PROXY protocol, version 1 or 2; for HTTP also X-Forwarded-For and -Proto).",
            "Anybody else could say what they like.",
            form=("", 'a list of networks like ["127.0.0.1", "10.0.0.0/8"]'),
        ),
    ] = ()
    websocket_origins: Annotated[
        tuple[str, ...],
        about(
            "Web pages that may connect to a listener of kind websocket, as origins; * stands for "
            "any text. For /ws beside the web page see web.origins.",
            "A page knows no password of its visitor's, so any page may bring people here.",
            form=("", 'a list of origins like ["https://chat.example.org"]'),
        ),
    ] = ("*",)
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
    sts: Annotated[
        bool,
        about(
            "Tell clients to come back encrypted, and to do so from then on (IRCv3 sts).",
            "Clients hold to it for tls.sts_duration_s: the certificate must be a trusted one.",
        ),
    ] = False
    sts_port: Annotated[
        int,
        about(
            "Port that unencrypted clients are sent to; 0 for server.port.",
            "One port serves both.",
            bounds=(0, 65535),
        ),
    ] = 0
    sts_duration_s: Annotated[
        int,
        about(
            "How long clients insist on encryption after their last visit; 0 releases them.",
            "A month outlives a holiday, and a mistake can be mended within it.",
            unit="s",
            bounds=(0, 1_000_000_000),
        ),
    ] = 2_592_000
    sts_preload: Annotated[
        bool,
        about(
            "Allow that client authors put the server on their lists of encrypted ones.",
            "A promise that is hard to take back.",
        ),
    ] = False
