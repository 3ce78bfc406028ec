"""The page's modules as one script, in which what one takes of another is there already. Pure.

They keep to what the page's source keeps to: imports and declarations begin their lines, a name is
imported as it is, and no two modules declare the same one. Joined, their names are nobody else's
business, so that the minifier may shorten them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from rookery.net.modules import needed_by, uncommented

_IMPORT: Final = re.compile(
    r"""^import\s*(?:\{\s*\w+(?:,\s*\w+)*,?\s*\}\s*from\s*)?["']\.[^"']+["'];?""", re.MULTILINE
)
_EXPORT: Final = re.compile(r"^export (?=(?:async|class|const|function|let)\b)", re.MULTILINE)
_DECLARED: Final = re.compile(r"^(?:async )?(?:class|const|function\*?|let) (\w+)", re.MULTILINE)
_FOREIGN: Final = re.compile(
    r"^(?:import|export)\b.*|^(?:const|let) [\[{].*|\bimport(?:\(|\.meta).*", re.MULTILINE
)
"""What is left of a module that is written in another way."""
_CONSTANT: Final = re.compile(r"(?<![^\s(;{}])const (?=[\w\[{])")


class ApartError(ValueError):
    """These modules cannot be one script; its text says why."""


def joined(entry: str, files: Mapping[str, bytes]) -> str:
    """Return the script `entry` with all that it needs in front of it. Raises `ApartError`."""
    owners: dict[str, str] = {}
    parts = []
    for module in in_order(entry, files):
        part = _EXPORT.sub("", _IMPORT.sub("", files[module].decode()))
        foreign = _FOREIGN.search(uncommented(part))
        if foreign:
            raise ApartError(f"{module} has: {foreign[0]}")
        for name in _DECLARED.findall(part):
            if name in owners:
                raise ApartError(f"both {owners[name]} and {module} declare {name}")
            owners[name] = module
        parts.append(part)
    # Shorter, and the same: the check of the page's types has proved that no constant is set.
    body = _CONSTANT.sub("let ", "\n".join(parts))
    return f"(async () => {{\n{body}\n}})();\n"


def in_order(entry: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the names of `entry` and all that it needs, each behind what it needs.

    Raises `ApartError` where modules need each other.
    """
    ordered: list[str] = []

    def visit(module: str, above: tuple[str, ...]) -> None:
        if module in above:
            raise ApartError(f"{module} and {above[-1]} need each other")
        for needed in needed_by(module, files):
            if needed not in ordered:
                visit(needed, (*above, module))
        ordered.append(module)

    visit(entry, ())
    return ordered
