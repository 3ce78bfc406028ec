"""`rookery tui` from its options to its exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from rookery.client.naming import name_fault
from rookery.client.safe_text import safe
from rookery.client.tui.app import RookeryApp
from rookery.client.tui.keys import bound
from rookery.errors import ClientError, RefusedError

if TYPE_CHECKING:
    from rookery.client.client_settings import Settings
    from rookery.client.options import Options

EXIT_UNSENT: Final = 75


def tui(options: Options, server: str, settings: Settings) -> int:
    """Run the full-screen client until the person leaves; return the exit code.

    May raise `ClientError`.
    """
    # Textual paints on standard error, the sentences of the end go to both others.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise ClientError(
            f"rookery tui needs a terminal. Without one: rookery chat --host {options.host} "
            f"--port {options.port}"
        )
    if options.user and name_fault(options.user):
        raise RefusedError(name_fault(options.user))
    app = RookeryApp(options, server, settings, bound(settings.keys))
    code = app.run(mouse=settings.mouse)
    app.end_run()
    if app.error:
        print(safe(app.error), file=sys.stderr)
    if app.unsent:
        kept = "kept for the next start" if app.are_unsent_kept else "they could not be kept"
        print(f"Not sent yet; {kept}:", *app.unsent, sep="\n")
    return code or app.return_code or (EXIT_UNSENT if app.unsent else 0)
