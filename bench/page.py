"""Measure the web page: its weight, the browser's first paint, and a room of 100,000 messages.

python bench/page.py
python bench/page.py --loads 15 --write

It needs Chromium and the development packages (`make test` installs both).
"""

import argparse
import re
import shutil
import socket
import statistics
import sys
import time
import urllib.request
from pathlib import Path

import machine
import marks
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from servers import BENCH, BUILD, SERVERS, running

SOURCE = BENCH.parent / "src" / "rookery" / "web"
WORKER = "/service-worker.js"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
WAIT_S = 120
MANY = 100_000
AT_ONCE = 1000
STEPS = 30
WEIGHT_GOAL = "100 KB"
PAINT_GOAL = "300 ms"
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) done(paint.startTime);
}).observe({ type: "paint", buffered: true }))"""
SCROLL = """async (log, steps) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const took = [];
  for (let step = 0; step < steps; step += 1) {
    const before = performance.now();
    log.scrollTop = (log.scrollHeight * step) / steps;
    await frame();
    await frame();
    took.push(performance.now() - before);
  }
  return took;
}"""


def main() -> None:
    """Measure, print the table, and put it into README.md where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--loads", type=int, default=9, help="how often the page is loaded")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    path = shutil.which("chromium") or sys.exit("Missing: chromium (apt-get install chromium)")
    with running(SERVERS["rookery"].command) as server, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{server.port}"
        rows = weights(address)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        rows += paints(browser, address, options.loads)
        rows += large_room(browser, address, server.port)
        rows.append(("Chromium", browser.version, ""))
        browser.close()
    lines = ["| figure | measured | goal |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {value} | {goal} |" for name, value, goal in rows]
    text = "\n".join([f"{machine.description(BUILD)}.", "", *lines])
    print(text)
    if options.write:
        marks.write_between(BENCH / "README.md", text, "page")


def weights(address: str) -> list[tuple[str, str, str]]:
    """Return how many bytes the page has: as written, as served, and on the wire."""
    worker, index = (fetched(address, path).decode() for path in (WORKER, "/"))
    below = re.search(r'"(/static/[0-9a-f]+/)"', worker)
    names = re.findall(r'"([\w/-]+\.[a-z]+)"', worker)
    if not below or "main.js" not in names:
        sys.exit(f"{WORKER} does not name the files of the page any more.")
    linked = set(re.findall(r'(?:href|src)="(/[^"]+)"', index))
    first = {"/", *(path for path in linked if path.endswith((".css", ".js")))}
    everything = {"/", WORKER, *linked, *(below[1] + name for name in names)}
    written = sum(f.stat().st_size for f in SOURCE.rglob("*") if f.is_file() and is_page(f))
    rows = [("weight: source, with comments", kilobytes(written), "")]
    for what, paths in (("first load", first), ("in all", everything)):
        plain = sum(len(fetched(address, path)) for path in paths)
        zipped = sum(len(fetched(address, path, "gzip")) for path in paths)
        rows.append(
            (f"weight: {what}, {len(paths)} files as served", kilobytes(plain), WEIGHT_GOAL)
        )
        rows.append((f"weight: {what}, compressed on the wire", kilobytes(zipped), ""))
    return rows


def is_page(file: Path) -> bool:
    """Whether this file of the source is served: types are not."""
    return not file.name.endswith((".d.ts", ".py", ".pyc"))


def fetched(address: str, path: str, encoding: str = "identity") -> bytes:
    """Return one file as it is sent to somebody who takes this encoding."""
    asked = urllib.request.Request(address + path, headers={"Accept-Encoding": encoding})  # noqa: S310 - our own server
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own server
        body: bytes = answer.read()
    return body


def kilobytes(count: int) -> str:
    """Return a number of bytes as people write it."""
    return f"{count / 1000:.1f} KB"


def paints(browser: Browser, address: str, loads: int) -> list[tuple[str, str, str]]:
    """Return the first paint for who never was here, and for who comes back to a conversation."""
    fresh = []
    for _ in range(loads):
        with browser.new_context() as context:
            fresh.append(first_paint(context.new_page(), address))
    with browser.new_context() as context:
        room = entered(context, address, "ann", "teamchat")
        room.evaluate("navigator.serviceWorker.ready.then(() => true)")
        again = [first_paint(context.new_page(), address) for _ in range(loads)]
    return [
        ("first paint, nothing cached", milliseconds(fresh), PAINT_GOAL),
        ("first paint, coming back", milliseconds(again), PAINT_GOAL),
    ]


def first_paint(page: Page, address: str) -> float:
    """Load the page; return ms from the navigation to the first content on the screen."""
    page.goto(address)
    took: float = page.evaluate(PAINT)
    page.close()
    return took


def milliseconds(took: list[float]) -> str:
    """Return the median, with the lowest and the highest."""
    return f"{statistics.median(took):.0f} ms ({min(took):.0f} to {max(took):.0f})"


def entered(context: BrowserContext, address: str, name: str, room: str) -> Page:
    """Return a page on which somebody has signed in and entered a room."""
    page = context.new_page()
    page.goto(f"{address}#{room}")
    page.get_by_role("textbox", name="Username").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    return page


def large_room(browser: Browser, address: str, port: int) -> list[tuple[str, str, str]]:
    """Return what a room costs the browser in which very much was said while the page was open."""
    with browser.new_context() as context, socket.create_connection(("127.0.0.1", port)) as bob:
        page = entered(context, address, "cid", "yard")
        log = page.locator("rookery-log")
        bob.sendall(b"NICK bob\r\nUSER bob 0 * :bob\r\nJOIN #yard\r\n")
        begin_s = time.perf_counter()
        for start in range(0, MANY, AT_ONCE):
            lines = (f"PRIVMSG #yard :line {n}\r\n" for n in range(start, start + AT_ONCE))
            bob.sendall("".join(lines).encode())
        expect(log.get_by_text(f"line {MANY - 1}", exact=True)).to_be_visible(timeout=WAIT_S * 1000)
        rate = MANY / (time.perf_counter() - begin_s)
        took = log.evaluate(SCROLL, STEPS)
        nodes = page.locator("*").count()
    return [
        (f"room of {MANY:,} messages: messages/s that the page takes", f"{rate:,.0f}", ""),
        ("the same: a jump to another place, two frames", milliseconds(took), ""),
        ("the same: elements in the document", f"{nodes:,}", ""),
    ]


if __name__ == "__main__":
    main()
