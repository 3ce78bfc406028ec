import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.wire.disposition import MAX_PATH_CHARS, content_disposition, file_name, in_path


@pytest.mark.parametrize(
    ("header", "name"),
    (
        ('attachment; filename="a b.png"', "a b.png"),
        ("attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "€ rates.txt"),
        ("attachment; filename=plain.txt", "plain.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        (r'attachment; filename="C:\\secret\\me.png"', "me.png"),
        ('attachment; filename=".htaccess"', "htaccess"),
        ('attachment; filename="x\0y\x1b.png"', "xy.png"),
        ('attachment; filename="\u202egnp.exe"', "gnp.exe"),
        ('attachment; filename="..."', "file"),
        ("attachment", "file"),
        ("", "file"),
        ("nonsense;;;=", "file"),
    ),
)
def test_a_name_is_one_harmless_part_of_a_path(header, name):
    """Folders, hidden files, controls and marks of direction are taken off."""
    assert file_name(header) == name


@given(st.text())
def test_no_header_breaks_it(text):
    """Whatever a client sends, the name fits a link, and goes into a header and comes back."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    name = file_name(f'attachment; filename="{escaped}"')
    assert name
    assert "/" not in name
    assert len(in_path(name)) <= MAX_PATH_CHARS
    header = content_disposition(name, is_shown=False)
    assert header.isascii()
    assert header.isprintable()
    assert file_name(header) == name


def test_a_long_name_keeps_its_ending():
    """What the file is for stays to be seen."""
    name = file_name('attachment; filename="' + "x" * 500 + '.jpeg"')
    assert (len(name), name[-5:]) == (MAX_PATH_CHARS, ".jpeg")


def test_a_name_in_other_letters_is_given_in_both_ways():
    """Old programs get a stand-in, others the name itself. RFC 6266 §5."""
    header = content_disposition('ä".png', is_shown=True)
    assert header == "inline; filename=\"__.png\"; filename*=UTF-8''%C3%A4%22.png"
