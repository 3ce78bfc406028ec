"""Whatever bytes come, the wire reads them or says that they are malformed."""

from hypothesis import strategies as st
from tests.fuzz.budget import fuzzed

from rookery.wire.framer import MAX_BODY_BYTES, MAX_CLIENT_TAGS_BYTES, TOO_LONG, Framer
from rookery.wire.message import MalformedError, format_message, parse
from rookery.wire.proxy import ProxyError
from rookery.wire.proxy import parse as parse_proxy
from rookery.wire.tags import escape, parse_tags, unescape

PIECES = st.lists(
    st.one_of(
        st.binary(max_size=64),
        st.sampled_from(
            (
                *(b"\r\n", b"\n", b"\r", b"@", b":", b" ", b"\0", b";", b"=", b"\\", b"\xff"),
                *(b"x" * 511, b"x" * 5000, b"@" + b"t" * 4095, b"@a=b;+c=\\: :n!u@h PRIVMSG #a :x"),
            )
        ),
    ),
    max_size=20,
)


@fuzzed(PIECES)
def test_framer_and_parser(pieces):
    """Every line is within its limit, parsed or malformed, and what is parsed can be written."""
    framer = Framer(MAX_CLIENT_TAGS_BYTES)
    for line in [line for piece in pieces for line in framer.feed(piece)]:
        assert line == TOO_LONG or len(line) <= MAX_CLIENT_TAGS_BYTES + MAX_BODY_BYTES
        assert line == TOO_LONG or b"\n" not in line
        try:
            message = parse(line.decode())
        except (MalformedError, UnicodeDecodeError):
            continue
        assert parse(format_message(message)) == message


@fuzzed(st.text(max_size=200))
def test_tags(text):
    """Any text survives as a value, and any text is read as tags."""
    assert unescape(escape(text)) == text
    assert all(isinstance(value, str) for value in parse_tags(text).values())


PROXIES = st.one_of(
    st.binary(max_size=120),
    st.binary(max_size=120).map(lambda rest: b"PROXY " + rest + b"\r\n"),
    st.binary(max_size=120).map(lambda rest: b"\r\n\r\n\0\r\nQUIT\n" + rest),
    st.builds(
        lambda head, size, rest: b"\r\n\r\n\0\r\nQUIT\n" + head + size.to_bytes(2, "big") + rest,
        st.binary(min_size=2, max_size=2),
        st.integers(0, 65535),
        st.binary(max_size=300),
    ),
)


@fuzzed(PROXIES)
def test_proxy_header(data):
    """A proxy's header is read, is not whole yet, or is refused."""
    try:
        found = parse_proxy(data)
    except ProxyError:
        return
    assert found is None or found.size <= len(data)
