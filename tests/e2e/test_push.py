"""Web Push from a real server to a push service on this computer. `soju.im/webpush`."""

import contextlib
import json
import re
import sqlite3
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.e2e.http import ask, until
from tests.e2e.program import free_port
from tests.e2e.push_service import PushService
from tests.e2e.waits import SEEN_S
from tests.unit.net.device import Device

from rookery.wire.webpush import decoded

CONFIG = """
[push]
ca_file = "{ca_file}"
private_networks = {networks}
pause_s = 0.0
first_retry_s = 0.01
tries = 3
[accounts]
hash_memory_kib = 64
[metrics]
port = {metrics}
"""
CAPS = "message-tags server-time soju.im/webpush standard-replies"
MOST_HEARD_BYTES = 16 * 1024 * 1024
"""Far more than a system holds of a connection, and far less than goes through one in a try."""
LOOPBACK = '["127.0.0.0/8", "::1/128"]'


@pytest.fixture
def service(tmp_path):
    """A push service."""
    with contextlib.closing(PushService(tmp_path)) as service:
        yield service


@pytest.fixture
def metrics():
    """The port of the server's metrics."""
    return free_port()


@pytest.fixture
def start(server, service, metrics):
    """Return a function that starts the server, allowed to reach these networks."""

    def start(networks=LOOPBACK):
        config = CONFIG.format(ca_file=service.ca_file, networks=networks, metrics=metrics)
        server.start("--no-limits", config=config)

    return start


def _registered(irc, service, device, nick="ann"):
    """Sign in, register the device, and return the connection and the server's key."""
    ann = irc().sign_in(nick, CAPS, password="the-right-one")
    (key,) = re.findall(r" VAPID=(\S+)", "\n".join(ann.lines))
    ann.send(f"WEBPUSH REGISTER {service.endpoint} {device.keys}")
    ann.expect(f"WEBPUSH REGISTER {re.escape(service.endpoint)}$")
    return ann, key


def _devices(server):
    with contextlib.closing(sqlite3.connect(server.data / "rookery.db")) as connection:
        return connection.execute("SELECT count(*) FROM subscription").fetchone()[0]


def _count(port, result):
    """Return how many pushes had a result."""
    text = ask(port, "GET", "/metrics")[2].decode()
    found = re.search(rf'rookery_pushes_total{{result="{result}"}} (\d+)', text)
    return int(found[1])


def test_a_private_message_reaches_a_device_that_sleeps(start, irc, service):
    """Encrypted for the device alone, signed by the server, one whole line with its msgid."""
    start()
    device = Device()
    ann, key = _registered(irc, service, device)
    ann.close()
    irc().sign_in("bob").send("PRIVMSG ann :lunch?")
    path, headers, body = service.next()
    line = device.opened(body).decode()
    assert re.fullmatch(r"@time=\S+;msgid=\S+ :bob!\S+ PRIVMSG ann :lunch\?", line)
    assert (path, headers["Content-Encoding"], headers["Urgency"]) == (
        "/device",
        "aes128gcm",
        "high",
    )
    assert headers["TTL"] == "259200"
    _check_signature(headers["Authorization"], key, service)


def _check_signature(authorization, key, service):
    """Check what RFC 8292 asks for: signed by the key that clients were told, for this service."""
    token, public = re.fullmatch(r"vapid t=(\S+), k=(\S+)", authorization).groups()
    signed, _, signature = token.rpartition(".")
    numbers = decoded(signature)
    der = encode_dss_signature(
        int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big")
    )
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    point.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(decoded(signed.partition(".")[2]))
    assert public == key
    assert claims["aud"] == service.endpoint.removesuffix("/device")
    assert time.time() < claims["exp"] <= time.time() + 86_400
    assert claims["sub"] == "https://rookery.local"


def test_an_endpoint_is_asked_as_it_was_given(start, irc, service):
    """Letter for letter: what is in it means something to its service alone."""
    start()
    device, path = Device(), "/w/%7ea/../b//?token=BQ%2bpI%2f%3d=+;~"
    service.endpoint = service.endpoint.removesuffix("/device") + path
    ann, _ = _registered(irc, service, device)
    ann.close()
    irc().sign_in("bob").send("PRIVMSG ann :hi")
    assert service.next().path == path


def test_devices_survive_a_kill(start, server, irc, service):
    """Row, key and all: what is said after kill -9 is pushed with the same key."""
    start()
    device = Device()
    ann, key = _registered(irc, service, device)
    server.kill()
    server.start_again()
    irc().sign_in("bob").send("PRIVMSG ann :still there?")
    push = service.next()
    assert device.opened(push.body).endswith(b" PRIVMSG ann :still there?")
    _check_signature(push.headers["Authorization"], key, service)
    ann.close()


