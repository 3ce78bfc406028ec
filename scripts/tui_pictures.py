"""Take docs/pictures of the full-screen client over from the pictures that its tests compare.

`make docs` runs it; `pytest tests/tui --snapshot-update` makes those anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
TAKEN_FROM: Final = ROOT / "tests/tui/__snapshots__/test_pictures"
PICTURES: Final = {
    "tui.svg": "test_documentation[columns].raw",
    "tui-light.svg": "test_documentation[light].raw",
    "tui-narrow.svg": "test_documentation[narrow].raw",
    "tui-message.svg": "test_documentation[message].raw",
}
"""Name below docs/pictures to the test's picture."""


def pictures() -> dict[Path, str]:
    """Return the text of every picture by its path."""
    folder = ROOT / "docs/pictures"
    return {
        folder / name: (TAKEN_FROM / taken).read_text(encoding="utf-8")
        for name, taken in PICTURES.items()
    }


if __name__ == "__main__":
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8")
