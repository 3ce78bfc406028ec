"""The page's scripts and its stylesheet, made small when the server starts: they do the same.

All modules of the page become the one script that loads them.

The library is written in Go, whose runtime takes signals and threads of the process that loads it;
so this module, run as a program, loads it and ends with its answer. What it cannot make smaller is
served as it stands in its file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import PurePath
from typing import Final

from rookery import log
from rookery.net.joining import ApartError, joined
from rookery.net.modules import loaded_with

_log: Final = log.get("http")
KINDS: Final = {".css": "text/css", ".js": "application/javascript"}
"""What can be made smaller, by the end of the name."""
ENTRY: Final = "main.js"
"""The script that the page loads."""
TIMEOUT_S: Final = 10.0
"""A hundred times what it takes on a busy machine: the page waits for it."""


def shrunk(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the same page in fewer and smaller files; starts a process, so not on the loop."""
    script, modules = _whole(files)
    sources = {
        name: body.decode()
        for name, body in files.items()
        if PurePath(name).suffix in KINDS and name not in modules
    } | script
    smaller = {name: text.encode() for name, text in _answered(sources).items() if name in sources}
    left = sorted(sources.keys() - smaller.keys())
    if left and smaller:
        _log.warning("files of the page are served as they stand", files=" ".join(left))
    gone = modules if ENTRY in smaller else []
    return {name: smaller.get(name, body) for name, body in files.items() if name not in gone}


def _whole(files: dict[str, bytes]) -> tuple[dict[str, str], list[str]]:
    """Return `ENTRY` with all that it loads, and what need not be served beside it then."""
    if ENTRY not in files:
        return {}, []
    try:
        return {ENTRY: joined(ENTRY, files)}, loaded_with(ENTRY, files)
    except ApartError as error:
        _log.warning("the modules of the page are served one by one", reason=str(error))
        return {}, []


def _answered(sources: dict[str, str]) -> dict[str, str]:
    """Return what the program made of `sources`; nothing where it is not to be had."""
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=json.dumps(sources),
            capture_output=True,
            text=True,
            check=True,
            timeout=TIMEOUT_S,
        )
        smaller: dict[str, str] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        reason = said.strip().rpartition("\n")[2]
        _log.info("the page is served as it stands", reason=reason)
        return {}
    return smaller


def _main() -> None:
    """Answer the sources on standard input, by name, with what is smaller of each."""
    import minify  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415 - see above; it has no types, and is not there on every system

    answer = {}
    for name, text in json.load(sys.stdin).items():
        try:
            answer[name] = minify.string(KINDS[PurePath(name).suffix], text)
        except minify.MinifyError:
            continue
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
