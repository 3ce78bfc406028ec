import pytest

from rookery.client.registration import Identity, SignIn
from rookery.client.shown import (
    NameRefused,
    NameTaken,
    SecretMade,
    SecretProved,
    SecretUseless,
    ShutOut,
    SignedIn,
)
from rookery.wire.message import Message, format_message, parse

OFFER = "sasl=PLAIN draft/account-registration=before-connect"
ALICE = Identity("alice", fresh="fresh-secret")


class End:
    """A sign-in and what it said since it was last asked."""

    def __init__(self, identity):
        self.sign_in = SignIn(identity)
        self.sign_in.start()

    def feed(self, *lines):
        for line in lines:
            self.sign_in.receive(parse(line))

    @property
    def lines(self):
        lines = [format_message(line) for line in self.sign_in.lines]
        self.sign_in.lines.clear()
        return lines

    @property
    def shown(self):
        shown = list(self.sign_in.shown)
        self.sign_in.shown.clear()
        return shown


def negotiated(identity, offer=OFFER):
    """Return a sign-in whose capabilities are settled."""
    end = End(identity)
    asked = " ".join(word.partition("=")[0] for word in offer.split())
    end.feed(f":s CAP * LS :{offer}", f":s CAP * ACK :{asked}")
    return end


def test_free_name_is_registered_on_first_use():
    """A name that nobody has belongs to whoever uses it first, by a secret of their own."""
    end = negotiated(ALICE)
    assert end.lines == [
        "CAP LS 302",
        "CAP REQ :sasl draft/account-registration",
        "NICK alice",
        "USER alice 0 * alice",
        "REGISTER * * fresh-secret",
    ]
    assert [SecretMade("alice", "fresh-secret")] == end.shown
    end.feed(":s REGISTER SUCCESS alice :yours")
    assert end.lines == ["CAP END"]
    assert [SecretProved("alice", "fresh-secret")] == end.shown
    end.feed(":s 001 alice :Welcome")
    assert [SignedIn("alice", "alice")] == end.shown
    assert end.sign_in.is_in


def test_saved_secret_proves_the_name():
    """With a secret from before, SASL comes first and nothing is registered."""
    end = negotiated(Identity("alice", ("old",), fresh="new"))
    assert end.lines[-1] == "AUTHENTICATE PLAIN"
    end.feed("AUTHENTICATE +")
    assert end.lines == ["AUTHENTICATE AGFsaWNlAG9sZA=="]
    end.feed(":s 900 * * alice :in", ":s 903 * :ok")
    assert end.lines == ["NICK alice", "USER alice 0 * alice", "CAP END"]
    assert [SecretProved("alice", "old")] == end.shown


def test_every_saved_secret_is_tried():
    """After a change of the password that broke off, the other one of the two opens the name."""
    end = negotiated(Identity("alice", ("old", "new")))
    end.feed("AUTHENTICATE +", ":s 904 * :no")
    assert end.lines[-1] == "AUTHENTICATE PLAIN"
    end.feed("AUTHENTICATE +", ":s 903 * :ok")
    assert [SecretProved("alice", "new")] == end.shown


def test_a_password_that_was_not_looked_at_is_not_wrong():
    """A server that has too much to check puts the client off, and nothing is claimed or asked."""
    end = negotiated(Identity("alice", ("old",), fresh="new"))
    end.feed("AUTHENTICATE +")
    assert (end.sign_in.is_judged, end.lines[-1]) == (True, "AUTHENTICATE AGFsaWNlAG9sZA==")
    end.feed(":s FAIL AUTHENTICATE TEMPORARILY_UNAVAILABLE :Try again", ":s 904 * :no")
    assert (end.sign_in.is_judged, end.lines) == (False, [])
    assert [ShutOut("Try again", is_for_good=False)] == end.shown


def test_useless_secret_claims_a_name_that_is_free_again():
    """A server that has lost its data gets the name registered with the same secret."""
    end = negotiated(Identity("alice", ("old",), fresh="new"))
    end.feed("AUTHENTICATE +", ":s 904 * :no")
    assert end.lines[-3:] == ["NICK alice", "USER alice 0 * alice", "REGISTER * * old"]
    assert end.shown == []


