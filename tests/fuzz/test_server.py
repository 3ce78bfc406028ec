"""Whatever a connection sends, it ends at most itself, and nobody else notices."""

from hypothesis import strategies as st
from tests.fuzz.budget import fuzzed
from tests.unit.net.street import Street

from rookery.command.table import COMMANDS

BEGINNINGS = st.one_of(
    st.binary(min_size=1, max_size=100),
    st.builds(
        bytes.__add__,
        st.sampled_from((b"GET ", b"POST ", b"\x16\x03\x01", b"PROXY ", b"\r\n\r\n\0\r\nQUIT\n")),
        st.binary(max_size=100),
    ),
)


@fuzzed(st.lists(BEGINNINGS, min_size=1, max_size=4))
def test_door(pieces):
    """A connection is told what it is not, or it is IRC; its count is given back at the end."""
    street = Street()
    connection = street.connection()
    for piece in pieces:
        if connection.is_over:
            break
        connection.protocol.data_received(piece)
        street.turn()
    connection.written = b""
    if not connection.is_over:
        connection.is_lost()
    assert (street.hall.connection_count, street.hall.pumps, street.hall.waiting) == (0, {}, {})
    assert street.hall._unsigned == {}


_PARAMS = st.one_of(
    st.sampled_from(
        (
            *(
                "*",
                "",
                "0",
                "1",
                "-1",
                "99999999999999999999",
                "#a",
                "#b",
                "ann",
                "eve",
                "bob",
                "#",
            ),
            *(
                "#a,#b",
                "ann,bob",
                "*!*@*",
                "+o",
                "+b",
                "-l",
                "+kl",
                "a!b@c",
                "timestamp=x",
                "msgid=1",
            ),
            *(
                "LATEST",
                "BETWEEN",
                "AROUND",
                "TARGETS",
                "GET",
                "SET",
                "SUB",
                "LIST",
                "CLEAR",
                "ADD",
            ),
            *("+batch", "-batch", "draft/multiline", "draft/metadata-2", "LS", "REQ", "END", "302"),
            *("NickServ", "ChanServ", "HELP", "REGISTER x", "IDENTIFY ann x", "\x01VERSION\x01"),
        )
    ),
    st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=20),
)
_TAGS = st.sampled_from(
    ("", "", "@label=1 ", "@+typing=active ", "@batch=x ", "@+draft/reply=1;label=2 ", "@ ", "@=; ")
)
_COMMANDS = st.one_of(st.sampled_from(sorted(COMMANDS)), st.text("AZaz09", max_size=8))
_LINES = st.builds(
    lambda tags, command, params, last: f"{tags}{command} {' '.join(params)} :{last}".encode(),
    _TAGS,
    _COMMANDS,
    st.lists(_PARAMS, max_size=5),
    _PARAMS,
)
_CAPS = b"CAP REQ :batch echo-message labeled-response message-tags server-time standard-replies"


@fuzzed(st.lists(st.one_of(_LINES, st.binary(max_size=60)), max_size=30))
def test_pump(lines):
    """No line is a fault of the server, and somebody else in the room stays and is answered."""
    street = Street(unregistered=0, unregistered_per_address=0)
    bob = street.person("bob", "192.0.2.2")
    bob.receives(b"JOIN #a\r\n")
    eve = _newcomer(street)
    for line in lines:
        if eve.is_over:
            eve = _newcomer(street)
        answer = _tell(street, eve, line)
        assert "The server made a mistake" not in answer, line
    assert not bob.is_over
    bob.reads()
    assert bob.receives(b"PING here\r\n").endswith(" :here\r\n")


def _newcomer(street):
    eve = street.person("eve", "192.0.2.3")
    eve.receives(_CAPS + b"\r\nJOIN #a\r\n")
    return eve


def _tell(street, connection, line):
    if not connection.is_reading:
        street.passes(1)
    if connection.is_reading and not connection.is_over:
        connection.protocol.data_received(line + b"\r\n")
    street.turn()
    written, connection.written = connection.written, b""
    return written.decode()
