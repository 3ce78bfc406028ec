"""Panels of a picture: bars by server, curves of growth, and ratios with their ranges."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from figures import Spread, shown
from svg import SERIES_COLOURS, Canvas, short, ticks

PANEL_WIDTH: Final = 300
PANEL_HEIGHT: Final = 220
COLUMNS: Final = 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 10, 34, 40
_LEGEND_HEIGHT: Final = 34
_RATIO_ROW: Final = 24
_RATIO_LEFT: Final = 330

Points = Mapping[float, Spread]


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar for each server: the median, with the range over the rounds."""

    title: str
    unit: str
    values: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Curves:
    """One line for each server over what grows."""

    title: str
    unit: str
    growing: str
    lines: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel's values stand."""

    left: float
    top: float
    highest: float

    @property
    def width(self) -> float:
        return PANEL_WIDTH - _LEFT - _RIGHT

    @property
    def bottom(self) -> float:
        return self.top + PANEL_HEIGHT - _TOP - _BOTTOM

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.highest


def picture(title: str, panels: Sequence[Bars | Curves], servers: Sequence[str]) -> str:
    """Return the SVG of these panels; each of all `servers` has one colour in all pictures."""
    columns = min(COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    canvas = Canvas(columns * PANEL_WIDTH, rows * PANEL_HEIGHT + _LEGEND_HEIGHT, title)
    colours = dict(zip(servers, SERIES_COLOURS, strict=False))
    for place, panel in enumerate(panels):
        corner = (place % columns * PANEL_WIDTH, place // columns * PANEL_HEIGHT)
        if isinstance(panel, Bars):
            _draw_bars(canvas, corner, panel, colours)
        else:
            _draw_curves(canvas, corner, panel, colours)
    drawn = {name for panel in panels for name in _names_on(panel)}
    canvas.legend({name: colours[name] for name in servers if name in drawn}, _LEFT)
    return canvas.rendered()


def ratios(title: str, rows: Sequence[tuple[str, Mapping[str, Spread]]]) -> str:
    """Return the SVG of ratios on a logarithmic axis: of each row its name and its ratios."""
    peers = list(dict.fromkeys(peer for _, values in rows for peer in values))
    seen = [each for _, values in rows for each in values.values()]
    reach = max([2.0, *(each.highest for each in seen), *(1 / each.lowest for each in seen)])
    canvas = Canvas(900, len(rows) * _RATIO_ROW + 70 + _LEGEND_HEIGHT, title)
    bottom = 34 + len(rows) * _RATIO_ROW

    def x(value: float) -> float:
        half = (canvas.width - _RATIO_LEFT - 30) / 2
        return _RATIO_LEFT + half * (1 + math.log(value) / math.log(reach))

    canvas.text(12, 18, title, "title")
    for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100):
        if 1 / reach <= tick <= reach:
            canvas.line([(x(tick), 28), (x(tick), bottom)], "axis" if tick == 1 else "grid")
            canvas.text(x(tick), bottom + 16, f"{tick:g}", "small middle")
    for place, (name, values) in enumerate(rows):
        y = 46 + place * _RATIO_ROW
        canvas.text(_RATIO_LEFT - 12, y + 4, name, "small end")
        for offset, peer in enumerate(peers):
            if peer in values:
                ratio, at = values[peer], y + (offset - (len(peers) - 1) / 2) * 8
                canvas.line([(x(ratio.lowest), at), (x(ratio.highest), at)], "range")
                colour = SERIES_COLOURS[offset + 2]
                canvas.dot(x(ratio.median), at, colour, f"{name} / {peer}: {_tip(ratio)}")
    canvas.text(x(1), bottom + 34, "ours / theirs (logarithmic)", "small middle")
    for offset, peer in enumerate(peers):
        canvas.dot(_RATIO_LEFT + offset * 130, canvas.height - 14, SERIES_COLOURS[offset + 2])
        canvas.text(_RATIO_LEFT + offset * 130 + 10, canvas.height - 10, f"to {peer}")
    return canvas.rendered()


def _names_on(panel: Bars | Curves) -> Mapping[str, object]:
    return panel.values if isinstance(panel, Bars) else panel.lines


def _frame(
    canvas: Canvas, corner: tuple[float, float], panel: Bars | Curves, highest: float
) -> _Frame:
    x, y = corner
    steps = ticks(highest)
    frame = _Frame(x + _LEFT, y + _TOP, steps[-1])
    canvas.text(x + 12, y + 18, panel.title, "title")
    canvas.turned_text(x + 14, (frame.top + frame.bottom) / 2, panel.unit)
    for step in steps:
        at = frame.y(step)
        kind = "grid" if step else "axis"
        canvas.line([(frame.left, at), (frame.left + frame.width, at)], kind)
        canvas.text(frame.left - 6, at + 4, short(step), "small end")
    return frame


def _draw_bars(
    canvas: Canvas, corner: tuple[float, float], panel: Bars, colours: Mapping[str, str]
) -> None:
    highest = max((each.highest for each in panel.values.values()), default=1.0)
    frame = _frame(canvas, corner, panel, highest * 1.08)
    slot = frame.width / max(1, len(panel.values))
    for place, (server, value) in enumerate(panel.values.items()):
        middle, y = frame.left + slot * (place + 0.5), frame.y(value.median)
        left, width = middle - slot * 0.32, slot * 0.64
        tip = f"{server}: {_tip(value)}"
        canvas.box(left, y, (width, frame.bottom - y), colours[server], tip)
        _draw_range(canvas, middle, frame, value)
        canvas.text(middle, frame.bottom + 15, short(value.median), "small middle")


def _draw_curves(
    canvas: Canvas, corner: tuple[float, float], panel: Curves, colours: Mapping[str, str]
) -> None:
    points = [point for line in panel.lines.values() for point in line.items()]
    highest = max((value.highest for _, value in points), default=1.0)
    frame = _frame(canvas, corner, panel, highest)
    sizes = sorted({size for size, _ in points}) or [1.0]
    first, last = math.log(sizes[0]), math.log(sizes[-1])

    def x(size: float) -> float:
        share = (math.log(size) - first) / (last - first) if last > first else 0.5
        return frame.left + 8 + (frame.width - 24) * share

    for size in sizes:
        canvas.line([(x(size), frame.bottom), (x(size), frame.bottom + 4)], "axis")
        canvas.text(x(size), frame.bottom + 16, short(size), "small middle")
    words = f"{panel.growing} (logarithmic)"
    canvas.text(frame.left + frame.width / 2, frame.bottom + 31, words, "small middle")
    for server, line in panel.lines.items():
        path = [(x(size), frame.y(value.median)) for size, value in sorted(line.items())]
        canvas.line(path, f"line {colours[server]}")
        for size, value in line.items():
            _draw_range(canvas, x(size), frame, value)
            tip = f"{server}, {size:g} {panel.growing}: {_tip(value)}"
            canvas.dot(x(size), frame.y(value.median), colours[server], tip)


def _draw_range(canvas: Canvas, x: float, frame: _Frame, value: Spread) -> None:
    canvas.line([(x, frame.y(value.lowest)), (x, frame.y(value.highest))], "range")


def _tip(value: Spread) -> str:
    return f"{shown(value.median)} ({shown(value.lowest)} to {shown(value.highest)})"