def test_mentions_of_somebody_who_is_always_on(start, irc, service):
    """In a room that they are in without a connection; what names nobody is not pushed."""
    start()
    device = Device()
    ann, _ = _registered(irc, service, device)
    ann.send("NS SET ALWAYS-ON on")
    ann.join("#yard").close()
    bob = irc().sign_in("bob", "echo-message").join("#yard")
    bob.send("PRIVMSG #yard :nobody", "PRIVMSG #yard :ann: tea?")
    assert device.opened(service.next().body).endswith(b" PRIVMSG #yard :ann: tea?")
    assert service.is_silent()


def test_a_device_that_is_gone_is_forgotten(start, server, irc, service):
    """410: its row goes."""
    start()
    ann, _ = _registered(irc, service, Device())
    ann.close()
    service.statuses = [(410, {})]
    irc().sign_in("bob").send("PRIVMSG ann :1")
    service.next()
    until(server.port, lambda: _devices(server) == 0, "the device is forgotten")


def test_a_service_that_fails_is_tried_again(start, server, irc, service, metrics):
    """In order; a redirect is no way anywhere."""
    start()
    device = Device()
    ann, _ = _registered(irc, service, device)
    ann.close()
    service.statuses = [(503, {"Retry-After": "0"}), (429, {}), (201, {})]
    bob = irc().sign_in("bob")
    bob.send("PRIVMSG ann :1")
    tries = [device.opened(service.next().body)[-1:] for _ in range(3)]
    service.statuses = [(307, {"Location": "/elsewhere"})]
    bob.send("PRIVMSG ann :2")
    assert device.opened(service.next().body)[-1:] == b"2"
    until(server.port, lambda: _count(metrics, "refused") == 1, "the redirect is refused")
    assert tries == [b"1"] * 3
    assert service.is_silent()


def test_a_service_that_never_stops_answering(start, irc, service):
    """It is listened to for so many bytes, what the system holds among them, and tried again."""
    start()
    ann, _ = _registered(irc, service, Device())
    ann.close()
    service.is_endless = True
    irc().sign_in("bob").send("PRIVMSG ann :hi")
    for _ in range(2):
        service.next()
        assert service.cut_after_bytes.get(timeout=SEEN_S) < MOST_HEARD_BYTES
    service.is_endless = False


PRIVATE = (
    "https://localhost:8443/x",
    "https://127.0.0.1:8443/x",
    "https://[::1]:8443/x",
    "https://[::ffff:127.0.0.1]:8443/x",
    "https://2130706433:8443/x",
    "https://0x7f.1:8443/x",
    "https://169.254.169.254/latest",
    "http://localhost:8443/x",
    "https://nobody.invalid/x",
    "https://localhost:22/x",
)


def test_endpoints_in_private_networks(start, irc):
    """Refused when they are registered, and nothing is told of what was found there."""
    start(networks="[]")
    ann = irc().sign_in("ann", CAPS, password="the-right-one")
    for endpoint in PRIVATE:
        ann.send(f"WEBPUSH REGISTER {endpoint} {Device().keys}")
        line = ann.expect(f"FAIL WEBPUSH |WEBPUSH REGISTER {re.escape(endpoint)}")
        assert "FAIL WEBPUSH INVALID_PARAMS REGISTER" in line, endpoint
        assert not re.search(r"refused|errno|timed|resolv", line, re.IGNORECASE)


def test_an_endpoint_that_has_moved_into_a_private_network(start, server, irc, service, metrics):
    """Looked at again for each connection: what was allowed when it was registered is no more."""
    start()
    ann, _ = _registered(irc, service, Device())
    ann.close()
    server.stop()
    start(networks="[]")
    irc().sign_in("bob").send("PRIVMSG ann :hi")
    until(server.port, lambda: _count(metrics, "refused") == 1, "it is given up")
    assert service.is_silent()


def test_no_text_is_sent_where_that_is_set(server, irc, service):
    """Only who wrote, and where."""
    server.start(
        config=f'[push]\ntext = false\nca_file = "{service.ca_file}"\n'
        f"private_networks = {LOOPBACK}\n"
    )
    device = Device()
    ann, _ = _registered(irc, service, device)
    ann.close()
    irc().sign_in("bob").send("PRIVMSG ann :secret")
    assert device.opened(service.next().body).endswith(b" PRIVMSG ann :")


def test_pushes_are_off_with_one_setting(server, irc):
    """No capability, no key, and no file."""
    server.start(config="[push]\nenabled = false\n")
    ann = irc()
    ann.send("CAP LS 302")
    ann.expect("CAP . LS :")
    ann.send("CAP END")
    ann.sign_in("ann")
    assert not [line for line in ann.lines if "webpush" in line or "VAPID" in line]
    assert not (server.data / "push-key.pem").exists()
