"""The settings of Web Push: whether devices are told of messages while nobody looks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from rookery.setting import about


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Notifications on devices that are asleep (WEBPUSH), by their makers' push services."""

    enabled: Annotated[
        bool,
        about(
            "Let people have private messages and mentions pushed to their devices.",
            "Nothing is sent anywhere until somebody turns notifications on.",
            at_start_only=True,
        ),
    ] = True
    text: Annotated[
        bool,
        about(
            "Send along what was said, encrypted for the device; else only who wrote, and where.",
            "The push service cannot read it, and a notification without a text says little.",
        ),
    ] = True
    idle_after_s: Annotated[
        int,
        about(
            "How long somebody who is connected may say and read nothing until they count as not "
            "looking, and are told on their devices too.",
            "Whoever has read or written a moment ago needs no telephone to ring.",
            unit="s",
            bounds=(0, 86_400),
        ),
    ] = 300
    contact: Annotated[
        str,
        about(
            "Where push services reach who runs the server (mailto: or https:); empty for "
            "server.admin_email, or else the server's name.",
            "Some services take nothing from senders who name nobody.",
            at_start_only=True,
            form=(r"^((mailto:|https://)[!-~]{3,200})?$", "a URL with mailto: or https:"),
        ),
    ] = ""
    devices: Annotated[
        int,
        about(
            "Devices of one account that are told; with one more, the oldest is forgotten.",
            "A telephone, a tablet and some browsers; those given up leave by themselves.",
            unit="devices",
            bounds=(1, 1_000),
        ),
    ] = 10
    keep_s: Annotated[
        int,
        about(
            "How long a push service keeps a message for a device that is off.",
            "A weekend away; the message itself is on the server in any case.",
            unit="s",
            at_start_only=True,
            bounds=(0, 2_419_200),
        ),
    ] = 259_200
    queue: Annotated[
        int,
        about(
            "Pushes that may wait in all; further ones are dropped.",
            "A minute of a large server's mentions; a push is a hint, and no delivery.",
            unit="pushes",
            at_start_only=True,
            bounds=(1, 1_000_000),
        ),
    ] = 5_000
    queue_per_device: Annotated[
        int,
        about(
            "Pushes that may wait for one device; the oldest is dropped for a newer one.",
            "More notifications than anybody reads when a service is back.",
            unit="pushes",
            at_start_only=True,
            bounds=(1, 10_000),
        ),
    ] = 20
    pause_s: Annotated[
        float,
        about(
            "Least time between two pushes to one device.",
            "Services slow senders down who do not do it themselves.",
            unit="s",
            at_start_only=True,
            bounds=(0, 3600),
        ),
    ] = 1.0
    at_once: Annotated[
        int,
        about(
            "Pushes on their way at the same time.",
            "Each is a connection; a service that hangs must not hold up the others.",
            unit="pushes",
            at_start_only=True,
            bounds=(1, 1_000),
        ),
    ] = 8
    timeout_s: Annotated[
        float,
        about(
            "How long a push service may take to answer.",
            "They answer within a second, or not at all.",
            unit="s",
            at_start_only=True,
            bounds=(0.1, 300),
        ),
    ] = 15.0
    tries: Annotated[
        int,
        about(
            "Tries for one push, with longer and longer pauses, until it is dropped.",
            "Half an hour in all: later, the news is none.",
            unit="tries",
            at_start_only=True,
            bounds=(1, 20),
        ),
    ] = 6
    first_retry_s: Annotated[
        float,
        about(
            "Pause after the first failed try; each further one doubles it, up to half an hour.",
            "A service that restarts is back within a minute.",
            unit="s",
            at_start_only=True,
            bounds=(0.01, 1800),
        ),
    ] = 30.0
    private_networks: Annotated[
        tuple[str, ...],
        about(
            "Networks apart from the internet in which push services may be all the same.",
            "None: a device's endpoint could else be a way into the server's own network.",
            at_start_only=True,
            form=("", 'a list of networks like ["10.20.0.0/16"]'),
        ),
    ] = ()
    ca_file: Annotated[
        Path | None,
        about(
            "PEM file with further authorities that push services may be certified by.",
            "None: those of the system.",
            at_start_only=True,
        ),
    ] = None
