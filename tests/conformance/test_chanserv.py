"""ChanServ, which speaks for rooms: docs/ext/services.md."""

import pytest
from tests.conformance.services import CS
from tests.unit.command.house import House

from rookery.core.events import UserModesSet


def _registered_room(house, ann):
    house.room("#c", ann)
    assert f"{CS} ann :#c is registered" in "".join(ann.does("CS REGISTER #c"))


def test_room(house, ann):
    """CS REGISTER, INFO and DROP are those of ROOM."""
    _registered_room(house, ann)
    assert ann.does("CS INFO #c") == [f"{CS} ann :#c is registered and belongs to ann"]
    assert f"{CS} ann :#c belongs to nobody any more" in ann.does("CS DROP #c")


@pytest.mark.parametrize("words", ("DROP #c", "TRANSFER #c bob", "AMODE #c", "PURGE #c", "OP #c"))
def test_not_the_founder(house, ann, words):
    """What is the founder's, or an operator's, others are refused by a NOTICE."""
    _registered_room(house, ann)
    bob = house.person("bob")
    house.room("#c", bob)
    (answer,) = bob.does(f"CS {words}")
    assert answer.startswith(f"{CS} bob :")
    assert house.node.world.rooms["#c"].founder == "ann"


@pytest.mark.parametrize("words", ("INFO #nowhere", "OP #nowhere", "REGISTER nowhere"))
def test_no_such_room(house, words):
    """A room that is not there is named by the service."""
    (answer,) = house.person("bob").does(f"CS {words}")
    assert answer == f"{CS} bob :No such channel"


def test_op_and_deop(house, ann):
    """OP and DEOP change a member's rank, for an account that is operator there."""
    _registered_room(house, ann)
    bob = house.person("bob")
    house.room("#c", bob)
    ann.heard()
    source = ":ChanServ!ChanServ@services MODE #c"
    assert ann.does("CS OP #c bob")[0] == f"{source} +o bob"
    assert ann.does("CS DEOP #c bob")[0] == f"{source} -o bob"
    ann.does("MODE #c -o ann")
    assert ann.does("CS OP #c")[0] == f"{source} +o ann"


def test_op_of_somebody_elsewhere(house, ann):
    """Only members have ranks."""
    _registered_room(house, ann)
    house.person("bob")
    assert ann.does("CS OP #c bob") == [f"{CS} ann :They aren't on that channel"]


def test_account_ranks(house, ann):
    """AMODE gives an account a rank that it has whenever it enters, also after a restart."""
    _registered_room(house, ann)
    house.account("bob")
    assert ann.does("CS AMODE #c +o bob") == [f"{CS} ann :bob has +o in #c"]
    assert f"{CS} ann :bob has +o" in ann.does("CS AMODE #c")
    again = House(house.store)
    bob = again.person("bob", account="bob")
    assert " 353 bob = #c :@bob" in "".join(bob.does("JOIN #c"))
    ann.does("CS AMODE #c -o bob")
    assert House(house.store).node.world.rooms["#c"].kept_ranks.get("bob", 0) == 0


def test_account_ranks_of_members(house, ann):
    """AMODE changes the rank of those who are in the room at once."""
    _registered_room(house, ann)
    house.account("bob")
    bob = house.person("bob", account="bob")
    house.room("#c", bob)
    ann.heard()
    assert "MODE #c +v bob" in ann.does("CS AMODE #c +v bob")[0]


@pytest.mark.parametrize("words", ("+q ann", "+x ann", "o ann", "+o", "+o nobody"))
def test_no_such_account_rank(house, ann, words):
    """A rank that cannot be given, or nobody to have it, is refused."""
    _registered_room(house, ann)
    before = dict(house.node.world.rooms["#c"].kept_ranks)
    assert len(ann.does(f"CS AMODE #c {words}")) == 1
    assert house.node.world.rooms["#c"].kept_ranks == before


def test_purge(house, ann):
    """PURGE, for operators of the server, empties a room and gives it up."""
    _registered_room(house, ann)
    oper = house.person("root")
    house.node.bus.publish(UserModesSet(oper.session.user, "o", ""))
    assert oper.does("CS PURGE #c spam")[-1] == f"{CS} root :#c is closed"
    assert ":root!~root@host KICK #c ann :spam" in ann.hears()
    assert "#c" not in house.node.world.rooms
