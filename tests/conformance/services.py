"""What a test of the services needs: in whose name they answer, and whether a password counts."""

from tests.unit.command.house import numerics, plain

NS = ":NickServ!NickServ@services NOTICE"
CS = ":ChanServ!ChanServ@services NOTICE"


def may_sign_in(house, password):
    """Return whether `password` is now that of the account ann."""
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN")
    return "903" in numerics(client.does(f"AUTHENTICATE {plain('ann', password)}"))
