"""Every bound of the server, each with its unit and the reason for its default.

`limits.enabled = false` turns off only what paces a client and throttles connections; the bounds
of queues and pages stay, since without them one client could use up the memory of all.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from rookery.setting import about


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much one client, and all of them, may ask for."""

    enabled: Annotated[
        bool,
        about(
            "Limit how fast a client may speak and how many connections may be signing in.",
            "Off only for benchmarks and networks in which everyone is trusted.",
            flag="--no-limits",
        ),
    ] = True
    exempt_loopback: Annotated[
        bool,
        about(
            "Treat this computer's own connections as those of limits.exempt.",
            "Behind a proxy on the same computer everybody seems to come from it.",
        ),
    ] = False
    exempt: Annotated[
        tuple[str, ...],
        about(
            "Addresses and networks that are not paced, slowed down when they sign in or "
            "register, nor counted by limits.unregistered.",
            "Nobody: who floods from there would be felt by all.",
            form=("", 'a list of networks like ["192.0.2.7", "10.0.0.0/8"]'),
        ),
    ] = ()
    lines_per_s: Annotated[
        float,
        about(
            "Lines that a client may send for good; more wait, and none is lost.",
            "Faster than people type, and a bot's burst passes by limits.burst_lines.",
            unit="lines/s",
            bounds=(0.1, 1_000_000),
        ),
    ] = 20.0
    burst_lines: Annotated[
        int,
        about(
            "Lines that a client may send at once, before limits.lines_per_s holds.",
            "A paste of 50 lines passes without a pause.",
            unit="lines",
            bounds=(1, 1_000_000),
        ),
    ] = 60
    bytes_per_s: Annotated[
        float,
        about(
            "Bytes that a client may send for good; more wait, and none is lost.",
            "Sixteen thousand are limits.lines_per_s lines of 800 bytes.",
            unit="bytes/s",
            bounds=(512, 1_000_000_000),
        ),
    ] = 16_384.0
    burst_bytes: Annotated[
        int,
        about(
            "Bytes that a client may send at once, before limits.bytes_per_s holds.",
            "limits.burst_lines lines of full length, and some with long tags.",
            unit="bytes",
            bounds=(8_703, 1_000_000_000),
        ),
    ] = 65_536
    line_bytes: Annotated[
        int,
        about(
            "Longest line that a client may send, without tags, with its end; else 417.",
            "RFC 1459's size, which every client can take; multiline.max_bytes is for more.",
            unit="bytes",
            at_start_only=True,
            bounds=(512, 3_072),
        ),
    ] = 512
    outbox_bytes: Annotated[
        int,
        about(
            "What may wait for one connection; a reader further behind is disconnected.",
            "A minute of a busy server on a phone's line; it gets the rest when it is back.",
            unit="bytes",
            bounds=(65_536, 4_294_967_296),
        ),
    ] = 8 << 20
    registration_timeout_s: Annotated[
        float,
        about(
            "How long a connection may take to sign in.",
            "Enough for a person who types a password on a slow line.",
            unit="s",
            bounds=(0.1, 3600),
        ),
    ] = 30.0
    ping_interval_s: Annotated[
        float,
        about(
            "How long a client may be silent until it is asked whether it is there.",
            "Routers forget a silent connection after two to five minutes.",
            unit="s",
            bounds=(0.1, 3600),
        ),
    ] = 90.0
    ping_timeout_s: Annotated[
        float,
        about(
            "How long the answer may take until the connection counts as lost.",
            "A phone that changes networks is back within a minute.",
            unit="s",
            bounds=(0.1, 3600),
        ),
    ] = 60.0
    connections: Annotated[
        int,
        about(
            "Connections in all, signed in or not; further ones are turned away.",
            "Each takes a file descriptor; rookery doctor tells when the system allows fewer.",
            unit="connections",
            bounds=(1, 1_000_000),
        ),
    ] = 10_000
    connections_per_address: Annotated[
        int,
        about(
            "Connections of one address, signed in or not; further ones are turned away.",
            "A large office or a gateway behind one address, but no single flood for all places.",
            unit="connections",
            bounds=(1, 1_000_000),
        ),
    ] = 1_000
    unregistered: Annotated[
        int,
        about(
            "Connections in all that have not signed in yet; further ones are turned away.",
            "A whole company that comes back after a restart, within a few seconds.",
            unit="connections",
            bounds=(1, 1_000_000),
        ),
    ] = 1_000
    unregistered_per_address: Annotated[
        int,
        about(
            "Connections of one address that have not signed in yet.",
            "An office behind one address may start work together.",
            unit="connections",
            bounds=(1, 1_000_000),
        ),
    ] = 64
    rooms_per_user: Annotated[
        int,
        about(
            "Rooms that a person may be in.",
            "More than anyone reads; each costs memory for as long as the person stays.",
            unit="rooms",
            bounds=(1, 100_000),
        ),
    ] = 100
    members_per_room: Annotated[
        int,
        about(
            "People in one room; further ones are told that it is full (471).",
            "Every line costs a copy for each of them; a company fits into one room.",
            unit="people",
            bounds=(2, 1_000_000),
        ),
    ] = 20_000
    list_entries: Annotated[
        int,
        about(
            "Masks that a room's lists of bans, exceptions and invitations hold together.",
            "More than operators look after; each is compared with everyone who enters.",
            unit="masks",
            bounds=(1, 10_000),
        ),
    ] = 100
    targets_per_command: Annotated[
        int,
        about(
            "Names that one PRIVMSG, NOTICE or TAGMSG may list.",
            "A few friends at once, but no mailing to everybody.",
            unit="names",
            bounds=(1, 100),
        ),
    ] = 4
    history_page: Annotated[
        int,
        about(
            "Messages that one CHATHISTORY command may return.",
            "One screen and a bit: read in milliseconds, and the next page is one command away.",
            unit="messages",
            bounds=(1, 10_000),
        ),
    ] = 100
    mailbox_messages: Annotated[
        int,
        about(
            "Messages that wait for one person who is away; further senders are told MAILBOX_FULL.",
            "Months of somebody's absence; without a bound a stranger could fill the disk.",
            unit="messages",
            bounds=(1, 10_000_000),
        ),
    ] = 10_000
    mailbox_page: Annotated[
        int,
        about(
            "Messages kept for a person that are read from the disk and sent at a time.",
            "A week's absence in one go, and no more memory than that at a time.",
            unit="messages",
            bounds=(1, 100_000),
        ),
    ] = 1_000
    monitor_targets: Annotated[
        int,
        about(
            "Nicks that one connection may watch with MONITOR.",
            "More friends than a client shows; each costs a line when they come and go.",
            unit="nicks",
            bounds=(1, 10_000),
        ),
    ] = 100
    accept_entries: Annotated[
        int,
        about(
            "People on the ACCEPT list of one person.",
            "Whoever one has written to lately; the list ends with the connection.",
            unit="people",
            bounds=(1, 10_000),
        ),
    ] = 100
    who_replies: Annotated[
        int,
        about(
            "People that WHO with a mask lists; the members of a room are always listed whole.",
            "Who asks for everybody gets everybody, but on the very largest servers.",
            unit="people",
            bounds=(1, 1_000_000),
        ),
    ] = 100_000
    whowas_entries: Annotated[
        int,
        about(
            "Nicks that were given up, of all people together, which WHOWAS still knows.",
            "A busy day's; the oldest are forgotten first.",
            unit="nicks",
            at_start_only=True,
            bounds=(1, 1_000_000),
        ),
    ] = 1_000
    epoch_rows: Annotated[
        int,
        about(
            "Rows that may wait for the disk; at this many no further input is read.",
            "A third of a second of the store's speed; beyond it, waiting only costs memory.",
            unit="rows",
            at_start_only=True,
            bounds=(1, 10_000_000),
        ),
    ] = 50_000
    hashing_threads: Annotated[
        int,
        about(
            "Threads that check passwords, at most one for each processor that the server may use.",
            "Each needs 64 MiB for a check; one more helps out where chat keeps them waiting.",
            unit="threads",
            at_start_only=True,
            bounds=(1, 64),
        ),
    ] = 2
    hashing_queue: Annotated[
        int,
        about(
            "Password checks that may wait; further ones are told to try again.",
            "Some seconds of work: a person waits that long, a flood does not grow.",
            unit="checks",
            at_start_only=True,
            bounds=(1, 100_000),
        ),
    ] = 64
    reader_threads: Annotated[
        int,
        about(
            "Threads that read history from the disk.",
            "One long read must not hold up a short one.",
            unit="threads",
            at_start_only=True,
            bounds=(1, 64),
        ),
    ] = 2
