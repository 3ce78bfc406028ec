"""The page's files are served smaller, and as they stand where that cannot be."""

import sys

import pytest

from rookery.net.shrink import shrunk

SCRIPT = b"""/** Greets. */
export function greeting(name, others) {
  // With everybody there.
  return `hello ${others.length ? `all  of ${others.length}, ` : ""}${name}  !`;
}
"""
STYLE = b"/* Colours */\n@layer page {\n  body {\n    color: light-dark(#111, #eee);\n  }\n}\n"


def test_smaller():
    """Scripts and stylesheets lose comments and white space, but for what stands in texts."""
    small = shrunk({"ui/hello.js": SCRIPT, "style.css": STYLE})
    assert small["style.css"] == b"@layer page{body{color:light-dark(#111,#eee)}}"
    text = small["ui/hello.js"].decode()
    assert text.startswith("export function greeting(")
    assert "all  of ${" in text
    assert "  !`" in text
    assert len(text) < 100


def test_others():
    """All other files are what they were."""
    files = {"index.html": b"<p>  a  </p>", "icon.svg": b"<svg> </svg>"}
    assert shrunk(files) == files


def test_one_script():
    """What the page's script loads is in it, and served no more beside it."""
    files = {
        "main.js": b'import { a } from "./a.js";\nalert(a);\n',
        "a.js": b"export const a = 1;\n",
    }
    small = shrunk(files | {"style.css": STYLE})
    assert sorted(small) == ["main.js", "style.css"]
    assert small["main.js"] == b"(async()=>{let e=1;alert(e)})()"


def test_modules_apart(caplog):
    """Modules that cannot be one script are served one by one, and that is logged."""
    files = {"main.js": b'import { a as b } from "./a.js";\n', "a.js": b"export const a = 1;\n"}
    assert sorted(shrunk(files)) == ["a.js", "main.js"]
    assert "one by one" in caplog.text


def test_broken_module(caplog):
    """Where the one script is no JavaScript, the page's modules are served as they stand."""
    files = {"main.js": b'import "./a.js";\n', "a.js": b"let = ;;; }"}
    assert shrunk(files | {"b.js": SCRIPT})["a.js"] == files["a.js"]
    assert "as they stand" in caplog.text


def test_broken_file(caplog):
    """A file that is no JavaScript is served as it stands beside the others, and logged."""
    small = shrunk({"broken.js": b"let = ;;; }", "hello.js": SCRIPT})
    assert small["broken.js"] == b"let = ;;; }"
    assert len(small["hello.js"]) < len(SCRIPT)
    assert "as they stand" in caplog.text


@pytest.mark.parametrize("program", ("", "/nowhere/python", "/bin/false"))
def test_no_program(monkeypatch, program):
    """Without the library or a process to run it in, the page is as it stands."""
    monkeypatch.setattr(sys, "executable", program)
    files = {"main.js": b'import "./hello.js";', "hello.js": SCRIPT}
    assert shrunk(files) == files
