"""The pure part of the message view: layouts and the window over them, for any entries."""

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.happened import Event, What
from rookery.client.tui.blocks import Blocks
from rookery.client.tui.look import Look
from rookery.client.tui.pieces import text_of
from rookery.client.tui.splice import Splice, together

DAY_MS = 86_400_000
WIDTHS = st.integers(12, 140)
HOSTILE = (
    "\x00\x07\x08\x1b[2J\x1b]52;c;aGk=\x07\x9b31m\x90\x9d\u202e\u2066\u2028\x7f\x03" + "4,1\x02"
)
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text("ab 字́❤\ufe0f\u200d👩🏽‍🚀🇩🇪\t\n\x1b[31m\u202e", max_size=80),
    st.sampled_from(
        [
            "https://chat.lan/" + "x" * 300,
            "see https://a.b/c). ok",
            HOSTILE,
            "",
            " ",
            "1\ufe0f\u20e3" * 40,
        ]
    ),
)


@st.composite
def entry_lists(draw, max_size=25):
    """Draw entries in the order of their days."""
    entries = []
    for index, at_day in enumerate(sorted(draw(st.lists(st.integers(0, 3), max_size=max_size)))):
        entries.append(draw(one_entry(f"k{index}", at_day)))
    return entries


@st.composite
def one_entry(draw, key, day):
    """Draw an entry of any kind."""
    kind = draw(st.sampled_from(Kind))
    event = None
    if kind is Kind.EVENT:
        event = Event(draw(st.sampled_from(What)), "sub", draw(st.sampled_from(["", "why\x1b[0m"])))
    return Entry(
        key=key,
        at_ms=1_700_000_000_000 + day * DAY_MS,
        kind=kind,
        sender=draw(st.sampled_from(["bob", "名前", "x" * 40, "ev\x1bil", "a"])),
        text=draw(TEXTS),
        msgid=draw(st.sampled_from(["", f"m-{key}"])),
        event=event,
        state=draw(st.sampled_from(State)),
        reason=draw(st.sampled_from(["", "Cannot send\x1b to it."])),
        reply_to=draw(st.sampled_from(["", "m-k0", "m-k3"])),
        reactions=draw(st.sampled_from([{}, {"👍": ("bob", "carol"), "\x1b[": ("x",)}])),
        reply_count=draw(st.integers(0, 2)),
        is_own=draw(st.booleans()),
        is_mention=draw(st.booleans()),
        is_edited=draw(st.booleans()),
        is_redacted=draw(st.booleans()),
    )


def seen(blocks):
    """Return what stands in the window."""
    return [text_of(blocks.block(i).lines[line]) for i, line in blocks.scroll.rows()]


def whole(blocks):
    """Return every line of every block with where it stands."""
    return [
        (i, line, text_of(row))
        for i in range(len(blocks))
        for line, row in enumerate(blocks.block(i).lines)
    ]


@settings(max_examples=40, deadline=None)
@given(entry_lists(), WIDTHS)
def test_every_line_fits_and_is_harmless(entries, width):
    """No line is wider than the window, and none holds a character that a terminal obeys."""
    blocks = Blocks(entries, Look(width), 10)
    for _, _, text in whole(blocks):
        assert cell_len(text) <= width
        assert [c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"}] == []
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@settings(max_examples=40, deadline=None)
@given(st.text("abc 字é", max_size=200), WIDTHS)
def test_every_word_is_present_once_in_order(text, width):
    """What was said stands on the lines once, in order, whatever the width."""
    entry = Entry("k", 0, Kind.SAID, "bob", text)
    lines = [text_of(line) for line in Blocks([entry], Look(width), 10).block(0).lines]
    said = "".join(lines[1:])[len("00:00 ") :].lstrip().removeprefix("bob")
    assert "".join(said.split()) == "".join(text.split())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entry_lists(), WIDTHS, WIDTHS, st.integers(1, 12), st.integers(-60, 0), st.data())
def test_the_place_is_kept(entries, width, other_width, height, up, data):
    """Resizing, editing, appending and putting older ones above leave the top entry at the top."""
    blocks = Blocks(entries, Look(width), height)
    blocks.scroll.by(up)
    was_at_end = blocks.scroll.is_at_end
    top = next(blocks.scroll.rows(), None)
    top_key = blocks.entries[top[0]].key if top else ""
    change = data.draw(st.sampled_from(["resize", "older", "newer", "edit", "both"]))
    entries = list(entries)
    older = [data.draw(one_entry(f"o{n}", 0)) for n in range(2)]
    newer = [data.draw(one_entry(f"n{n}", 3)) for n in range(2)]
    splices = []
    if change == "resize":
        blocks.resize(other_width, height)
    if change in {"newer", "both"}:
        splices.append(Splice(len(entries), 0, 2))
        entries += newer
    if change in {"older", "both"}:
        splices.append(Splice(0, 0, 2))
        entries[:0] = older
    if change == "edit" and entries:
        at = data.draw(st.integers(0, len(entries) - 1))
        entries[at] = data.draw(one_entry(entries[at].key, 1 if at else 0))
        splices.append(Splice(at, 1, 1))
    if splices:
        blocks.changed(together(splices), entries)
    rows = list(blocks.scroll.rows())
    every = [(i, line) for i, line, _ in whole(blocks)]
    assert rows == every[every.index(rows[0]) :][:height] if rows else every == []
    assert len(rows) == min(height, len(every))
    if was_at_end and change != "resize":
        assert rows == every[-height:]
    elif not blocks.scroll.is_at_end and change != "edit":
        is_merged = blocks.block(index := blocks.index_of(top_key)).lines == ()
        assert is_merged or rows[0][0] == index


@settings(max_examples=40, deadline=None)
@given(entry_lists(), WIDTHS, st.integers(1, 12), st.lists(st.integers(-30, 30), max_size=6))
def test_scrolling_moves_by_lines(entries, width, height, moves):
    """The window moves by as many lines as asked, within what there is."""
    blocks = Blocks(entries, Look(width), height)
    every = [(i, line) for i, line, _ in whole(blocks)]
    last = max(len(every) - height, 0)
    top = last
    for move in moves:
        blocks.scroll.by(move)
        top = min(max(top + move, 0), last)
        assert list(blocks.scroll.rows()) == every[top : top + height]


@settings(max_examples=40, deadline=None)
@given(entry_lists(), entry_lists(), st.data())
def test_kept_blocks_are_as_if_laid_out_anew(before, arrived, data):
    """After any change, every block is what a fresh layout of the same entries gives."""
    look = Look(60, new_from_key="k2", this_year=2023)
    blocks = Blocks(before, look, 10)
    whole(blocks)
    at = data.draw(st.integers(0, len(before)))
    removed = data.draw(st.integers(0, len(before) - at))
    entries = list(before)
    entries[at : at + removed] = [
        Entry(f"x{n}", e.at_ms, e.kind, e.sender, e.text, event=e.event, msgid=e.msgid)
        for n, e in enumerate(arrived)
    ]
    entries.sort(key=lambda entry: entry.at_ms)
    blocks.changed(Splice(0, len(before), len(entries)), entries) if removed else None
    if not removed:
        entries = list(before)
        fresh = [
            Entry(
                f"x{n}",
                before[max(at - 1, 0)].at_ms if before else 0,
                Kind.EVENT,
                "z",
                event=Event(What.JOINED),
            )
            for n in range(2)
        ]
        entries[at:at] = fresh
        blocks.changed(Splice(at, 0, 2), entries)
    assert [text for *_, text in whole(blocks)] == [
        text for *_, text in whole(Blocks(entries, look, 10))
    ]
