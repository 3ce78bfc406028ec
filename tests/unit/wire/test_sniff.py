import pytest

from rookery.wire.sniff import HEAD_BYTES, OCTETS, TEXT, may_be_shown, media_type


@pytest.mark.parametrize(
    ("head", "kind"),
    (
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"GIF89a\1\0", "image/gif"),
        (b"GIF87a\1\0", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x20ftypM4A \0\0\2\0", "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "video/webm"),
        (b"OggS\0\2" + bytes(22) + b"OpusHead", "audio/ogg"),
        (b"OggS\0\2" + bytes(22) + b"\x80theora", "video/ogg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"plain \xc3\xa4\n", TEXT),
        (b"<html><script>alert(1)</script>", TEXT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", TEXT),
        (b"RIFF\x24\0\0\0WAVEfmt ", OCTETS),
        (b"\0\0\0\x20ftypheic\0\0\0\0", OCTETS),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", OCTETS),
        (b"OggS\0\2", OCTETS),
        (b"\xff\xfe<\0h\0t\0m\0l\0", OCTETS),
        (b"text with a \0", OCTETS),
        (b"cut \xc3", OCTETS),
        (b"", OCTETS),
    ),
)
def test_a_file_is_what_its_bytes_say(head, kind):
    """A type of the table, text without controls, or else bytes of no known kind."""
    assert media_type(head) == kind


def test_a_letter_that_the_head_cuts_in_two_is_no_fault():
    """A long text is text wherever its first part ends."""
    head = (b"x" + "ä".encode() * HEAD_BYTES)[:HEAD_BYTES]
    assert media_type(head) == TEXT


@pytest.mark.parametrize(
    ("kind", "is_shown"),
    (
        ("image/png", True),
        ("video/webm", True),
        ("audio/ogg", True),
        (TEXT, False),
        ("application/pdf", False),
        (OCTETS, False),
    ),
)
def test_only_what_runs_nothing_is_shown_in_place(kind, is_shown):
    """Pictures, sound and films are shown, everything else is saved."""
    assert may_be_shown(kind) == is_shown
