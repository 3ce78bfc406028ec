"""NickServ UNREGISTER and EXPORT, for who leaves: docs/ext/services.md."""

from tests.conformance.services import NS, may_sign_in
from tests.unit.command.house import House, numerics, plain


def _unregister(client):
    code = client.does("NS UNREGISTER")[-1].split()[-1]
    return client.does(f"NS UNREGISTER ann {code}")


def test_unregister(house, ann):
    """UNREGISTER needs its code; then account, certificates and rooms are nobody's."""
    house.room("#c", ann)
    ann.does("CS REGISTER #c", f"NS CERT ADD {'ab' * 32}")
    ann.does("NS UNREGISTER ann 00000000")
    assert house.store.account("ann") is not None
    assert numerics(_unregister(ann)) == ["MODE", "901", "NOTICE"]
    assert ann.session.user.account == ""
    assert ann.session.user.nick == "ann"
    again = House(house.store)
    assert again.node.world.accounts == {}
    assert again.node.world.registry.certificates == {}
    assert "#c" not in again.node.world.rooms or not again.node.world.rooms["#c"].founder


def test_unregister_signs_everybody_out(house, ann):
    """All connections of the account are signed out."""
    other = house.person("ann", account="ann")
    _unregister(ann)
    assert "901" in numerics(other.heard())


def test_next_owner_reads_nothing(house, ann):
    """Who registers the name anew gets no private message that was the earlier owner's."""
    bob = house.person("bob")
    bob.does("PRIVMSG ann :for the first ann")
    ann.pong()
    _unregister(ann)
    ann.does("QUIT")
    house.later()
    other = house.person("ann", "draft/chathistory", "batch")
    other.does("NS REGISTER sesame")
    assert "first ann" not in "".join(other.does("CHATHISTORY LATEST bob * 5"))
    again = House(house.store)
    third = again.person("cat", "sasl")
    third.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann', 'sesame')}", "NICK ann")
    assert "first ann" not in "".join(third.does("CHATHISTORY LATEST bob * 5"))
    assert "first ann" not in "".join(third.does("NS EXPORT"))


def test_unregister_on_a_full_disk(house, ann):
    """A removal that could not be stored has not happened."""
    house.room("#c", ann)
    ann.does("CS REGISTER #c")
    house.disk.is_full = True
    assert "cannot write" in "".join(_unregister(ann))
    house.disk.is_full = False
    assert house.node.world.accounts == {"ann": "ann"}
    assert house.node.world.rooms["#c"].founder == "ann"
    assert may_sign_in(house, "secret")


def test_export(house, ann):
    """EXPORT shows what one has said and got, page by page, each line an object."""
    house.person("bob").does("PRIVMSG ann :hello")
    ann.pong()
    ann.does("PRIVMSG bob :" + "é" * 160, "PRIVMSG bob :end")
    heard = ann.does("NS EXPORT")
    texts = [line.partition('"text": "')[2].partition('"')[0] for line in heard[:-1]]
    assert texts == ["hello", "é" * 75, "é" * 75, "é" * 10, "end"]
    assert all(len(line.encode()) < 510 for line in heard)
    assert heard[-1] == f"{NS} ann :That is all."


def test_export_goes_on(house, ann):
    """Where there is more than a page, EXPORT says how to go on."""
    ann.does(*(f"PRIVMSG bob :{number}" for number in range(5)))
    go_on = ann.does("NS EXPORT")[-1].partition("To go on: ")[2]
    heard = ann.does(f"NS {go_on}")
    assert '"text": "4"' in heard[0]
    assert len(heard) == 2
