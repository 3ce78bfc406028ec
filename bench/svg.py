"""A small SVG writer: a canvas of panels with axes, readable on light and dark pages.

Colours are classes, and a style sheet in the picture turns them with the reader's scheme; the
background is left to the page.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

SERIES_COLOURS: Final = ("s0", "s1", "s2", "s3", "s4", "s5")
_STYLE: Final = """
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 } .small { font-size: 11px } .end { text-anchor: end }
.middle { text-anchor: middle }
.axis { stroke: #57606a; fill: none } .grid { stroke: #d0d7de; fill: none }
.range { stroke: #24292f; stroke-width: 1.2; fill: none }
.line { stroke-width: 2; fill: none }
.s0 { fill: #0969da; stroke: #0969da } .s1 { fill: #8250df; stroke: #8250df }
.s2 { fill: #bf5b00; stroke: #bf5b00 } .s3 { fill: #1a7f37; stroke: #1a7f37 }
.s4 { fill: #bf3989; stroke: #bf3989 } .s5 { fill: #6e7781; stroke: #6e7781 }
.line.s0, .line.s1, .line.s2, .line.s3, .line.s4, .line.s5 { fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .axis { stroke: #9198a1 } .grid { stroke: #3d444d }
.range { stroke: #e6edf3 }
.s0 { fill: #58a6ff; stroke: #58a6ff } .s1 { fill: #bc8cff; stroke: #bc8cff }
.s2 { fill: #f0883e; stroke: #f0883e } .s3 { fill: #3fb950; stroke: #3fb950 }
.s4 { fill: #f778ba; stroke: #f778ba } .s5 { fill: #9198a1; stroke: #9198a1 }
.line.s0, .line.s1, .line.s2, .line.s3, .line.s4, .line.s5 { fill: none }
}
"""


@dataclass(slots=True)
class Canvas:
    """What has been drawn; coordinates are pixels from the upper left."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, kind: str = "") -> None:
        """Write words; `kind` is classes of the style."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>')

    def turned_text(self, x: float, y: float, words: str) -> None:
        """Write words upwards, with their middle at the point."""
        place = f'x="{x:.1f}" y="{y:.1f}" transform="rotate(-90 {x:.1f} {y:.1f})"'
        self.parts.append(f'<text {place} class="small middle">{escape(words)}</text>')

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        """Draw a line through the points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" class="{kind}"/>')

    def box(self, x: float, y: float, size: tuple[float, float], kind: str, tip: str = "") -> None:
        """Draw a filled box of (width, height); `tip` is shown under the pointer."""
        width, height = size
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self.parts.append(f'<rect {place} class="{kind}"><title>{escape(tip)}</title></rect>')

    def dot(self, x: float, y: float, kind: str, tip: str = "") -> None:
        """Draw a point."""
        place = f'cx="{x:.1f}" cy="{y:.1f}" r="3.5"'
        self.parts.append(f'<circle {place} class="{kind}"><title>{escape(tip)}</title></circle>')

    def legend(self, colours: Mapping[str, str], x: float) -> None:
        """Name the series by their colours, in a row at the bottom."""
        y = self.height - 12
        for name, colour in colours.items():
            self.box(x, y - 10, (12, 12), colour, name)
            self.text(x + 17, y, name)
            x += 17 + 8 * len(name) + 20

    def rendered(self) -> str:
        """Return the picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width}"'
            f' height="{self.height}" viewBox="0 0 {self.width} {self.height}">'
        )
        title = f"<title>{escape(self.title)}</title>"
        return "\n".join([head, title, f"<style>{_STYLE}</style>", *self.parts, "</svg>", ""])


def ticks(highest: float, wanted: int = 4) -> list[float]:
    """Return round steps from 0 to the first that is not below `highest`."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999)
    return [step * place for place in range(math.ceil(highest / step - 1e-9) + 1)]


def short(value: float) -> str:
    """Return a number for an axis: 2500000 is 2.5M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if abs(value) >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"
