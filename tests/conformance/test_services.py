"""NickServ and ChanServ: docs/ext/services.md."""

import base64
import json

import pytest
from tests.unit.command.house import House, numerics, plain

from rookery.command.account_rules import AccountRules
from rookery.core.events import UserModesSet

NS = ":NickServ!NickServ@services NOTICE"
CS = ":ChanServ!ChanServ@services NOTICE"


@pytest.fixture
def house():
    """Return a house with the account ann, whose password is secret."""
    house = House()
    house.account("ann")
    return house


@pytest.fixture
def ann(house):
    """Return a client that is signed in as ann."""
    return house.person("ann", "sasl", account="ann")


@pytest.mark.parametrize("words", ("NS", "NICKSERV", "ns", "PRIVMSG NickServ", "PRIVMSG nickserv"))
def test_ways_to_say_it(house, words):
    """Whichever way a service is told, it does the same."""
    bob = house.person("bob")
    say = f"{words} :IDENTIFY ann secret" if "PRIVMSG" in words else f"{words} IDENTIFY ann secret"
    assert bob.does(say) == [
        ":irc.test 900 bob bob!~bob@host ann :You are now logged in as ann",
        f"{NS} bob :You are signed in as ann",
    ]


def test_told_in_trailing(house):
    """Clients send all words as the last parameter."""
    assert numerics(house.person("bob").does("NS :identify ann secret")) == ["900", "NOTICE"]


def test_not_before_sign_in(house):
    """Services are for those who have signed in."""
    assert numerics(house.connection().does("NS HELP")) == ["451"]


@pytest.mark.parametrize("line", ("NOTICE NickServ :IDENTIFY ann secret", "TAGMSG NickServ"))
def test_notices_are_not_answered(house, line):
    """RFC 2812 §3.3.2: a NOTICE is never answered."""
    assert house.person("bob", "message-tags").does(line) == []


def test_ctcp_is_not_answered(house):
    """A client's CTCP to a service leads to nothing."""
    assert house.person("bob").does("PRIVMSG NickServ :\x01VERSION\x01") == []


def test_echo_and_nothing_kept(house):
    """echo-message holds for services too; what they are told is kept nowhere."""
    bob = house.person("bob", "echo-message")
    heard = bob.does("PRIVMSG nickserv :IDENTIFY ann secret")
    assert heard[0] == ":bob!~bob@host PRIVMSG NickServ :IDENTIFY ann secret"
    assert house.store.message("bob,nickserv", house.node.ids.last_id) is None


@pytest.mark.parametrize("name", ("NickServ", "chanserv", "HistServ"))
def test_names_are_nobodys(house, name):
    """Nobody can be called like a service."""
    assert numerics(house.person("bob").does(f"NICK {name}")) == ["432"]
    assert numerics(house.connection().does(f"NICK {name}")) == ["432"]


@pytest.mark.parametrize("line", ("PRIVMSG HistServ :hello", "PRIVMSG NickServ,bob :HELP"))
def test_no_such_service(house, line):
    """A service that is not there is nobody; and one is talked to alone."""
    assert "401" in numerics(house.person("bob").does(line))


@pytest.mark.parametrize("words", ("NS", "NS HELP", "CS HELP"))
def test_help(house, words):
    """Said nothing or HELP, a service lists what it understands."""
    heard = house.person("bob").does(words)
    assert len(heard) >= 8
    assert all(" NOTICE bob :" in line for line in heard)


@pytest.mark.parametrize(
    ("line", "text"),
    (
        ("NS HELP register", "REGISTER <password> [email]: Keep your nick for yourself."),
        ("NS HELP foo", "There is no help on that. HELP lists the commands"),
        ("NS FOO", "FOO is none of my commands. HELP lists them"),
        ("NS REGISTER", "Usage: REGISTER <password> [email]"),
        ("NS LOGOUT", "You are not signed in to an account"),
        ("NS CERT LIST", "Sign in to your account first"),
        ("NS INFO nobody", "There is no such account"),
        ("NS IDENTIFY ann wrong", "The account or the password is wrong"),
        ("NS IDENTIFY wrong", "The account or the password is wrong"),
        ("NS GHOST ann", "That is not needed here: sign in with SASL, and you share your name "),
    ),
)
def test_one_answer(house, line, text):
    """A service answers with a NOTICE in its own name."""
    (answer,) = house.person("bob").does(line)
    assert answer.startswith(f"{NS} bob :{text}")


