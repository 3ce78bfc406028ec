"""The shape of the code, told by DESIGN's layers and by sizes, holds for every module of src.

Sizes hold for all that is written beside it too: tests, measurements, scripts.
Modules are found by walking the folders, so a new one is judged without being named here.
The import contracts in pyproject.toml read the source; these tests start clean interpreters.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 39
PROGRAMS = ("bench", "scripts", "src")
WRITTEN = (*PROGRAMS, "tests")
LANGUAGES = {".c", ".h", ".js", ".py"}
NOT_OURS = {".build", "node_modules"}

PATHS = sorted(SRC.rglob("*.py"))
LAYERS = ("wire", "core", "command", "deliver", "store", "bus", "net", "client")
MODULES_WITH_IO = ("asyncio", "selectors", "socket", "sqlite3", "ssl", "subprocess", "threading")
THIRD_PARTY = (
    "aiohttp",
    "argon2",
    "click",
    "cryptography",
    "minify",
    "msgspec",
    "prometheus_client",
    "prompt_toolkit",
    "textual",
    "uvloop",
)

# package, what importing all of it may load of ours, what it may load of nobody's.
CLEAN_IMPORTS = (
    ("wire", {"wire"}, (*MODULES_WITH_IO, *THIRD_PARTY)),
    ("core", {"core"}, (*MODULES_WITH_IO, *THIRD_PARTY)),
    ("deliver", {"bus", "core", "deliver", "store", "wire"}, THIRD_PARTY),
    ("command", {"bus", "command", "core", "deliver", "store", "wire"}, THIRD_PARTY),
    ("client", {"client", "wire"}, ("aiohttp", "argon2", "sqlite3", "uvloop")),
    ("cli", set(), ("aiohttp", "argon2", "prompt_toolkit", "sqlite3", "textual", "uvloop")),
)
# Its commands import what they need when they run, so only its front door is judged.
FRONT_DOOR = "rookery.cli"


def module_name(path):
    """Return the dotted name that imports the file."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_below(package):
    """Return the names of `rookery.package` and everything in it that is no program."""
    prefix = f"rookery.{package}"
    names = (module_name(path) for path in PATHS if path.name != "__main__.py")
    return [name for name in names if name == prefix or name.startswith(f"{prefix}.")]


def loaded_by_importing(modules):
    """Return all that a clean interpreter has in sys.modules once it has imported these."""
    program = f"import sys, {', '.join(modules)}\nprint(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        check=False,
        env=environment,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def sources(folder):
    """Return what is ours in a folder of the tree, as its path there and its text."""
    paths = [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in LANGUAGES]
    ours = [path for path in paths if NOT_OURS.isdisjoint(path.relative_to(ROOT).parts)]
    assert ours, f"nothing in {folder}"
    return [(path.relative_to(ROOT), path.read_text()) for path in ours]


def functions(tree):
    """Return every function of a module, methods and inner ones too."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", PATHS, ids=module_name)
def test_module_says_what_it_does(path):
    """A module has a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text())), "no module docstring"


@pytest.mark.parametrize("folder", WRITTEN)
def test_files_are_short(folder):
    """A file has at most 300 lines, whatever its language."""
    lengths = {str(path): len(text.splitlines()) for path, text in sources(folder)}
    too_long = {path: lines for path, lines in lengths.items() if lines > MAX_FILE_LINES}
    assert too_long == {}


@pytest.mark.parametrize("folder", PROGRAMS)
def test_functions_are_short(folder):
    """A function stays under 40 lines, with its signature and its docstring."""
    too_long = [
        f"{path}: {function.name}"
        for path, text in sources(folder)
        if path.suffix == ".py"
        for function in functions(ast.parse(text))
        if function.end_lineno - function.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert too_long == []


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path.name == "__init__.py"], ids=module_name
)
def test_package_file_only_re_exports(path):
    """An `__init__.py` holds a docstring, imports, `__all__` and the version, and no logic."""
    docstring, *statements = ast.parse(path.read_text()).body
    logic = [ast.unparse(node) for node in statements if not is_re_export(node)]
    assert isinstance(docstring, ast.Expr)
    assert logic == []


def is_re_export(node):
    """Tell whether the statement is an import or sets `__all__` or `__version__`."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "__version__")]):
            return True
    return False


@pytest.mark.parametrize(
    ("package", "ours", "nobodys"), CLEAN_IMPORTS, ids=[row[0] for row in CLEAN_IMPORTS]
)
def test_importing_a_layer_loads_only_what_it_may(package, ours, nobodys):
    """A clean interpreter that imports a whole layer has loaded no layer or library it may not."""
    modules = modules_below(package)
    assert modules, f"no module rookery.{package} in src"
    loaded = loaded_by_importing([FRONT_DOOR] if FRONT_DOOR in modules else modules)
    layers = {layer for layer in LAYERS if f"rookery.{layer}" in loaded}
    assert layers <= ours
    assert loaded.isdisjoint(nobodys), sorted(loaded & set(nobodys))
    assert loaded.isdisjoint({"rookery.cli", "rookery.server"} - set(modules))


def test_tree_names_no_registry():
    """No tracked file names the address of a package registry: whoever installs chooses theirs."""
    needles = ("py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "deb." + "debian.org")
    pattern = [argument for needle in needles for argument in ("-e", needle)]
    done = subprocess.run(
        ["git", "-C", ROOT, "grep", "--ignore-case", "--fixed-strings", "-I", "-n", *pattern],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stdout == ""
    assert done.returncode == 1, done.stderr