def test_useless_secret_of_a_name_that_is_taken():
    """A saved password that opens nothing is said to be so, and is kept."""
    end = negotiated(Identity("alice", ("old",), fresh="new"))
    end.feed("AUTHENTICATE +", ":s 904 * :no", ":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert [NameTaken("alice", is_saved_wrong=True)] == end.shown


def test_taken_name_then_another():
    """An account's name is refused, its fresh secret forgotten, and the next one goes on."""
    end = negotiated(ALICE)
    end.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert [
        SecretMade("alice", "fresh-secret"),
        SecretUseless("alice", "fresh-secret"),
        NameTaken("alice"),
    ] == end.shown
    end.lines.clear()
    end.sign_in.give(Identity("ann", fresh="other"))
    assert end.lines == ["NICK ann", "REGISTER * * other"]


def test_nick_in_use_by_a_guest():
    """433 refuses the name at once; the REGISTER behind it fails unheard."""
    end = negotiated(ALICE)
    end.feed(":s 433 * alice :in use")
    assert NameTaken("alice") == end.shown[-1]
    end.sign_in.give(Identity("ann", fresh="other"))
    end.feed(":s FAIL REGISTER NEED_NICK * :nick first")
    assert [SecretMade("ann", "other")] == end.shown
    end.feed(":s REGISTER SUCCESS ann :yours")
    assert end.lines[-1] == "CAP END"


def test_password_that_a_person_gives():
    """The password of a taken name is proved on the same connection."""
    end = negotiated(ALICE)
    end.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    end.sign_in.give(Identity("alice", given="right"))
    end.feed("AUTHENTICATE +", ":s 903 * :ok")
    assert SecretProved("alice", "right") == end.shown[-1]
    assert end.lines[-1] == "CAP END"


def test_wrong_password_that_a_person_gives():
    """A wrong password is told apart from a name that is merely taken."""
    end = negotiated(Identity("alice", given="wrong"))
    end.feed("AUTHENTICATE +", ":s 904 * :no", ":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert [NameTaken("alice", is_password_wrong=True)] == end.shown


@pytest.mark.parametrize("code", ("421", "451"))
def test_server_without_capabilities(code):
    """A server that knows no CAP is signed in to as in 1993."""
    end = End(ALICE)
    end.feed(f":s {code} * CAP :what?")
    assert end.lines == ["CAP LS 302", "NICK alice", "USER alice 0 * alice"]
    end.feed(":s 001 alice :Welcome")
    assert [SignedIn("alice", "")] == end.shown


def test_capabilities_over_several_lines():
    """CAP LS may come in parts."""
    end = End(ALICE)
    end.feed(":s CAP * LS * :batch away-notify", ":s CAP * LS :sasl=EXTERNAL")
    assert end.lines == ["CAP LS 302", "CAP REQ :batch sasl"]
    end.feed(":s CAP * ACK :batch sasl")
    assert {"batch", "sasl"} == end.sign_in.caps
    assert end.lines == ["NICK alice", "USER alice 0 * alice", "CAP END"]


def test_refused_capabilities():
    """A server that takes its offer back is used without."""
    end = End(ALICE)
    end.feed(f":s CAP * LS :{OFFER}", ":s CAP * NAK :sasl draft/account-registration")
    assert end.lines[-3:] == ["NICK alice", "USER alice 0 * alice", "CAP END"]


def test_registration_after_the_welcome():
    """Where accounts are made only by who is connected, REGISTER follows 001."""
    end = negotiated(ALICE, "draft/account-registration")
    assert end.lines[-1] == "CAP END"
    end.feed(":s 001 alice :Welcome")
    assert end.lines == ["REGISTER * * fresh-secret"]
    end.feed(":s REGISTER SUCCESS alice :yours")
    assert SecretProved("alice", "fresh-secret") == end.shown[-1]
    assert end.sign_in.account == "alice"


def test_registration_put_off_by_the_server():
    """COMPLETE_CONNECTION_REQUIRED means: connect first."""
    end = negotiated(ALICE)
    end.feed(":s FAIL REGISTER COMPLETE_CONNECTION_REQUIRED alice :later")
    assert end.lines[-1] == "CAP END"
    end.feed(":s 001 alice :Welcome")
    assert end.lines == ["REGISTER * * fresh-secret"]


def test_registration_impossible():
    """Where no account can be had, one chats without, and no secret is kept."""
    end = negotiated(ALICE)
    end.feed(":s FAIL REGISTER TEMPORARILY_UNAVAILABLE alice :no")
    assert end.lines[-1] == "CAP END"
    assert SecretUseless("alice", "fresh-secret") == end.shown[-1]


def test_name_that_the_server_cannot_take():
    """432 carries the server's reason."""
    end = negotiated(ALICE)
    end.feed(":s 432 * alice :too long")
    assert NameRefused("alice", "too long") == end.shown[-1]


def test_shut_out():
    """A ban is for good; an ERROR while a name is being thought of is not even told."""
    banned, slow = negotiated(ALICE), negotiated(None)
    banned.feed(":s 465 * :you are banned")
    assert ShutOut("you are banned", is_for_good=True) == banned.shown[-1]
    slow.feed("ERROR :Registration timed out")
    assert slow.shown == []


def test_name_given_later():
    """The connection waits for the name with everything settled that needs none."""
    end = negotiated(None)
    assert end.lines == ["CAP LS 302", "CAP REQ :sasl draft/account-registration"]
    end.sign_in.give(ALICE)
    assert end.lines[0] == "NICK alice"


def test_server_password_comes_first():
    """The password that the server asks of everyone is given before anything else."""
    sign_in = SignIn(Identity("ann"), "open sesame")
    sign_in.start()
    assert sign_in.lines[0] == Message("PASS", ["open sesame"])
