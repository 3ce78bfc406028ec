"""The PROXY protocol, versions 1 and 2 (haproxy.org, "The PROXY protocol")."""

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rookery.wire.proxy import MAX_V1_BYTES, NO_HEADER, Header, ProxyError, parse

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
V4 = bytes((192, 0, 2, 7, 10, 0, 0, 1)) + b"\x30\x39\x1f\x90"
V6 = ipaddress.ip_address("2001:db8::7").packed * 2 + b"\x30\x39\x1f\x90"


def v2(body, command=1, family=0x11, version=2):
    """Return a header of version 2."""
    head = bytes((version << 4 | command, family)) + len(body).to_bytes(2, "big")
    return SIGNATURE + head + body


SSL = b"\x20\0\x05\x01\0\0\0\0"
GOOD = (
    (b"PROXY TCP4 192.0.2.7 10.0.0.1 12345 8080\r\n", "192.0.2.7", False),
    (b"PROXY TCP6 2001:db8::7 ::1 12345 8080\r\n", "2001:db8::7", False),
    (b"PROXY TCP6 ::ffff:192.0.2.7 ::1 12345 8080\r\n", "192.0.2.7", False),
    (b"PROXY UNKNOWN\r\n", "", False),
    (b"PROXY UNKNOWN what ever 1 2\r\n", "", False),
    (v2(V4), "192.0.2.7", False),
    (v2(V6, family=0x21), "2001:db8::7", False),
    (v2(b"", command=0, family=0), "", False),
    (v2(V4, command=0), "", False),
    (v2(b"x" * 216, family=0x31), "", False),
    (v2(V4 + SSL), "192.0.2.7", True),
    (v2(V4 + b"\x04\0\x01x" + SSL), "192.0.2.7", True),
    (v2(V4 + b"\x20\0\x05\0\0\0\0\0"), "192.0.2.7", False),
)
BAD = (
    b"PROXY TCP4 192.0.2.7 10.0.0.1 12345\r\n",
    b"PROXY TCP4 192.0.2.7 10.0.0.1 12345 65536\r\n",
    b"PROXY TCP4 192.0.2.7 10.0.0.1 -1 8080\r\n",
    b"PROXY TCP4 2001:db8::7 ::1 12345 8080\r\n",
    b"PROXY TCP6 192.0.2.7 10.0.0.1 12345 8080\r\n",
    b"PROXY TCP4 host 10.0.0.1 12345 8080\r\n",
    b"PROXY TCP4  192.0.2.7 10.0.0.1 12345 8080\r\n",
    b"PROXY TCP5 192.0.2.7 10.0.0.1 12345 8080\r\n",
    b"PROXY \xff\r\n",
    b"PROXY TCP4 " + b"1" * MAX_V1_BYTES,
    v2(V4, version=1),
    v2(V4, command=2),
    v2(V4[:8]),
    v2(V4, family=0x21),
    v2(b"x" * 60_000),
)


@pytest.mark.parametrize(("header", "source", "is_encrypted"), GOOD)
def test_good(header, source, is_encrypted):
    """§2.1, §2.2: the client's address; what follows is not looked at."""
    expected = Header(source, len(header), is_encrypted)
    assert parse(header) == expected
    assert parse(header + b"\x16\x03\x01NICK ann\r\n") == expected


@pytest.mark.parametrize("header", [header for header, _, _ in GOOD])
def test_every_beginning(header):
    """§2: as long as it is not whole, more must come."""
    assert [parse(header[:size]) for size in range(1, len(header))] == [None] * (len(header) - 1)


@pytest.mark.parametrize("header", BAD)
def test_bad(header):
    """§2: a broken header ends the connection."""
    with pytest.raises(ProxyError):
        parse(header)


@pytest.mark.parametrize("data", (b"N", b"NICK ann", b"PRIVMSG", b"\x16\x03", b"\r\nNICK", b"PX"))
def test_none(data):
    """What is no header is the client's own."""
    assert parse(data) is NO_HEADER


@given(st.binary(max_size=200), st.sampled_from([b"", b"PROXY ", b"PROXY TCP4 ", SIGNATURE]))
def test_any_bytes(data, begin):
    """Any bytes give an answer within what came, or are refused."""
    try:
        header = parse(begin + data)
    except ProxyError:
        return
    assert header is None or 0 <= header.size <= len(begin + data)


@given(st.ip_addresses(), st.ip_addresses(), st.integers(0, 65535), st.integers(0, 65535))
@example(ipaddress.ip_address("::ffff:192.0.2.7"), ipaddress.ip_address("::1"), 12345, 8080)
def test_round_trip(source, target, port, other):
    """§2.1: every address comes out as it went in; one of IPv4 in IPv6's clothes, as IPv4's."""
    shown = str(getattr(source, "ipv4_mapped", None) or source)
    if source.version != target.version:
        target = source
    line = f"PROXY TCP{source.version} {source} {target} {port} {other}\r\n".encode()
    assert parse(line) == Header(shown, len(line))
    family = 0x11 if source.version == 4 else 0x21
    body = source.packed + target.packed + port.to_bytes(2, "big") + other.to_bytes(2, "big")
    assert parse(v2(body, family=family)) == Header(shown, 16 + len(body))
