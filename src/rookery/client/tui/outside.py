"""Programs beside this one: an editor to write in, what opens a link, and others of the desktop.

What others wrote is one argument, never a part of a command line.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from rookery.errors import ClientError


def written_in_editor(text: str) -> str:
    """Return `text` as a person's editor leaves it; raises `ClientError` where there is none.

    Call it only while the screen is the editor's.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    command = shlex.split(wanted) if wanted else _usual_editor()
    with tempfile.TemporaryDirectory(prefix="rookery-") as folder:
        path = Path(folder) / "message.txt"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*command, str(path)], check=True)  # noqa: S603 - the person's own choice
            return path.read_text(encoding="utf-8").rstrip("\n")
        except (OSError, subprocess.CalledProcessError, UnicodeDecodeError) as error:
            msg = f"The editor {command[0]} did not work: {error}. Set EDITOR to another one."
            raise ClientError(msg) from error


def _usual_editor() -> list[str]:
    for name in ("editor", "nano", "vi"):
        if found := shutil.which(name):
            return [found]
    raise ClientError("No editor is known. Set EDITOR, as in: export EDITOR=nano")


def open_link(address: str) -> bool:
    """Open an address where that can be seen; False: there is no desktop to open it on."""
    has_desktop = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    opener = shutil.which("xdg-open") if has_desktop else shutil.which("open")
    if opener is None:
        return False
    run_beside(opener, address)
    return True


def run_beside(*command: str) -> None:
    """Run a program of the desktop and do not wait for it; what it writes is nobody's."""
    silence = subprocess.DEVNULL
    ends = {"stdin": silence, "stdout": silence, "stderr": silence}
    # Somebody has to take its exit code, or it stays in the list of processes.
    threading.Thread(
        target=subprocess.run,
        args=(command,),
        kwargs={**ends, "start_new_session": True, "check": False},
        daemon=True,
    ).start()
