"""docs/ext/room.md: rooms with an owner outlive their members and restarts."""

from tests.unit.command.house import House, numerics, untagged

from rookery.core.account_events import AccountRemoved

CAPS = ("standard-replies", "draft/chathistory", "batch", "server-time")


def _restarted(house):
    """Return a house on the same store, as after a restart."""
    house.turn()
    return House(house.store)


def _owned(*accounts):
    """Return a house and ann, who has made #r with her account."""
    house = House()
    for name in ("ann", *accounts):
        house.account(name)
    ann = house.person("ann", *CAPS, account="ann")
    house.room("#r", ann)
    return house, ann


def _texts(client, room="#r"):
    client.heard()
    lines = untagged(client.does(f"CHATHISTORY LATEST {room} * 50"))
    return [line.split(" :", 1)[1] for line in lines if " PRIVMSG " in line]


def test_all_is_kept_over_a_restart():
    """Topic, modes, key, limit, forward and lists are there after a restart."""
    house, ann = _owned()
    ann.does("JOIN #s", "TOPIC #r :Kept", "MODE #r +sklf key 9 #s", "MODE #r +bI m:x *!*@y")
    again = _restarted(house).person("ann", account="ann")
    assert again.does("JOIN #r")[1:3] == [
        ":irc.test 332 ann #r :Kept",
        ":irc.test 333 ann #r ann!~ann@host :1767607200",
    ]
    assert again.does("MODE #r", "MODE #r b", "MODE #r I")[:3] == [
        ":irc.test 324 ann #r +nstklf key 9 :#s",
        ":irc.test 329 ann #r :1767607200",
        ":irc.test 367 ann #r m:x!*@* ann!~ann@host :1767607200",
    ]


def test_removed_entries_stay_removed():
    """A mask that was removed is not there after a restart."""
    house, ann = _owned()
    ann.does("MODE #r +bb x y", "MODE #r -b x")
    again = _restarted(house).person("ann", account="ann")
    assert numerics(again.does("JOIN #r", "MODE #r b"))[-2:] == ["367", "368"]


def test_operators_by_account():
    """A rank that an account was given in an owned room is there whenever it enters."""
    house, ann = _owned("bob", "cat")
    bob, cat = house.person("bob", account="bob"), house.person("cat", account="cat")
    house.room("#r", bob, cat)
    ann.does("MODE #r +ov bob cat", "MODE #r -v cat")
    bob.does("PART #r")
    assert bob.does("JOIN #r")[1].endswith(":@ann cat @bob")
    later = _restarted(house)
    bob, cat = later.person("bob", account="bob"), later.person("cat", account="cat")
    assert bob.does("JOIN #r")[1] == ":irc.test 353 bob = #r :@bob"
    assert cat.does("JOIN #r")[1] == ":irc.test 353 cat = #r :@bob cat"


def test_ranks_in_a_guests_room_end_with_the_stay():
    """In a room of nobody a rank is lost with PART."""
    house = House()
    house.account("bob")
    ann, bob = house.person("ann"), house.person("bob", account="bob")
    house.room("#r", ann, bob)
    ann.does("MODE #r +o bob")
    bob.does("PART #r")
    assert bob.does("JOIN #r")[1].endswith(":@ann bob")


def test_founder_is_operator_and_always_enters():
    """Whose room it is enters whatever the modes, as operator."""
    house, ann = _owned()
    guest = house.person("guest")
    house.room("#r", guest)
    ann.does("MODE #r +ikb key *", "PART #r")
    lines = ann.does("JOIN #r")
    assert lines[1] == ":irc.test 353 ann = #r :guest @ann"


def test_rank_on_entry_is_told_to_those_who_are_there():
    """Behind JOIN comes MODE from the server; who has no rank enters without it."""
    house, ann = _owned("cat")
    guest, cat = house.person("guest"), house.person("cat", account="cat")
    house.room("#r", guest, cat)
    ann.does("PART #r")
    cat.does("PART #r")
    guest.heard()
    ann.does("JOIN #r")
    cat.does("JOIN #r")
    joined, rank, joined_too = untagged(guest.heard())
    assert joined.endswith(" JOIN #r")
    assert rank == ":irc.test MODE #r +o ann"
    assert joined_too.endswith(" JOIN #r")


