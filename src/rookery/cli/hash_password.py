"""`rookery hash-password`."""

from __future__ import annotations

import getpass
import sys

import click


@click.command("hash-password")
def hash_password() -> int:
    """Print the argon2id hash of a password, for the setting operators.logins.

    It is asked for twice; without a terminal it is the first line of the input.
    """
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise click.ClickException("These were two passwords. Try again.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise click.ClickException("An empty password protects nothing.")
    from rookery.passwords import hashed

    print(hashed(password))
    return 0
