"""What must hold for every input of the wire."""

from hypothesis import given
from hypothesis import strategies as st

from rookery.wire.casefold import fold
from rookery.wire.framer import MAX_CLIENT_TAGS_BYTES, TOO_LONG, Framer
from rookery.wire.message import MalformedError, Message, format_message, parse
from rookery.wire.precis import prepared
from rookery.wire.tags import escape, format_tags, parse_tags, unescape

_texts = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]))
_words = st.text(
    st.characters(exclude_characters="\0\r\n ", exclude_categories=["Cs"]), min_size=1
).filter(lambda word: word[0] != ":")
_keys = st.text("abz09-./+", min_size=1, max_size=9)
_values = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
_messages = st.builds(
    lambda command, middle, last, source, tags: Message(command, middle + last, source, tags),
    st.text("AZ09", min_size=1, max_size=9),
    st.lists(_words, max_size=14),
    st.lists(_texts, max_size=1),
    st.text(st.characters(exclude_characters="\0\r\n ", exclude_categories=["Cs"])),
    st.dictionaries(_keys, _values, max_size=4),
)
_pieces = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"\r\n", b"\n", b"\r", b"@", b" ", b"x" * 300, b"\r" * 300, b"t" * 4090, b"PING a\r\n"]
    ),
)


@given(_messages)
def test_message_survives_the_wire(message):
    """What is formatted is parsed as what it was."""
    assert message == parse(format_message(message))


@given(_texts)
def test_any_line_is_parsed_or_malformed(line):
    """No line makes the parser raise anything but its own error, and what it reads it can write."""
    try:
        message = parse(line)
    except MalformedError:
        return
    assert message.command
    assert all(" " not in param for param in message.params[:-1])


@given(_values)
def test_tag_value_survives_escaping(value):
    """Escaping is undone, and leaves nothing that would end a tag or a line."""
    assert value == unescape(escape(value))
    assert not set(escape(value)) & set("; \r\n")


@given(st.dictionaries(_keys, _values))
def test_tags_survive_the_wire(tags):
    """Tags are read as they were written."""
    assert tags == parse_tags(format_tags(tags))


@given(st.text())
def test_folding_twice_changes_nothing(name):
    """A key is its own key."""
    assert fold(name) == fold(fold(name))


@given(st.text(st.characters(max_codepoint=127)))
def test_case_does_not_matter(name):
    """Two spellings of an ASCII name have one key."""
    assert fold(name.upper()) == fold(name.lower())


@given(st.lists(_pieces, max_size=30), st.data())
def test_any_split_gives_the_same_lines(pieces, data):
    """Lines do not depend on how the stream was cut into reads."""
    stream = b"".join(pieces)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=12).map(sorted))
    whole = Framer(MAX_CLIENT_TAGS_BYTES).feed(stream)
    framer, lines = Framer(MAX_CLIENT_TAGS_BYTES), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        lines += framer.feed(stream[start:end])
    # An over-long line without its end is told as soon as it is known, in both.
    assert whole == lines
    assert all(line is TOO_LONG or b"\n" not in line for line in lines)


@given(st.lists(_pieces, max_size=30))
def test_byte_by_byte_gives_the_same_lines(pieces):
    """One byte at a time is a split like any other."""
    stream = b"".join(pieces)[:9000]
    framer = Framer(MAX_CLIENT_TAGS_BYTES)
    lines = [line for at in range(len(stream)) for line in framer.feed(stream[at : at + 1])]
    assert Framer(MAX_CLIENT_TAGS_BYTES).feed(stream) == lines


@given(st.text())
def test_folding_a_key_changes_nothing_in_all_scripts(name):
    """The mapping of all letters settles: RFC 8265 §3.3.2."""
    assert prepared(prepared(name)) == prepared(name)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_folds_the_same_in_both_mappings(name):
    """Which mapping was chosen cannot be seen in ASCII names."""
    assert prepared(name) == fold(name)
