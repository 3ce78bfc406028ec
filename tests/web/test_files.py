"""Files at the page: sent, shown on request, and refused with a sentence."""

import re
import struct
import zlib
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

QUOTA = "[uploads]\nmax_bytes = 50000\naccount_bytes = 60000\n"
REFUSED = ("status of (413|507)",)
"""What the browser says of a file that the server does not take."""


def png(width, height):
    """Return a grey picture."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def file(name, data, kind="application/octet-stream"):
    """Return a file as the browser's file dialog would give it."""
    return {"name": name, "mimeType": kind, "buffer": data}


def attach(one, *files):
    """Choose files in the browser's file dialog."""
    with one.page.expect_file_chooser() as chooser:
        one.button("Attach a file").click()
    chooser.value.set_files(list(files))


@pytest.fixture
def config():
    """A server on which there is little room."""
    return QUOTA


def test_an_image_is_shown_on_request(person):
    """A picture is a link until somebody asks to see it; then it is the picture that was sent."""
    ann = person("ann").sign_in().join("teamchat")
    bob = person("bob").sign_in().join("teamchat")
    attach(ann, file("rook.png", png(320, 200), "image/png"))
    expect(ann.button("Remove rook.png")).to_be_visible()
    expect(ann.box).to_have_value("")
    ann.box.press("Enter")
    expect(ann.button("Remove rook.png")).to_have_count(0)
    expect(ann.page.get_by_role("img", name="rook.png")).to_be_visible()
    asked = []
    bob.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    show = bob.button("Show image rook.png")
    expect(show).to_be_visible()
    assert not [path for path in asked if path.startswith("/files/")]
    show.click()
    image = bob.page.get_by_role("img", name="rook.png")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 320)
    expect(image).to_have_js_property("complete", value=True)


def test_what_does_not_fit_is_refused(person):
    """Too large a file, and one too many, are refused with a sentence; one can go on."""
    ann = person("ann", expected=REFUSED).sign_in().join("teamchat")
    attach(ann, file("large.bin", bytes(50_001)))
    ann.page.get_by_text("The file is too large for this server.").wait_for()
    expect(ann.box).to_have_value("")
    attach(ann, file("one.bin", bytes(40_000)))
    ann.button("Remove one.bin").click()
    expect(ann.button("Remove one.bin")).to_have_count(0)
    expect(ann.box).to_be_focused()
    attach(ann, file("two.bin", bytes(40_000)))
    ann.page.get_by_text("There is no room for more files on the server.").wait_for()
    expect(ann.box).to_have_value("")
    ann.say("So be it.")


def test_a_file_belongs_where_it_was_chosen(person):
    """Whoever looks elsewhere while a file is on its way finds it where they chose it."""
    ann = person("ann").sign_in().join("garden").join("kitchen")
    arrived = []
    ann.page.route("**/upload", lambda route: arrived.append(route))  # noqa: PLW0108 - needs a function
    with ann.page.expect_request("**/upload"):
        attach(ann, file("secret.bin", bytes(100)))
    expect(ann.page.get_by_role("progressbar", name="Uploading secret.bin")).to_be_visible()
    ann.conversation("garden").click()
    expect(ann.heading("#garden")).to_be_visible()
    arrived[0].continue_()
    expect(ann.page.get_by_role("progressbar")).to_have_count(0)
    expect(ann.button("Remove secret.bin")).to_have_count(0)
    ann.conversation("kitchen").click()
    expect(ann.button("Remove secret.bin")).to_be_visible()


def test_a_long_text_that_could_not_be_sent_as_a_file(person):
    """It stays in the box until the file has arrived."""
    ann = person("ann", expected=REFUSED).sign_in().join("teamchat")
    text = "word " * 9_000
    ann.box.fill(text)

    def send_as_file():
        ann.box.press("Enter")
        ann.page.get_by_role("dialog").get_by_role("button", name="Send as a file").click()

    ann.page.route("**/upload", lambda route: route.fulfill(status=507))
    send_as_file()
    ann.page.get_by_text("There is no room for more files on the server.").wait_for()
    expect(ann.box).to_have_value(text)
    ann.page.unroute("**/upload")
    send_as_file()
    expect(ann.button("Remove message.txt")).to_be_visible()
    expect(ann.box).to_have_value("")


def test_files_go_with_the_text(person):
    """Files stand by name over the text, also after a reload; their addresses go behind it."""
    ann = person("ann").sign_in().join("teamchat").say("Teh plan.")
    ann.box.fill("The plan in two parts:")
    for name in ("one", "two", "three"):
        attach(ann, file(f"{name}.bin", bytes(10)))
        expect(ann.button(f"Remove {name}.bin")).to_be_visible()
    ann.button("Remove two.bin").press("Enter")
    text = ann.box.input_value()
    ann.type("/topic Plans")
    expect(ann.page.locator("header .topic")).to_have_text("Plans")
    expect(ann.button("Remove one.bin")).to_be_visible()
    ann.box.fill(text)
    ann.act("Teh plan.", "Edit")
    expect(ann.button("Remove one.bin")).to_have_count(0)
    ann.type("The plan.")
    ann.see("The plan.")
    expect(ann.box).to_have_value("The plan in two parts:")
    ann.page.reload()
    expect(ann.button("Remove one.bin")).to_be_visible()
    ann.box.press("Enter")
    expect(ann.texts.last).to_have_text(
        re.compile(r"^The plan in two parts: https?:\S+/one\.bin https?:\S+/three\.bin$")
    )
    expect(ann.button("Remove one.bin")).to_have_count(0)
    expect(ann.box).to_have_value("")
