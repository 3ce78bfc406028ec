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
    assert shrunk({"hello.js": SCRIPT}) == {"hello.js": SCRIPT}
