import pytest
from tests.unit.command.house import House

from rookery.command.uploads import UploadRules, Uploads, new_id
from rookery.core.usage import Bounds
from rookery.deliver.session import Reached

BOUNDS = Bounds(100, 100, 100, 1, 1)


def _told(rules, address="127.0.0.1", end=("127.0.0.1", 8080), *, is_encrypted=False):
    """Return the address that ISUPPORT tells, and under which names."""
    house = House()
    if rules is not None:
        house.node.uploads = Uploads(UploadRules(bounds=BOUNDS, **rules), None, None, {})
    client = house.connection()
    client.session.address, client.session.is_encrypted = address, is_encrypted
    client.end = Reached(*end)
    client.say("NICK ann", "USER ann 0 * :Ann")
    house.turn()
    words = [word for line in client.heard() if " 005 " in line for word in line.split(" ")]
    return {word for word in words if "FILEHOST" in word}


def _both(url):
    return {f"soju.im/FILEHOST={url}", f"draft/FILEHOST={url}"}


def test_no_uploads_no_address():
    """Clients then offer none."""
    assert _told(None) == set()


@pytest.mark.parametrize(
    ("end", "is_encrypted", "host", "url"),
    (
        (("127.0.0.1", 8080), False, "", "http://127.0.0.1:8080/upload"),
        (("::1", 8080), False, "chat.test", "http://[::1]:8080/upload"),
        (("10.0.0.5", 6697), True, "", "https://10.0.0.5:6697/upload"),
        (("10.0.0.5", 6697), True, "chat.test", "https://chat.test:6697/upload"),
    ),
)
def test_the_address_is_where_the_client_has_found_the_server(end, is_encrypted, host, url):
    """Encrypted it is the name that the certificate is for, where there is one."""
    assert _told({"host": host}, end=end, is_encrypted=is_encrypted) == _both(url)


def test_a_client_that_may_send_no_password_is_told_no_address():
    """Without TLS from another computer, unless that is allowed."""
    assert _told({}, "192.0.2.7") == set()
    assert _told({"is_unencrypted_allowed": True}, "192.0.2.7") == _both(
        "http://127.0.0.1:8080/upload"
    )


def test_a_port_for_websockets_alone_takes_no_files():
    """Its clients are told no address that would not answer."""
    assert _told({"other_ports": frozenset({8067})}, end=("127.0.0.1", 8067)) == set()


def test_the_operators_address_counts():
    """For everybody."""
    url = "https://files.test/upload"
    assert _told({"url": url}, "192.0.2.7", ("", 0)) == _both(url)


def test_our_own_page_asks_its_own_server():
    """Whatever address others are told: the page may ask no other."""
    end = ("127.0.0.1", 8080, "https://chat.test")
    assert _told({"url": "https://files.test/upload"}, end=end) == _both("https://chat.test/upload")


def test_ids_cannot_be_guessed():
    """Each has 128 bits of its own, and stands in a URL as it is."""
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(one) == 22 and one.replace("-", "a").replace("_", "a").isalnum() for one in ids)
