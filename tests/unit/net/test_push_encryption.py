import base64
import json
import stat

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.unit.net.device import Device

from rookery.errors import StartError
from rookery.net.push_encryption import (
    MAX_TEXT_BYTES,
    RECORD_BYTES,
    Vapid,
    encrypted,
    kept_key,
    new_key,
    sealed,
)
from rookery.push_key import KEY_FILE, public_key
from rookery.wire.webpush import BadSubscriptionError, decoded, encoded


def _private(text):
    return ec.derive_private_key(int.from_bytes(decoded(text), "big"), ec.SECP256R1())


def test_the_example_of_rfc_8291():
    """RFC 8291 §5 and appendix A: the same keys and salt give the same bytes."""
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        _private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        decoded("DGv6ra1nlYgDCS1FRnbzlw"),
        step_bytes=1,
    )
    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
        "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
        "gSxsj_Qulcy4a-fN"
    )


def test_the_example_of_rfc_8188():
    """RFC 8188 §3.1: one record, without a key's name."""
    expected = "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg"
    salt = decoded(expected)[:16]
    body = sealed(b"I am the walrus", decoded("yqdlZ-tYemfogSmv7Ws5PQ"), salt)
    assert encoded(body) == expected


@pytest.mark.parametrize("text", (b"", b":bob!b@h PRIVMSG ann :hi", b"x" * MAX_TEXT_BYTES))
def test_only_the_device_reads_it(text):
    """The body fits what services take, is another each time, and the device has the text."""
    device = Device()
    one, other = (encrypted(text, device.public_key, device.secret) for _ in range(2))
    assert len(one) <= RECORD_BYTES
    assert one != other
    assert (device.opened(one), device.opened(other)) == (text, text)


def test_who_carries_a_push_does_not_see_how_long_it_is():
    """Short and long lines are the same size; no text is empty to look at. RFC 8188 §2."""
    device = Device()
    sizes = [
        len(encrypted(b"x" * size, device.public_key, device.secret)) for size in (1, 90, 512, 513)
    ]
    assert sizes[0] == sizes[1] == sizes[2] == sizes[3] - 512


def test_a_key_off_the_curve_is_refused():
    """A point that is none would give the shared secret away."""
    with pytest.raises(BadSubscriptionError):
        encrypted(b"x", encoded(b"\x04" + bytes(64)), Device().secret)


def test_the_authorization_can_be_verified():
    """RFC 8292 §2: signed with ES256 for one origin, one day at most, with a contact."""
    key = new_key()
    vapid = Vapid(key, "mailto:ops@chat.test")
    word, token, public = vapid.authorization("https://push.test", 1234).split(" ")
    head, claims, signature = token.removeprefix("t=").removesuffix(",").split(".")
    assert (word, public) == ("vapid", f"k={vapid.public_key}")
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decoded(claims)) == {
        "aud": "https://push.test",
        "exp": 1234,
        "sub": "mailto:ops@chat.test",
    }
    numbers = decoded(signature)
    der = encode_dss_signature(
        int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big")
    )
    key.public_key().verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert len(base64.urlsafe_b64decode(vapid.public_key + "=")) == 65


def test_the_key_is_kept(tmp_path):
    """The same after a restart, and nobody else's to read."""
    path = tmp_path / KEY_FILE
    told = [public_key(tmp_path) for _ in range(2)]
    keys = [Vapid(kept_key(path), "").public_key for _ in range(2)]
    assert {*told, *keys} == {told[0]}
    assert stat.S_IMODE((tmp_path / "push-key.pem").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["push-key.pem"]


@pytest.mark.parametrize("content", (b"", b"no key"))
def test_a_broken_key_stops_the_start(tmp_path, content):
    """With a sentence: a new key by itself would silence every device."""
    (tmp_path / "push-key.pem").write_bytes(content)
    with pytest.raises(StartError, match=r"push-key\.pem is no key"):
        public_key(tmp_path)
