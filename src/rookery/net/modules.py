"""Which modules a script loads before it runs: its imports, theirs, and so on. Pure.

Only what is imported at once counts; `import("./x.js")` is for later, and stays so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final

_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']""")


def loaded_with(name: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the names of all modules that the script `name` needs, each behind who needs it."""
    found = [name]
    for module in found:
        for path in _IMPORT.findall(files.get(module, b"").decode()):
            needed = posixpath.normpath(posixpath.join(posixpath.dirname(module), path))
            if needed in files and needed not in found:
                found.append(needed)
    return found[1:]