def test_label(house):
    """Labeled-response: a service's answers carry the label."""
    bob = house.person("bob", "labeled-response", "batch")
    (answer,) = bob.does("@label=x NS INFO nobody")
    assert answer == f"@label=x {NS} bob :There is no such account"


def test_register(house):
    """NS REGISTER is REGISTER."""
    bob = house.person("bob")
    assert bob.does("NS REGISTER sesame") == [
        f"{NS} bob :bob is your name from now on",
        ":irc.test 900 bob bob!~bob@host bob :You are now logged in as bob",
    ]
    assert house.store.account("bob").name == "bob"


def test_register_refused(house, ann):
    """What REGISTER refuses, NS REGISTER does too."""
    text = "You are signed in to an account already"
    assert ann.does("NS REGISTER sesame") == [f"{NS} ann :{text}"]


def test_full_disk(house):
    """What could not be stored is said by the service as well."""
    bob = house.person("bob")
    house.disk.is_full = True
    heard = bob.does("NS REGISTER sesame")
    assert f"{NS} bob :The server cannot write to its disk" in "\n".join(heard)
    assert bob.session.user.account == ""


def test_identify_too_often(house):
    """Guessing by NS closes the connection as guessing by SASL does."""
    house = House(accounts=AccountRules(tries_per_session=2))
    bob = house.person("bob")
    bob.does("NS IDENTIFY ann wrong")
    assert numerics(bob.does("NS IDENTIFY ann wrong")) == ["NOTICE", "ERROR"]


def test_logout_releases_the_nick(house, ann):
    """LOGOUT tells 901, and an account's nick is its owner's alone."""
    heard = ann.does("NS LOGOUT")
    assert heard[0] == ":irc.test 901 ann ann!~ann@host :You are now logged out"
    assert heard[1].startswith(":ann!~ann@host NICK Guest")
    assert heard[2].endswith(":You are signed out")
    assert numerics(ann.does("NICK ann")) == ["433"]


def test_logout_with_several_sessions(house, ann):
    """One of several connections cannot sign all of them out."""
    house.person("ann", account="ann")
    (answer,) = ann.does("NS LOGOUT")
    assert "disconnect this one instead" in answer
    assert ann.session.user.account == "ann"


def _may_sign_in(house, password):
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN")
    return "903" in numerics(client.does(f"AUTHENTICATE {plain('ann', password)}"))


@pytest.mark.parametrize("words", ("PASSWD secret sesame", "SET PASSWORD secret sesame"))
def test_password(house, ann, words):
    """The new password counts, the old one no more."""
    assert ann.does(f"NS {words}") == [f"{NS} ann :Your password is changed"]
    assert _may_sign_in(house, "sesame")
    assert not _may_sign_in(house, "secret")


@pytest.mark.parametrize("words", ("PASSWD wrong sesame", "PASSWD secret sesame typo"))
def test_password_refused(house, ann, words):
    """A wrong old password, or a new one that differs from its repetition, changes nothing."""
    ann.does(f"NS {words}")
    assert _may_sign_in(house, "secret")


def test_settings_and_password_at_once(house, ann):
    """Of two changes of one account at the same time none is lost."""
    other = house.person("ann", account="ann")
    house.hashers.is_held = True
    old_new = base64.b64encode(b"secret\0sesame").decode()
    ann.does(f"PASSWORD {old_new}")
    other.does("NS SET ALWAYS-ON on")
    house.hashers.is_held = False
    house.turn()
    assert _may_sign_in(house, "sesame")
    assert json.loads(house.store.account("ann").settings)["always_on"] is True


