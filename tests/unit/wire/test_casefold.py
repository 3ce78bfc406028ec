import pytest

from rookery.wire.casefold import fold


@pytest.mark.parametrize(
    ("name", "key"),
    (("Ann", "ann"), ("#ROOK", "#rook"), ("[A]~^", "[a]~^"), ("#CAFÉ", "#cafÉ"), ("ß", "ß")),
)
def test_only_ascii_letters_fold(name, key):
    """A to Z fold to a to z, and nothing else does."""
    assert key == fold(name)
