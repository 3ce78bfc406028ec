"""Lines and messages, by the case lists that every parser of ours is judged by."""

import json
from pathlib import Path

import pytest

from rookery.wire.message import MalformedError, Message, format_message, parse

VECTORS = Path(__file__).parents[2] / "vectors"


def _cases(name):
    cases = json.loads((VECTORS / name).read_text())
    return [pytest.param(case, id=case["why"]) for case in cases]


def _message(case):
    return Message(case["command"], case["params"], case.get("source", ""), case.get("tags", {}))


@pytest.mark.parametrize("case", _cases("parse.json"))
def test_line_is_read_as_the_vector_says(case):
    """A line is the message of its vector, or malformed."""
    if "malformed" in case:
        with pytest.raises(MalformedError):
            parse(case["line"])
    else:
        assert _message(case) == parse(case["line"])


@pytest.mark.parametrize("case", _cases("format.json"))
def test_message_is_written_as_the_vector_says(case):
    """A message is the line of its vector, or cannot be a line."""
    if "malformed" in case:
        with pytest.raises(MalformedError):
            format_message(_message(case))
    else:
        assert case["line"] == format_message(_message(case))


def test_tags_keep_the_order_of_their_last_place():
    """Tags are formatted again in the order in which they took effect."""
    assert list(parse("@a=1;b=2;a=3 PING").tags) == ["b", "a"]
