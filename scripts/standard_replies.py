"""Find every FAIL and NOTE code in the source, so that the reference cannot leave one out.

A code is a literal first argument of `.fail` or `.note`, or the literal after "FAIL" in
`.standard`. Where a variable is passed on, it is looked for in the same module: an argument of the
function around it, the first argument of an error that is made there (`fault.code`), or the first
of a pair of texts that is returned. A code that is none of these stops the run: it could not be
documented.
"""

from __future__ import annotations

import ast
import importlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_KINDS = {"fail": "FAIL", "note": "NOTE"}


class StandardReply(NamedTuple):
    """One code with one of its sentences; parts known only at run time are `…`."""

    kind: str
    code: str
    sentence: str
    path: str
    """The file, seen from the top of the repository."""


class _Unknown(Exception):
    """A code that cannot be read off the source."""


def standard_replies(root: Path) -> list[StandardReply]:
    """Return all replies of the server's source, sorted and each once."""
    found: set[StandardReply] = set()
    for folder in ("command", "deliver", "net"):
        for path in sorted((root / "src/rookery" / folder).glob("*.py")):
            found |= set(_in_file(root, path))
    return sorted(found)


def _in_file(root: Path, path: Path) -> Iterator[StandardReply]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = {"fail", "note", "standard"}
    if not any(isinstance(node, ast.Attribute) and node.attr in words for node in ast.walk(tree)):
        return
    name = ".".join(path.relative_to(root / "src").with_suffix("").parts)
    reader = _Reader(tree, importlib.import_module(name))
    for kind, code, sentence in reader.replies():
        yield StandardReply(kind, code, sentence, str(path.relative_to(root)))


class _Reader:
    """Reads the replies of one module; `module` lends its constants to the sentences."""

    def __init__(self, tree: ast.Module, module: ModuleType) -> None:
        self._tree = tree
        self._module = module

    def replies(self) -> Iterator[tuple[str, str, str]]:
        for function in ast.walk(self._tree):
            if isinstance(function, ast.FunctionDef):
                for node in _own_nodes(function):
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                        yield from self._in_call(node, node.func.attr, function)
        for code, sentence in self._returned_pairs():  # Also for another module, which sends it.
            yield "FAIL", code, sentence

    def _in_call(
        self, call: ast.Call, method: str, function: ast.FunctionDef
    ) -> Iterator[tuple[str, str, str]]:
        arguments = call.args
        if method == "standard":
            if function.name in _KINDS:
                return  # The method that all others go through: its callers are looked at.
            kind, arguments = ast.literal_eval(arguments[1]), arguments[3:]
        elif method in _KINDS and ast.unparse(arguments[0]) != "call":
            kind = _KINDS[method]  # Not another module's function: that is looked at over there.
        else:
            return
        code = arguments[0]
        if isinstance(code, ast.Constant):
            yield kind, str(code.value), self._text(arguments[-1], function)
            return
        pairs = list(self._passed_on(code, function))
        if not pairs:
            message = f"{self._module.__name__} line {call.lineno}: the code is no literal"
            raise _Unknown(message)
        for one, sentence in pairs:
            yield kind, one, sentence

    def _passed_on(self, code: ast.expr, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
        """Return the codes that a variable may stand for, each with its sentence."""
        names = [argument.arg for argument in function.args.args]
        if isinstance(code, ast.Attribute):
            yield from self._calls(lambda name: name.endswith("Error"), 0)
        elif isinstance(code, ast.Name) and code.id in names:
            yield from self._calls(lambda name: name == function.name, names.index(code.id))
        else:
            yield from self._returned_pairs()

    def _calls(self, is_meant: Callable[[str], bool], at: int) -> Iterator[tuple[str, str]]:
        """Yield the literal argument number `at` of calls by name, and the last as the sentence."""
        for function in ast.walk(self._tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in _own_nodes(function):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=arguments) if is_meant(name):
                        code = arguments[at]
                        if not isinstance(code, ast.Constant):
                            message = f"{self._module.__name__} line {node.lineno}: no literal"
                            raise _Unknown(message)
                        yield str(code.value), self._text(arguments[-1], function)

    def _returned_pairs(self) -> Iterator[tuple[str, str]]:
        for function in ast.walk(self._tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in _own_nodes(function):
                match node:
                    case ast.Return(
                        value=ast.Tuple(elts=[ast.Constant(value=str(code)), sentence])
                    ) if _CODE.fullmatch(code):
                        yield code, self._text(sentence, function)

    def _text(self, node: ast.expr, function: ast.FunctionDef) -> str:
        """Return a sentence as far as the source tells it."""
        match node:
            case ast.Constant(value=value):
                return str(value)
            case ast.JoinedStr(values=parts):
                return "".join(self._text(part, function) for part in parts)
            case ast.FormattedValue(value=value):
                return self._text(value, function)
            case ast.Name(id=name) if isinstance(
                known := getattr(self._module, name, None), str | int
            ):
                return str(known)
            case ast.Name(id=name, lineno=line):
                return self._assigned(name, line, function)
            case _:
                return "…"

    def _assigned(self, name: str, line: int, function: ast.FunctionDef) -> str:
        """Return what a variable was last set to above a line."""
        texts = {
            node.lineno: node.value
            for node in _own_nodes(function)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == name
            and isinstance(node.value, ast.Constant | ast.JoinedStr)
            and node.lineno < line
        }
        return self._text(texts[max(texts)], function) if texts else "…"


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield what stands in a function, but not what stands in a function within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
        elif isinstance(node, ast.Lambda):
            waiting.append(node.body)
