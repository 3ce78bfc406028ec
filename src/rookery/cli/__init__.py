"""The command `rookery`. Importing it loads click and nothing of a server or a client."""

from rookery.cli.entry import main

__all__ = ["main"]
