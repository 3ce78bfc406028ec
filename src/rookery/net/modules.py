"""Which modules a script loads before it runs: its imports, theirs, and so on. Pure.

Only what is imported at once counts; `import("./x.js")` is for later, and stays so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final

_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']""")

_COMMENT: Final = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)


def loaded_with(name: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the names of all modules that the script `name` needs, each behind who needs it."""
    found = [name]
    for module in found:
        found += [needed for needed in needed_by(module, files) if needed not in found]
    return found[1:]


def needed_by(module: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that this one imports, each once, in their order."""
    folder = posixpath.dirname(module)
    paths = _IMPORT.findall(uncommented(files.get(module, b"").decode()))
    names = (posixpath.normpath(posixpath.join(folder, path)) for path in paths)
    return [name for name in dict.fromkeys(names) if name in files]


def uncommented(script: str) -> str:
    """Return a script without its comments: they name modules too, for the check of the types."""
    return _COMMENT.sub("", script)
