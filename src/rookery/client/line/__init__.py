"""The line client: `rookery chat` in a terminal, or on a pipe. Begin with `chat`."""

from rookery.client.line.chat import chat

__all__ = ["chat"]
