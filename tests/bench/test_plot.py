"""Pictures are whole SVG with a name for every axis and series."""

from xml.etree import ElementTree as ET

import plot
import pytest
import svg
from figures import Spread

SEEN = Spread(2, 1, 4)


def _texts(picture):
    return [element.text for element in ET.fromstring(picture).iter() if element.text]  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("highest", "expected"),
    ((4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]), (0.9, [0, 0.25, 0.5, 0.75, 1.0]), (0, [0, 1])),
)
def test_ticks_are_round_and_reach_the_highest(highest, expected):
    """The axis begins at 0 and ends at the first round step that holds everything."""
    assert expected == pytest.approx(svg.ticks(highest))


@pytest.mark.parametrize(
    ("value", "expected"), ((2_500_000, "2.5M"), (64_000, "64k"), (0.25, "0.25"), (0, "0"))
)
def test_short_numbers(value, expected):
    """An axis has room for few digits."""
    assert expected == svg.short(value)


def test_bars_have_unit_legend_and_values():
    """A panel names its unit, and each server its colour and its value."""
    panel = plot.Bars("room of 50 & more", "deliveries/s", {"rookery": SEEN, "ngircd": SEEN})
    texts = _texts(plot.picture("Rooms", [panel], ["rookery", "ngircd"]))
    assert {"Rooms", "room of 50 & more", "deliveries/s", "rookery", "ngircd"} <= {*texts}
    assert "rookery: 2.00 (1.00 to 4.00)" in texts


def test_curves_name_what_grows():
    """The axis below says what grows, and each point its size and value."""
    lines = {"rookery": {10.0: SEEN, 1000.0: SEEN}, "ngircd": {10.0: SEEN}}
    panel = plot.Curves("by members", "µs", "members", lines)
    texts = _texts(plot.picture("Growth", [panel], ["rookery", "ngircd"]))
    assert {"members (logarithmic)", "µs", "10", "1k"} <= {*texts}
    assert "rookery, 1000 members: 2.00 (1.00 to 4.00)" in texts


def test_ratios_show_median_and_range():
    """Each row has a dot for each peer, and the line at 1 is named."""
    rows = [("room: rate", {"ngircd": SEEN, "inspircd": Spread(0.5, 0.1, 1)})]
    picture = plot.ratios("Ratios", rows)
    texts = _texts(picture)
    assert {"room: rate", "1", "to ngircd", "to inspircd"} <= {*texts}
    assert "room: rate / inspircd: 0.50 (0.10 to 1.00)" in texts


def test_picture_is_readable_on_light_and_dark_pages():
    """Colours follow the reader's scheme, and the background is the page's."""
    picture = plot.picture("Rooms", [plot.Bars("room", "ms", {"rookery": SEEN})], ["rookery"])
    assert "prefers-color-scheme: dark" in picture
    assert "background" not in picture
