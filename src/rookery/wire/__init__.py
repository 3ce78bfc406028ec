"""The IRC wire, sans I/O: bytes to messages and back.

Nothing here knows of sockets, clocks or rooms; server and clients share it.
Start with `framer.Framer.feed`, pass each line to `message.parse`.
"""
