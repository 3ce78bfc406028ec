import pytest

from rookery.client import ranks
from rookery.client.rooms import Room

ISUPPORT = {"PREFIX": "(qov)~@+", "CHANMODES": "beI,k,l,imnpst"}


@pytest.mark.parametrize(
    ("modes", "bob"),
    (
        (("+o", "bob"), "@"),
        (("+vo", "bob", "bob"), "@+"),
        (("+lo", "10", "bob"), "@"),
        (("-lo+v", "bob", "bob"), "+"),
        (("+bko", "*!*@*", "key", "BOB"), "@"),
        (("+o-o", "bob", "bob"), ""),
        (("+o", "stranger"), ""),
        (("+imo",), ""),
    ),
)
def test_modes_change_ranks(modes, bob):
    """Each rank's letter takes a nick; those of other modes take what is theirs."""
    room = Room("#team", {"bob": "bob"})
    ranks.change(room, modes, ISUPPORT)
    assert room.ranks.get("bob", "") == bob


def test_signs_without_isupport():
    """A server that says nothing has the usual ranks."""
    assert ranks.signs({})["o"] == "@"
    assert ranks.signs({"PREFIX": "(o)*"}) == {"o": "*"}
