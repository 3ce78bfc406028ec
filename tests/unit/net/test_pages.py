"""The page's files have addresses that change with them, and are served from memory."""

import asyncio
from http import HTTPStatus

import pytest

from rookery.net.exchange import STRICT, Asked, Site
from rookery.net.pages import read_pages, routes

FILES = {
    "index.html": '<link href="style.css"><script src="ui/main.js"></script>',
    "style.css": "body {}",
    "ui/main.js": 'import "../wire/line.js";',
    "wire/line.js": "",
    "manifest.webmanifest": '{"icons": [{"src": "icon.svg"}]}',
    "icon.svg": "<svg/>",
    "service-worker.js": 'const FILES = ["__FILES__"], FOLDER = "__STATIC__";',
    "notes.md": "not part of the page",
    "ui/__pycache__/x.pyc": "",
}


@pytest.fixture
def folder(tmp_path):
    """A folder with the files of a small page."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def _ask(folder, path, method="GET", **headers):
    site = Site(routes=routes(read_pages(folder)), websocket_path="/ws", may_connect=lambda _: True)
    asked = Asked(
        method=method,
        path=path,
        query={},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        address="192.0.2.1",
        is_encrypted=False,
        body=None,
    )
    return asyncio.run(site.answer(asked))


def _below(folder):
    return next(path for path in read_pages(folder) if path.endswith("/style.css"))[
        : -len("style.css")
    ]


def test_addresses(folder):
    """Everything is below the hash of the tree, but for what must keep its address."""
    below = _below(folder)
    assert set(read_pages(folder)) == {
        "/",
        "/service-worker.js",
        "/manifest.webmanifest",
        f"{below}icon.svg",
        f"{below}style.css",
        f"{below}ui/main.js",
        f"{below}wire/line.js",
    }


def test_names_become_addresses(folder):
    """The page and the manifest name files as they lie there, and browsers read addresses."""
    below, pages = _below(folder), read_pages(folder)
    assert pages["/"].body.decode() == (
        f'<link href="{below}style.css"><script src="{below}ui/main.js"></script>'
    )
    assert f'"{below}icon.svg"' in pages["/manifest.webmanifest"].body.decode()
    assert pages[f"{below}ui/main.js"].body.decode() == FILES["ui/main.js"]


def test_service_worker(folder):
    """The service worker is told all addresses, and where they are."""
    below, text = _below(folder), read_pages(folder)["/service-worker.js"].body.decode()
    assert text.endswith(f'FOLDER = "{below}";')
    assert text.startswith(f'const FILES = ["/", "{below}icon.svg", "{below}style.css", ')


def test_a_change_changes_every_address(folder):
    """No browser mixes files of two versions."""
    before = _below(folder)
    (folder / "wire" / "line.js").write_text("export {};")
    assert _below(folder) != before


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    (
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/service-worker.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("style.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("icon.svg", "image/svg+xml", "public, max-age=31536000, immutable"),
    ),
)
def test_headers(folder, path, kind, caching):
    """What keeps its address is asked about each time, all else is kept for good."""
    address = path if path.startswith("/") else _below(folder) + path
    answer = _ask(folder, address)
    assert (answer.status, answer.headers["Content-Type"]) == (HTTPStatus.OK, kind)
    assert answer.headers["Cache-Control"] == caching


@pytest.mark.parametrize("wrap", ("{}", "W/{}", '"other", {}', "*"))
def test_known(folder, wrap):
    """A browser that has the file already is told so, and sent nothing."""
    tag = _ask(folder, "/").headers["ETag"]
    answer = _ask(folder, "/", If_None_Match=wrap.format(tag))
    assert (answer.status, answer.body) == (HTTPStatus.NOT_MODIFIED, b"")
    assert answer.headers["ETag"] == tag
    assert _ask(folder, "/", If_None_Match='"other"').status == HTTPStatus.OK


@pytest.mark.parametrize(
    "path",
    (
        "/index.html",
        "/style.css",
        "/static",
        "/static/",
        "/static/0/style.css",
        "/static/../pages.py",
        "/static/../../etc/passwd",
        "//etc/passwd",
        "/notes.md",
        "/service-worker.js/",
        "*",
        "",
    ),
)
def test_nothing_there(folder, path):
    """Whatever is no address of the page is a sentence and 404."""
    answer = _ask(folder, path)
    assert answer.status == HTTPStatus.NOT_FOUND
    assert answer.body.endswith(b"\n")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("method", ("POST", "PUT", "DELETE", "OPTIONS", "BREW"))
def test_methods(folder, method):
    """Files are only read."""
    answer = _ask(folder, "/", method)
    assert answer.status == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer.headers["Allow"] == "GET, HEAD"


def test_strict():
    """Nothing of another site is loaded, and nothing in the page's text is run."""
    policy = dict(
        directive.split(" ", 1) for directive in STRICT["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in STRICT["Content-Security-Policy"]
    assert {policy[name] for name in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
