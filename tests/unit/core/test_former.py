from rookery.core.former import Formers
from rookery.core.names import Name
from rookery.core.user import User


def _remember(formers, nick, realname):
    formers.remember(User(Name(nick, nick.lower()), "user", "host", realname))


def test_the_oldest_is_forgotten():
    """The memory has a bound; what is beyond it is the oldest."""
    formers = Formers(2)
    for realname in ("1", "2", "3"):
        _remember(formers, "Ann", realname)
    assert [entry.realname for entry in formers.of("ann", 0)] == ["3", "2"]


def test_a_count():
    """So many of the latest are returned; below 1 all of them."""
    formers = Formers(9)
    for realname in ("1", "2", "3"):
        _remember(formers, "Ann", realname)
    _remember(formers, "Bob", "4")
    assert [entry.realname for entry in formers.of("ann", 2)] == ["3", "2"]
    assert len(formers.of("ann", -1)) == 3
    assert formers.of("cid", 0) == []
