"""The process that hashes: what it answers to which line."""

import json

from rookery.hashing import answer
from rookery.passwords import Argon2Passwords

CHEAP = Argon2Passwords(time_cost=1, memory_kib=64)


def _answer(*question):
    return json.loads(answer(CHEAP, json.dumps(question)))


def test_hash_is_right_for_its_password_alone():
    """What it has hashed it knows again, and nothing else."""
    hashed, verifier = _answer("hash", "gĕheim\n")
    assert verifier.count(":") == 3
    assert _answer("is_right", hashed, "gĕheim\n") is True
    assert _answer("is_right", hashed, "geheim") is False


def test_waste_says_nothing():
    """Time that is spent for nobody has no result."""
    assert _answer("waste", "secret") is None
