"""A script's modules are found as the browser finds them."""

from rookery.net.modules import loaded_with


def test_imports_of_imports():
    """What it imports, and what that imports, is named once each; the script itself is not."""
    files = {
        "main.js": b'import { a } from "./ui/a.js"; import "./wire/b.js";',
        "ui/a.js": b'import{b}from"../wire/b.js";export{c}from"./c.js";import "../main.js"',
        "ui/c.js": b"",
        "wire/b.js": b"import * as c from '../ui/c.js';",
        "wire/unused.js": b"",
    }
    assert loaded_with("main.js", files) == ["ui/a.js", "wire/b.js", "ui/c.js"]


def test_later():
    """What is imported when it is first used is not loaded before, and texts import nothing."""
    files = {
        "main.js": b'const later = () => import("./later.js"); say("from here: ./x.js");',
        "later.js": b"",
        "x.js": b"",
    }
    assert loaded_with("main.js", files) == []


def test_not_there():
    """An import of what is no file of the page is the browser's to complain about."""
    assert loaded_with("main.js", {"main.js": b'import "./gone.js"; import "../../out.js"'}) == []
    assert loaded_with("gone.js", {}) == []


def test_comments():
    """What a comment names, for the check of the types, is not loaded."""
    files = {
        "main.js": b"/** @import { A } from './a.js' */\n // import './a.js'\nimport './b.js';",
        "a.js": b"",
        "b.js": b"",
    }
    assert loaded_with("main.js", files) == ["b.js"]
