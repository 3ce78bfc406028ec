import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rookery.client import multiline
from rookery.client.batches import Batch
from rookery.client.multiline import Limits
from rookery.wire.message import Message

TEXT = st.text(st.sampled_from("ab é\n"), max_size=80)


@pytest.mark.parametrize(
    ("value", "limits"),
    (
        ("max-bytes=40000,max-lines=100", Limits(40_000, 100)),
        ("max-bytes=900", Limits(900, multiline.USUAL_MAX_LINES)),
        ("", Limits(multiline.USUAL_MAX_BYTES, multiline.USUAL_MAX_LINES)),
        ("max-bytes=lots", Limits(multiline.USUAL_MAX_BYTES, multiline.USUAL_MAX_LINES)),
    ),
)
def test_limits_of_a_server(value, limits):
    """What is not said counts as usual."""
    assert multiline.limits(value) == limits


@given(TEXT.filter(str.strip), st.integers(8, 20))
def test_batch_of_a_text_is_that_text(text, max_bytes):
    """No line is too long, and put together again they are what was said."""
    opening, *lines, closing = multiline.lines("#team", text, "m1", max_bytes)
    assert opening.params == ["+m1", "draft/multiline", "#team"]
    assert closing.params == ["-m1"]
    assert all(len(line.params[1].encode()) <= max_bytes for line in lines)
    batch = Batch("draft/multiline", ("#team",), "", list(lines), source="ann!u@h")
    assert multiline.joined(batch) == Message("PRIVMSG", ["#team", text], "ann!u@h", {})


@example("a\n aaaaaaaé", 8)
@given(TEXT, st.integers(8, 20))
def test_cut_texts_fit_a_batch_each(text, max_bytes):
    """No text has more lines or bytes than the server takes, and no word is lost."""
    most = Limits(max_bytes=30, max_lines=3)
    texts = multiline.cut(text, max_bytes, most)
    assert "".join("".join(texts).split()) == "".join(text.split())
    for one in texts:
        assert one.strip()
        said = multiline.lines("#team", one, "m1", max_bytes)[1:-1]
        assert len(said) <= most.max_lines or "\n" not in one
        assert len(one.encode()) <= most.max_bytes or "\n" not in one
