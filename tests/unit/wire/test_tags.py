from rookery.wire.tags import escape, format_tags, parse_tags, unescape


def test_escape_of_each_special_character():
    """Semicolon, space, backslash, CR and LF have escapes of their own."""
    assert escape("; \\\r\n") == "\\:\\s\\\\\\r\\n"


def test_plain_value_is_not_touched():
    """A value without special characters stands on the wire as it is."""
    assert escape("a=b,c:d/é") == "a=b,c:d/é"


def test_unknown_escape_and_lone_backslash():
    """An unknown escape is its character; a backslash at the very end is nothing."""
    assert [unescape(value) for value in ("\\b", "\\", "a\\", "\\\\")] == ["b", "", "a", "\\"]


def test_format_leaves_out_the_sign_of_an_empty_value():
    """A tag with an empty value is written as its key alone."""
    assert format_tags({"a": "1", "b": ""}) == "a=1;b"


def test_nothing_is_no_tag():
    """An empty section has no tags."""
    assert parse_tags("") == {}