@pytest.mark.parametrize(
    ("words", "answer"),
    (
        ("ALWAYS-ON on", "Always on: on"),
        ("always-on off", "Always on: off"),
        ("ALWAYS-ON default", "Always on: off (the server's default)"),
        ("MULTICLIENT off", "Several connections: off"),
    ),
)
def test_choices(house, ann, words, answer):
    """SET tells what holds from now on, also after a restart."""
    assert f"{NS} ann :{answer}" in ann.does(f"NS SET {words}")
    again = House(house.store).person("bob")
    assert "Account: ann" in again.does("NS INFO ann")[0]
    owner = House(house.store).person("ann", account="ann")
    assert f"{NS} ann :{answer}" in owner.does("NS INFO")


@pytest.mark.parametrize("words", ("ALWAYS-ON maybe", "COLOUR on"))
def test_no_such_choice(ann, words):
    """What cannot be chosen is refused with what can."""
    (answer,) = ann.does(f"NS SET {words}")
    assert answer.endswith("SET <ALWAYS-ON | MULTICLIENT> <on | off | default>")


def test_settled_by_operators():
    """What the operators have settled is not the owner's to choose."""
    house = House(accounts=AccountRules(always_on="off"))
    house.account("ann")
    (answer,) = house.person("ann", account="ann").does("NS SET ALWAYS-ON on")
    assert "have settled" in answer


def test_single_client():
    """MULTICLIENT off: a second connection is told that the nick is in use."""
    house = House()
    house.account("ann")
    house.person("ann", account="ann").does("NS SET MULTICLIENT off")
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert numerics(client.does("NICK ann")) == ["433"]


def test_info_is_public_in_part(house):
    """INFO shows others that the account exists, and since when."""
    house.person("ann", account="ann")
    assert house.person("bob").does("NS INFO ann") == [
        f"{NS} bob :Account: ann",
        f"{NS} bob :Registered: 2026-01-05 10:00:00 UTC",
    ]


PRINT = "AB:" * 31 + "AB"
PLAIN_PRINT = "ab" * 32


def test_certificates(house, ann):
    """CERT ADD, LIST and DEL; a certificate is kept over a restart."""
    text = f"{PLAIN_PRINT} signs in to your account from now on"
    assert ann.does(f"NS CERT ADD {PRINT}") == [f"{NS} ann :{text}"]
    restarted = House(house.store).node.world.registry
    assert restarted.certificates == {PLAIN_PRINT: "ann"}
    assert ann.does("NS CERT LIST")[0] == f"{NS} ann :{PLAIN_PRINT}"
    ann.does(f"NS CERT DEL {PLAIN_PRINT}")
    assert House(house.store).node.world.registry.certificates == {}


def test_own_certificate(ann):
    """CERT ADD without a fingerprint adds the one of this connection."""
    assert "Give the SHA-256" in ann.does("NS CERT ADD")[0]
    ann.session.fingerprint = PLAIN_PRINT
    assert "from now on" in ann.does("NS CERT ADD")[0]


def test_certificate_of_another(house, ann):
    """A certificate proves one account only, and is not removed by others."""
    house.account("bob")
    bob = house.person("bob", account="bob")
    ann.does(f"NS CERT ADD {PRINT}")
    assert "another account's" in bob.does(f"NS CERT ADD {PRINT}")[0]
    assert "no such certificate" in bob.does(f"NS CERT DEL {PRINT}")[0]


def test_too_many_certificates():
    """An account has as many certificates as allowed."""
    house = House(accounts=AccountRules(certificates_max=1))
    house.account("ann")
    ann = house.person("ann", account="ann")
    ann.does(f"NS CERT ADD {PRINT}")
    assert "as many certificates as allowed" in ann.does(f"NS CERT ADD {'c' * 64}")[0]


def _unregister(client):
    code = client.does("NS UNREGISTER")[-1].split()[-1]
    return client.does(f"NS UNREGISTER ann {code}")


def test_unregister(house, ann):
    """UNREGISTER needs its code; then account, certificates and rooms are nobody's."""
    house.room("#c", ann)
    ann.does("CS REGISTER #c", f"NS CERT ADD {PRINT}")
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
    assert _may_sign_in(house, "secret")


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