def test_register():
    """ROOM REGISTER: NOTE, and the room shows it with `r` and the founder's rank."""
    house, ann = _owned()
    assert untagged(ann.does("ROOM REGISTER #r")) == [
        ":irc.test MODE #r +rq ann",
        ":irc.test NOTE ROOM REGISTERED #r :#r is registered: it belongs to you for good",
    ]
    assert ann.does("NAMES #r")[0] == ":irc.test 353 ann = #r :~ann"
    again = _restarted(house).person("ann", account="ann")
    assert again.does("JOIN #r")[1] == ":irc.test 353 ann = #r :~ann"


def test_register_refusals():
    """ROOM REGISTER: 403, 442, 477 for guests, 482 for who is not founder or operator."""
    house, ann = _owned("bob")
    bob, guest = house.person("bob", account="bob"), house.person("guest")
    house.room("#g", guest, bob)
    house.room("#r", bob)
    assert numerics(bob.does("ROOM REGISTER #none")) == ["403"]
    assert numerics(guest.does("ROOM REGISTER #r", "ROOM REGISTER #g")) == ["442", "477"]
    assert numerics(bob.does("ROOM REGISTER #r", "ROOM REGISTER #g")) == ["482", "482"]
    assert numerics(ann.does("ROOM REGISTER #r", "ROOM REGISTER #r"))[-1] == "482"
    guest.does("MODE #g +o bob")
    bob.heard()
    assert numerics(bob.does("ROOM REGISTER #g")) == ["MODE", "NOTICE"]


def test_transfer():
    """ROOM TRANSFER: the heir is founder, who gave it is not."""
    house, ann = _owned("bob")
    bob = house.person("bob", account="bob")
    house.room("#r", bob)
    ann.does("ROOM REGISTER #r")
    assert numerics(bob.does("ROOM TRANSFER #r bob"))[-1] == "482"
    assert numerics(ann.does("ROOM TRANSFER #r none")) == ["401"]
    assert untagged(ann.does("ROOM TRANSFER #r BOB"))[0] == ":irc.test MODE #r -q+q ann bob"
    bob.heard()
    assert bob.does("ROOM INFO #r")[-1].endswith(":#r is registered and belongs to bob")


def test_drop():
    """ROOM DROP: the room is nobody's, and ends with its last member, for good."""
    house, ann = _owned()
    ann.does("ROOM REGISTER #r", "TOPIC #r :x")
    assert untagged(ann.does("ROOM DROP #r"))[0] == ":irc.test MODE #r -rq ann"
    ann.does("PART #r")
    assert numerics(ann.does("TOPIC #r")) == ["403"]
    later = _restarted(house)
    assert later.node.world.rooms == {}


def test_owner_gone():
    """When the owner's account is removed, the room is nobody's and ends with its members."""
    house, ann = _owned()
    guest = house.person("guest")
    house.room("#r", guest)
    ann.does("ROOM REGISTER #r")
    house.node.world.apply(AccountRemoved("ann", 0))
    guest.heard()
    assert guest.does("ROOM INFO #r")[-1].endswith(":#r belongs to nobody")
    ann.does("PART #r")
    guest.does("PART #r")
    assert numerics(guest.does("TOPIC #r"))[-1] == "403"


def test_disk_full():
    """A change that cannot be stored is taken back, and its author told; nobody is shown it."""
    house, ann = _owned()
    bob = house.person("bob")
    house.room("#r", bob)
    ann.heard()
    house.disk.is_full = True
    assert numerics(ann.does("MODE #r +bo x bob")) == ["FAIL"]
    assert bob.heard() == []
    house.disk.is_full = False
    assert numerics(ann.does("MODE #r b")) == ["368"]
    assert ann.does("NAMES #r")[0].endswith(":@ann bob")


