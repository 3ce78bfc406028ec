"""The page's files have addresses that change with them, and are served from memory."""

import asyncio
import gzip
from http import HTTPStatus

import pytest

from rookery.net.exchange import STRICT, Asked, Site
from rookery.net.pages import pages_of, read_files, routes

FILES = {
    "index.html": '<link href="style.css"><script type="module" src="ui/main.js"></script>\n'
    '<link rel="modulepreload" href="__MODULES__">\n',
    "style.css": "body {}" * 100,
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


def _pages(folder):
    return pages_of(read_files(folder))


def _ask(folder, path, method="GET", **headers):
    site = Site(routes=routes(_pages(folder)), websocket_path="/ws", may_connect=lambda _: True)
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
    return next(path for path in _pages(folder) if path.endswith("/style.css"))[: -len("style.css")]


def test_addresses(folder):
    """Everything is below the hash of the tree, but for what must keep its address."""
    below = _below(folder)
    assert set(_pages(folder)) == {
        "/",
        "/service-worker.js",
        "/manifest.webmanifest",
        f"{below}icon.svg",
        f"{below}style.css",
        f"{below}ui/main.js",
        f"{below}wire/line.js",
    }


def test_names_become_addresses(folder):
    """The page and the manifest name files, and browsers read addresses; modules come along."""
    below, pages = _below(folder), _pages(folder)
    assert pages["/"].body.decode() == (
        f'<link href="{below}style.css"><script type="module" src="{below}ui/main.js"></script>\n'
        f'<link rel="modulepreload" href="{below}wire/line.js">\n'
    )
    assert f'"{below}icon.svg"' in pages["/manifest.webmanifest"].body.decode()
    assert pages[f"{below}ui/main.js"].body.decode() == FILES["ui/main.js"]


def test_service_worker(folder):
    """The service worker is told the names of all files, and where they are."""
    below, text = _below(folder), _pages(folder)["/service-worker.js"].body.decode()
    assert text.endswith(f'FOLDER = "{below}";')
    assert text.startswith('const FILES = ["icon.svg","style.css","ui/main.js",')


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


@pytest.mark.parametrize("accepted", ("gzip", "br, gzip", "GZIP ; q=0.5", "gzip;q=1.0, *;q=0"))
def test_compressed(folder, accepted):
    """Who takes gzip gets it, under a tag of its own, and caches on the way are told."""
    address = f"{_below(folder)}style.css"
    plain, zipped = _ask(folder, address), _ask(folder, address, Accept_Encoding=accepted)
    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    tags = {"Accept_Encoding": accepted, "If_None_Match": zipped.headers["ETag"]}
    assert _ask(folder, address, **tags).status == HTTPStatus.NOT_MODIFIED
    assert _ask(folder, address, If_None_Match=tags["If_None_Match"]).status == HTTPStatus.OK


@pytest.mark.parametrize(
    "accepted", ("", "br", "gzip;q=0", "gzip; q=0.000, br", "xgzip", "gzip;q=x")
)
def test_not_compressed(folder, accepted):
    """Who does not take gzip gets the file as it is."""
    answer = _ask(folder, f"{_below(folder)}style.css", Accept_Encoding=accepted)
    assert answer.body.decode() == FILES["style.css"]
    assert "Content-Encoding" not in answer.headers


def test_too_small_to_compress(folder):
    """What fits into one packet anyway is sent as it is, and does not vary."""
    answer = _ask(folder, f"{_below(folder)}icon.svg", Accept_Encoding="gzip")
    assert answer.body.decode() == FILES["icon.svg"]
    assert not {"Content-Encoding", "Vary"} & set(answer.headers)


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
