"""The settings of the web page, which is served on the port of everything else."""

from __future__ import annotations

from typing import Annotated

import msgspec

from rookery.setting import about


class Web(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The chat in a browser, on the server's own port."""

    enabled: Annotated[
        bool,
        about(
            "Serve the web page at /, IRC over WebSocket at /ws and a sign of health at /healthz.",
            "Whoever has a browser can talk, and needs to install nothing.",
            flag="--no-web",
            at_start_only=True,
        ),
    ] = True
    hosts: Annotated[
        tuple[str, ...],
        about(
            "Names by which browsers reach this server without TLS, besides addresses, names of "
            "one word or of a network of one's own, server.name and the computer's name; * stands "
            "for any text.",
            "None: a stranger's name that leads here (DNS rebinding) would make a page of theirs "
            "this server's own.",
            form=("", 'a list of names like ["chat.example.org"]'),
        ),
    ] = ()
    origins: Annotated[
        tuple[str, ...],
        about(
            "Web pages besides the server's own that may connect at /ws, as origins; * stands "
            "for any text.",
            "None: a page of somebody else's could read along in a private network.",
            form=("", 'a list of origins like ["https://chat.example.org"]'),
        ),
    ] = ()
