"""Passwords are kept as argon2id hashes that take one thread to check."""

import pytest
from argon2 import PasswordHasher

from rookery.passwords import Argon2Passwords, hashed


def _cheap():
    return Argon2Passwords(time_cost=1, memory_kib=64)


@pytest.mark.parametrize(
    ("made", "costs"),
    (
        (lambda: _cheap().hash("secret")[0], "m=64,t=1,p=1"),
        (lambda: hashed("secret"), "m=65536,t=3,p=1"),
    ),
    ids=["account", "setting"],
)
def test_hash_names_its_costs(made, costs):
    """The costs are those that were asked for, in one lane."""
    assert made().startswith(f"$argon2id$v=19${costs}$")


@pytest.mark.parametrize("lanes", (1, 4))
def test_check_takes_the_costs_of_the_hash(lanes):
    """A password that was hashed at other costs is still right, and another is not."""
    kept = PasswordHasher(time_cost=2, memory_cost=64, parallelism=lanes).hash("secret")
    assert _cheap().is_right(kept, "secret")
    assert not _cheap().is_right(kept, "other")


def test_what_is_no_hash_is_never_right():
    """A broken row lets nobody in, and a name without an account neither."""
    assert not _cheap().is_right("", "secret")
    _cheap().waste("secret")
