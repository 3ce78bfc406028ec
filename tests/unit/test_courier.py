import sys

import pytest

from rookery.command.account_rules import Delivery
from rookery.courier import CommandCourier


def _courier(program, timeout_s=20.0):
    return CommandCourier([sys.executable, "-c", program], "Rook", timeout_s)


def test_mail(tmp_path):
    """The program reads a whole mail on its standard input: for whom, and the code."""
    path = tmp_path / "mail"
    courier = _courier(f"import sys; open({str(path)!r}, 'w').write(sys.stdin.read())")
    assert courier.deliver("ann@example.org", "ann", "c0de") is Delivery.SENT
    head, _, body = path.read_text().partition("\n\n")
    assert "To: ann@example.org" in head.splitlines()
    assert "    VERIFY ann c0de\n" in body


@pytest.mark.parametrize(
    ("exit_code", "delivery"),
    (
        (67, Delivery.NO_SUCH_ADDRESS),
        (68, Delivery.NO_SUCH_ADDRESS),
        (1, Delivery.NOT_NOW),
        (75, Delivery.NOT_NOW),
    ),
)
def test_exit_codes(exit_code, delivery):
    """A mailer that knows no such address is told from one that cannot send now."""
    courier = _courier(f"raise SystemExit({exit_code})")
    assert courier.deliver("ann@example.org", "ann", "c0de") is delivery


def test_no_program():
    """A program that is not there sends nothing."""
    courier = CommandCourier(["/nowhere/sendmail"], "Rook", 20.0)
    assert courier.deliver("ann@example.org", "ann", "c0de") is Delivery.NOT_NOW


def test_timeout():
    """A program that does not end is ended."""
    courier = _courier("import threading; threading.Event().wait()", timeout_s=0.1)
    assert courier.deliver("ann@example.org", "ann", "c0de") is Delivery.NOT_NOW
