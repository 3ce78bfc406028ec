"""Whatever a client sends to prove who it is: nobody gets in without a proof, nothing breaks."""

import base64

from hypothesis import strategies as st
from tests.fuzz.budget import fuzzed
from tests.unit.command.house import House

from rookery.command.account_rules import AccountRules
from rookery.wire import scram

VERIFIER = scram.derive("secret", b"sixteen bytes ok", 4096)
HOUSE = House(accounts=AccountRules(tries_per_session=1 << 30))
HOUSE.account("ann")

_words = st.sampled_from(
    (
        *(b"ann", b"\0ann\0wrong", b"ann\0ann\0secre", b"\0\0", b"\0ann\0", b"\0ann\0secret\0"),
        *(b"n,,n=ann,r=abc", b"y,,n=ann,r=", b"p=tls-unique,,n=ann,r=x", b"n,a=bob,n=ann,r=x"),
        *(b"c=biws,r=abc,p=AAAA", b"c=,r=,p=", b"n,,m=1,n=ann,r=x", b"n,,n==2C,r=\xff"),
    )
)
PAYLOADS = st.one_of(st.binary(max_size=400), _words, st.builds(bytes.__add__, _words, _words))
LINES = st.lists(
    st.one_of(
        st.sampled_from(("PLAIN", "SCRAM-SHA-256", "EXTERNAL", "+", "*", "x" * 400, "=", "")),
        PAYLOADS.map(lambda payload: base64.b64encode(payload).decode()),
        st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=50),
    ),
    max_size=12,
)


@fuzzed(LINES)
def test_authenticate(lines):
    """Without the right password no line signs in, and each is answered."""
    client = HOUSE.connection()
    client.does("CAP REQ :sasl")
    for line in lines:
        heard = client.does(f"AUTHENTICATE {line}")
        assert not [one for one in heard if one.split()[1] in {"900", "903"}]
    client.does("QUIT")


@fuzzed(PAYLOADS, PAYLOADS)
def test_scram(first, final):
    """Two messages of any bytes are a proof of nothing, and refused as such."""
    try:
        exchange = scram.Exchange(scram.parse_client_first(first), VERIFIER, "server-nonce")
        exchange.prove(final)
    except scram.ScramError:
        return
    raise AssertionError("that was no proof")
