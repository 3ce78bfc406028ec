"""Sockets. Read `session` first: it is the pump between bytes and commands."""
