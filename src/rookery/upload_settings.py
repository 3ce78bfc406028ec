"""The settings of uploads: what may be put on the server, how much of it, for how long."""

from __future__ import annotations

from typing import Annotated

import msgspec

from rookery.setting import about


class Uploads(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Files that people put on the server to show them to others (FILEHOST)."""

    enabled: Annotated[
        bool,
        about(
            "Let people with an account upload files; off, nothing is served any more either.",
            "A picture is shown with one step, and stays on one's own server.",
            at_start_only=True,
        ),
    ] = True
    url: Annotated[
        str,
        about(
            "Address for uploads as clients reach it, ending in /upload; empty for what can be "
            "told from each connection. Behind a proxy or a router, name it.",
            "Right for everybody who connects to the computer itself.",
            form=(
                r"^(https?://[!-~]{1,200}/upload)?$",
                "a URL like https://chat.example.org/upload",
            ),
        ),
    ] = ""
    max_bytes: Annotated[
        int,
        about(
            "Largest file.",
            "Pictures and short films of a telephone; two minutes on a slow line.",
            unit="bytes",
            bounds=(1, 1 << 40),
        ),
    ] = 32 << 20
    total_bytes: Annotated[
        int,
        about(
            "All files together; further ones are refused until older ones expire.",
            "What a small rented server can spare.",
            unit="bytes",
            bounds=(1, 1 << 50),
        ),
    ] = 8 << 30
    account_bytes: Annotated[
        int,
        about(
            "All files of one account.",
            "One person must not fill it for all; some two hundred pictures.",
            unit="bytes",
            bounds=(1, 1 << 50),
        ),
    ] = 512 << 20
    expire_after_days: Annotated[
        int,
        about(
            "Days after which a file is deleted; 0 keeps it for good.",
            "A year: what was shown in passing does not fill the disk for ever.",
            unit="days",
            bounds=(0, 100_000),
        ),
    ] = 365
    at_once: Annotated[
        int,
        about(
            "Files that may be on their way at the same time; further ones are told to wait.",
            "Each has a part of a file in memory and one open; a whole office fits in.",
            unit="files",
            bounds=(1, 10_000),
        ),
    ] = 64
    at_once_per_account: Annotated[
        int,
        about(
            "Files of one account that may be on their way at the same time.",
            "A handful of pictures chosen together; one person must not keep all places.",
            unit="files",
            bounds=(1, 10_000),
        ),
    ] = 8
    keep_free_bytes: Annotated[
        int,
        about(
            "How much of the disk stays free for what is said; uploads that need it are refused.",
            "A full disk would silence the chat: as much as rookery doctor asks for.",
            unit="bytes",
            at_start_only=True,
            bounds=(0, 1 << 50),
        ),
    ] = 512 << 20
    allow_unencrypted: Annotated[
        bool,
        about(
            "Take passwords for uploads without TLS from other computers too.",
            "Whoever listens on the way would have the password.",
        ),
    ] = False
