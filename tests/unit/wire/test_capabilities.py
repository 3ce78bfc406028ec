from rookery.wire import numerics
from rookery.wire.capabilities import BY_NAME, CAPABILITIES


def test_names_are_unique():
    """Each capability has one row."""
    assert len(CAPABILITIES) == len(BY_NAME)


def test_bits_are_single_and_distinct():
    """Each capability has one bit of its own."""
    bits = [row.bit for row in CAPABILITIES]
    assert [1] * len(bits) == [bit.bit_count() for bit in bits]
    assert len(bits) == len(set(bits))


def test_rows_tell_what_they_are():
    """Each capability says what it changes and where it is specified."""
    assert [row.name for row in CAPABILITIES if not row.summary or not row.spec] == []


def test_numerics_are_three_digits_and_unique():
    """Each numeric has one name."""
    codes = [code for name, code in vars(numerics).items() if name.startswith(("RPL_", "ERR_"))]
    assert [code for code in codes if not (len(code) == 3 and code.isdigit())] == []
    assert len(codes) == len(set(codes))
