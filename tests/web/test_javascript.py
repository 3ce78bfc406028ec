"""The page's own tests and the check of its types, which node runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
TESTS_TIMEOUT_S: Final = 120
"""Longer than the tests ever take beside all others, shorter than anyone's patience."""


def _run(*command: str) -> str:
    """Return what `command` says; fails with it unless the command succeeds."""
    ran = subprocess.run(
        command, cwd=HERE, capture_output=True, text=True, timeout=TESTS_TIMEOUT_S, check=False
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    return said


def test_javascript() -> None:
    """Every test of the page's model and parser passes."""
    said = _run(
        "node",
        "--test",
        "--test-reporter=tap",
        *sorted(path.name for path in HERE.glob("*.test.js")),
    )

    assert "# fail 0" in said


def test_types() -> None:
    """The page's JavaScript is what its JSDoc says, by the strict rules of TypeScript."""
    _run("node", "node_modules/typescript/bin/tsc", "-p", ".")


def test_packages_have_no_addresses() -> None:
    """What npm installs is pinned by version and hash, and by no registry's address."""
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]

    assert "http" not in lock
    assert all("integrity" in package for path, package in packages.items() if path)
