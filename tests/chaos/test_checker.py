"""The checker finds what is planted, and nothing in a run that kept its promises."""

import pytest
from tests.chaos.book import Book, Echo, Kept, Seen, Sent
from tests.chaos.checker import complaints

TEXTS = (("ann", "a.1"), ("bob", "b.1"), ("ann", "a.2"), ("bob", "b.2"))


def run(target="#yard"):
    """Return a book and histories of a run in which ann and bob talk and cat listens."""
    book = Book()
    book.dedupers = {"cat"}
    place = "|".join
    history = {}
    for number, (sender, text) in enumerate(TEXTS):
        msgid = f"id{number}"
        book.sent.append(Sent(sender, target, text))
        book.echoes.append(Echo(sender, target, text, msgid))
        book.seen.append(Seen(7, "cat", sender, target, text, msgid, is_replayed=False))
        name = target if target == "#yard" else place(sorted((sender, target)))
        history.setdefault(name, []).append(Kept(sender, target, text, msgid))
    return book, history


def again(book, **changes):
    """Let cat see the last message once more, changed."""
    book.seen.append(book.seen[-1]._replace(**changes))


@pytest.mark.parametrize("target", ("#yard", "cat"))
def test_nothing_wrong(target):
    """A faithful run gives no complaint, nor do a replay and another connection."""
    book, history = run(target)
    again(book, is_replayed=True, connection=8)
    assert complaints(book, history) == []


def test_sent_and_never_answered():
    """What was sent and not echoed may be in the history, or not."""
    book, history = run()
    book.sent += (Sent("ann", "#yard", "a.3"), Sent("ann", "#yard", "a.4"))
    history["#yard"].append(Kept("ann", "#yard", "a.4", "id9"))
    assert complaints(book, history) == []


def lose(book, history):
    """Forget the last message that was echoed; nobody else had seen it."""
    del history["#yard"][-1], book.seen[-1]


def lose_what_was_called_stored(book, history):
    """Call something stored that is not."""
    book.sent.append(Sent("ann", "#yard", "a.9"))
    book.stored_before.append(book.sent[-1])


def double(book, history):
    """Store a text twice."""
    history["#yard"].append(history["#yard"][-1]._replace(msgid="id9"))


def double_id(book, history):
    """Use a msgid twice."""
    book.sent.append(Sent("ann", "#yard", "a.9"))
    history["#yard"].append(history["#yard"][-1]._replace(sender="ann", text="a.9"))


def dream(book, history):
    """Store what nobody sent."""
    history["#yard"].append(Kept("ann", "#yard", "never said", "id9"))


def show_too_early(book, history):
    """Show a member what was not stored."""
    again(book, msgid="id9", text="a.3")


def echo_too_early(book, history):
    """Echo what was not stored: both lost, and a phantom."""
    book.sent.append(Sent("ann", "#yard", "a.3"))
    book.echoes.append(Echo("ann", "#yard", "a.3", "id9"))


def store_what_was_refused(book, history):
    """Say that a message was not stored, and store it."""
    book.refused.append(("STORE_UNAVAILABLE", book.sent[0]))


def show_changed(book, history):
    """Show a member another text than is stored."""
    book.seen[1] = book.seen[1]._replace(text="b.l")


def swap_for_a_member(book, history):
    """Show a member two messages the other way round."""
    book.seen[1], book.seen[2] = book.seen[2], book.seen[1]


def skip_for_a_member(book, history):
    """Leave out one in the middle for a member."""
    del book.seen[1]


def repeat_for_a_member(book, history):
    """Show a member a message twice in one connection."""
    again(book)


def swap_of_a_sender(book, history):
    """Store two of a person's messages the other way round."""
    rows = history["#yard"]
    rows[0], rows[2] = rows[2], rows[0]
    book.seen.clear()


PLANTED = {
    lose: "lost: b.2",
    lose_what_was_called_stored: "lost: a.9",
    double: "doubled: b.2",
    double_id: "doubled: msgid id3",
    dream: "phantom: never said",
    show_too_early: "phantom: a.3",
    echo_too_early: "phantom: a.3",
    store_what_was_refused: "phantom: a.1",
    show_changed: "phantom: b.l",
    swap_for_a_member: "order: cat (7) saw another order",
    skip_for_a_member: "order: cat (7) saw a gap",
    repeat_for_a_member: "order: cat (7) saw another order",
    swap_of_a_sender: "order: a.1 of ann stands behind a later one",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_planted_in_a_room(plant):
    """Each fault is found, by its name."""
    book, history = run()
    plant(book, history)
    found = complaints(book, history)
    assert any(line.startswith(PLANTED[plant]) for line in found), found


def never_deliver(book, history):
    """Keep a private message to oneself."""
    del book.seen[-1]


def deliver_in_another_order(book, history):
    """Deliver the later one first."""
    book.seen[0], book.seen[2] = book.seen[2], book.seen[0]


def deliver_twice_as_two(book, history):
    """Deliver one message under two msgids to somebody who drops known ones."""
    again(book, msgid="id9", connection=8)
    history["bob|cat"].append(history["bob|cat"][-1]._replace(msgid="id9"))


PLANTED_IN_PRIVATE = {
    never_deliver: "undelivered: b.2 never reached cat",
    deliver_in_another_order: "order: cat (0) received a.1 (live in 7) behind a.2",
    deliver_twice_as_two: "doubled: cat was shown b.2 of bob 2 times",
}


@pytest.mark.parametrize("plant", PLANTED_IN_PRIVATE, ids=lambda plant: plant.__name__)
def test_planted_in_private(plant):
    """So is each fault of private messages."""
    book, history = run("cat")
    plant(book, history)
    found = complaints(book, history)
    assert any(line.startswith(PLANTED_IN_PRIVATE[plant]) for line in found), found
