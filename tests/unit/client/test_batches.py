from rookery.client.batches import MAX_OPEN_BATCHES, Batch, Batches
from rookery.wire.message import parse


def fed(batches, *lines):
    """Feed lines; return all that came out."""
    return [unit for line in lines for unit in batches.feed(parse(line))]


def test_what_is_in_no_batch_passes():
    """Messages outside batches are not held back, also while one is open."""
    batches = Batches()
    (unit,) = fed(batches, "BATCH +a chathistory #x", "PING :1")
    assert unit.command == "PING"


def test_batch_is_whole():
    """A batch comes out at its end, with its type, parameters and label."""
    batches = Batches()
    (batch,) = fed(
        batches, "@label=l BATCH +a chathistory #x", "@batch=a PRIVMSG #x :1", "BATCH -a"
    )
    assert (batch.kind, batch.params, batch.label) == ("chathistory", ("#x",), "l")
    assert [part.params[1] for part in batch.parts] == ["1"]


def test_nested_batch():
    """A batch in a batch is one of its parts, in its place."""
    batches = Batches()
    (outer,) = fed(
        batches,
        "@label=l BATCH +a labeled-response",
        "@batch=a PRIVMSG #x :1",
        "@batch=a BATCH +b chathistory #x",
        "@batch=b PRIVMSG #x :2",
        "BATCH -b",
        "@batch=a PRIVMSG #x :3",
        "BATCH -a",
    )
    first, inner, last = outer.parts
    assert isinstance(inner, Batch)
    assert [first.params[1], inner.parts[0].params[1], last.params[1]] == ["1", "2", "3"]


def test_unknown_end():
    """The end of a batch that was never begun is nothing."""
    assert fed(Batches(), "BATCH -a") == []


def test_batches_that_are_never_closed():
    """A server that forgets to close batches loses none of their messages."""
    batches = Batches()
    fed(batches, "BATCH +first chathistory #x", "@batch=first PRIVMSG #x :1")
    let_go = fed(batches, *(f"BATCH +{number} x" for number in range(MAX_OPEN_BATCHES)))
    assert let_go[0].parts[0].params[1] == "1"
