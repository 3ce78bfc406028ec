"""The page's own tests and the check of its types, which node runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from rookery.net.pages import read_files
from rookery.net.shrink import shrunk
from rookery.site import FOLDER

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
TESTED: Final = re.compile(r"(?:chat|wire)/\w+\.js|ui/(?:heights|rows)\.js")
"""The modules that need no page around them."""
EXPORTED: Final = re.compile(r"^export (?:async )?(?:class|const|function\*?) (\w+)", re.MULTILINE)
TESTS_TIMEOUT_S: Final = 120
"""Longer than the tests ever take beside all others, shorter than anyone's patience."""


def _run(*command: str, folder: Path = HERE) -> str:
    """Return what `command` says; fails with it unless the command succeeds."""
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=TESTS_TIMEOUT_S, check=False
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    return said


def _run_tests(folder: Path) -> None:
    names = sorted(path.name for path in folder.glob("*.test.js"))
    assert "# fail 0" in _run("node", "--test", "--test-reporter=tap", *names, folder=folder)


def test_javascript() -> None:
    """Every test of the page's model and parser passes."""
    _run_tests(HERE)


def test_javascript_as_served(tmp_path: Path) -> None:
    """What the server makes of the page's modules, all in one script, passes the same tests."""
    tests, vectors = tmp_path / HERE.relative_to(ROOT), Path("tests/vectors")
    shutil.copytree(HERE, tests, ignore=shutil.ignore_patterns("node_modules", "*.py", "*.pyc"))
    shutil.copytree(ROOT / vectors, tmp_path / vectors)
    files = read_files(FOLDER)
    given = {name: EXPORTED.findall(files[name].decode()) for name in files if TESTED.match(name)}
    imports = [f'import {{ {", ".join(names)} }} from "./{name}";' for name, names in given.items()]
    everything = ", ".join(name for names in given.values() for name in names)
    script = "\n".join((*imports, f"globalThis.page = {{ {everything} }};"))
    served = shrunk(files | {"main.js": script.encode()})

    assert not given.keys() & served.keys()
    assert len(served["main.js"]) < sum(len(files[name]) for name in given) / 2
    folder = tmp_path / FOLDER.relative_to(ROOT)
    for name, body in served.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    for name, names in given.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(
            f'import "../main.js";\nexport const {{ {", ".join(names)} }} = globalThis.page;\n',
            encoding="utf-8",
        )
    _run_tests(tests)


def test_types() -> None:
    """The page's JavaScript is what its JSDoc says, by the strict rules of TypeScript."""
    _run("node", "node_modules/typescript/bin/tsc", "-p", ".")


def test_packages_have_no_addresses() -> None:
    """What npm installs is pinned by version and hash, and by no registry's address."""
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]

    assert "http" not in lock
    assert all("integrity" in package for path, package in packages.items() if path)
