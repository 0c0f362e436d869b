"""Shapes of a chart: plain values that one SVG template draws alike in a page and in a PDF.

Everything is a presentation attribute (the security policy allows no style attributes, and WeasyPrint applies no page
styles inside SVG). Units are SVG user units: at the drawing's own width one unit is one CSS pixel.
"""

import textwrap
from dataclasses import dataclass, replace

from core import palette

FACE = "'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
SIZE = 14
CHARACTER = 0.54  # mean width of a character of these faces, in ems; Vietnamese text measured


@dataclass(frozen=True)
class Rect:
    """A filled rectangle; `tip` becomes its tooltip."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = "none"
    tip: str = ""


@dataclass(frozen=True)
class Text:
    """One line of text; `y` is its base line. anchor: start, middle, end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    fill: str = palette.INK
    weight: int = 400


@dataclass(frozen=True)
class Path:
    """A line or an outline."""

    d: str
    stroke: str = palette.INK_SOFT
    width: float = 1
    fill: str = "none"


Shape = Rect | Text | Path


@dataclass(frozen=True)
class Table:
    """The same figures as text: `head` of the columns, `rows` of cells, the first of each row being its name."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A finished chart. `title` names it, `description` says what to see; `table` has the figures."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]
    table: Table
    font: str = FACE

    def in_font(self, font: str) -> "Drawing":
        """The same drawing in another face: PDFs embed their own."""
        return replace(self, font=font)


def text_width(text: str, size: float = SIZE) -> float:
    """The width a line will take, roughly (no fonts are read)."""
    return len(text) * size * CHARACTER


def wrap(text: str, width: float, size: float = SIZE, lines: int = 2) -> list[str]:
    """`text` in at most `lines` lines of about `width`; what does not fit ends in an ellipsis."""
    per_line = max(4, int(width / (size * CHARACTER)))
    return textwrap.wrap(text, per_line, max_lines=lines, placeholder=" …", break_on_hyphens=False) or [""]


def hatch(x: float, y: float, width: float, height: float, step: float = 7) -> Path:
    """Slanting lines that fill a rectangle exactly: "there is a figure, but it is not shown". Needs no clipping."""
    parts = []
    offset = step
    while offset < width + height:
        # the line x + y = offset, cut at the four sides
        x1, y1 = (offset, 0.0) if offset <= width else (width, offset - width)
        x2, y2 = (0.0, offset) if offset <= height else (offset - height, height)
        parts.append(f"M{_n(x + x1)} {_n(y + y1)}L{_n(x + x2)} {_n(y + y2)}")
        offset += step
    return Path("".join(parts), stroke=palette.RULE_STRONG)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def mix(share: float) -> tuple[str, str]:
    """(fill, ink on it) between paper and accent for 0..1, for heat maps: light is little, dark is much.

    It jumps at one half, over the middle tones on which neither ink nor paper could be read.
    """
    share = min(1.0, max(0.0, share))
    dark = share >= 0.5
    part = 0.8 + 0.4 * (share - 0.5) if dark else 1.2 * share
    low, high = _rgb(palette.SURFACE), _rgb(palette.ACCENT)
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(low, high, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}", palette.SURFACE if dark else palette.INK


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(red: int, green: int, blue: int) -> float:
    """Relative luminance after WCAG 2, 0 (black) to 1 (white)."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2, 1 to 21."""
    a, b = sorted((luminance(*_rgb(one)), luminance(*_rgb(other))))
    return (b + 0.05) / (a + 0.05)