def test_private_history_is_for_those_who_were_let_in():
    """While a room is private, a member reads from when their account was let in."""
    house, ann = _owned("bob")
    bob = house.person("bob", *CAPS, account="bob")
    ann.does("PRIVMSG #r :public", "MODE #r +i", "PRIVMSG #r :private", "INVITE bob #r")
    bob.does("JOIN #r")
    ann.does("PRIVMSG #r :welcome")
    assert _texts(bob) == ["welcome"]
    assert _texts(ann) == ["public", "private", "welcome"]
    bob.does("PART #r")
    ann.does("PRIVMSG #r :missed", "INVITE bob #r")
    bob.does("JOIN #r")
    assert _texts(bob) == ["welcome", "missed"]


def test_private_history_over_a_restart():
    """Who was let in when is known after a restart."""
    house, ann = _owned("bob", "cat")
    bob = house.person("bob", *CAPS, account="bob")
    ann.does("MODE #r +k key", "PRIVMSG #r :first")
    bob.does("JOIN #r key")
    ann.does("PRIVMSG #r :second")
    later = _restarted(house)
    readers = [later.person(name, *CAPS, account=name) for name in ("ann", "bob", "cat")]
    for reader in readers:
        reader.does("JOIN #r key")
    assert [_texts(reader) for reader in readers] == [["first", "second"], ["second"], []]


def test_opened_room_keeps_what_was_private():
    """When a private room opens, newcomers read from then on; +H lifts it."""
    house, ann = _owned()
    ann.does("MODE #r +i", "PRIVMSG #r :private", "MODE #r -i", "PRIVMSG #r :open")
    guest = house.person("guest", *CAPS)
    guest.does("JOIN #r")
    assert _texts(guest) == ["open"]
    assert _texts(ann) == ["private", "open"]
    ann.does("MODE #r +H")
    guest.heard()
    assert _texts(guest) == ["private", "open"]


def test_kicked_begins_anew():
    """Who was kicked from a private room reads from when they are let in again."""
    house, ann = _owned("bob")
    bob = house.person("bob", *CAPS, account="bob")
    house.room("#r", bob)
    ann.does("MODE #r +i", "PRIVMSG #r :one", "KICK #r bob", "PRIVMSG #r :two", "INVITE bob #r")
    bob.does("JOIN #r")
    ann.does("PRIVMSG #r :three")
    bob.heard()
    assert _texts(bob) == ["three"]


def test_private_room_of_a_guest():
    """What guests said in private is not for whoever makes a room of that name next."""
    house = House()
    guest = house.person("guest", *CAPS)
    house.room("#g", guest)
    guest.does("MODE #g +k key", "PRIVMSG #g :secret", "QUIT")
    later = _restarted(house)
    eve = later.person("eve", *CAPS)
    assert eve.does("JOIN #g")[1] == ":irc.test 353 eve = #g :@eve"
    assert eve.does("MODE #g")[0] == ":irc.test 324 eve #g :+nt"
    eve.does("PRIVMSG #g :hello")
    assert _texts(eve, "#g") == ["hello"]
    third = _restarted(later).person("third", *CAPS)
    third.does("JOIN #g")
    assert _texts(third, "#g") == ["hello"]


def test_public_room_of_guests_keeps_its_history():
    """What was said in the open is there for the next who meet there."""
    house = House()
    ann, bob = house.person("ann", *CAPS), house.person("bob", *CAPS)
    house.room("#g", ann)
    ann.does("PRIVMSG #g :hello", "PART #g")
    bob.does("JOIN #g")
    assert _texts(bob, "#g") == ["hello"]


def test_missed_messages_respect_the_floor():
    """What is replayed after JOIN is no more than what may be read."""
    house, ann = _owned("bob")
    bob = house.person("bob", "server-time", account="bob")
    house.room("#r", bob)
    bob.does("QUIT")
    ann.does("MODE #r +i", "KICK #r bob", "PRIVMSG #r :hi")
    assert house.person("bob", account="bob").does("JOIN #r")[-1].startswith(":irc.test 473")
