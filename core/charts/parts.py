"""What several charts share: figures, and how a figure that is not shown is drawn."""

from collections.abc import Sequence

from django.utils.formats import number_format

from core import palette
from core.charts.drawing import Rect, Shape, Text, hatch, text_width, wrap
from core.rounding import whole_percent

LINE = 21  # one line of text
BAR = 26
GAP = 16
SMALL = 12.5


def number(value: float) -> str:
    """A whole number with the reader's grouping."""
    return str(number_format(round(value), decimal_pos=0, use_l10n=True, force_grouping=True))


def shares(counts: Sequence[int]) -> list[int]:
    """Whole percentages, each rounded for itself."""
    total = sum(counts)
    return [whole_percent(count / total) if total else 0 for count in counts]


def hidden_bar(x, y, width, text) -> list[Shape]:
    label = wrap(text, width - 16, SMALL, 1)[0]
    wide = text_width(label, SMALL) + 12
    return [
        Rect(
            x + 0.5,
            y + 0.5,
            width - 1,
            BAR - 1,
            palette.SURFACE,
            palette.RULE_STRONG,
        ),
        hatch(x, y, width, BAR),
        Rect(x + (width - wide) / 2, y + 4, wide, BAR - 8, palette.SURFACE),
        Text(
            x + width / 2,
            y + BAR / 2 + 4.5,
            label,
            "middle",
            SMALL,
            palette.INK_SOFT,
        ),
    ]


def hidden_key(shapes: list[Shape], x: float, y: float, text: str) -> float:
    """Says below the drawing what the hatching means."""
    shapes.append(Rect(x + 0.5, y + 10.5, 21, 13, palette.SURFACE, palette.RULE_STRONG))
    shapes.append(hatch(x, y + 10, 22, 14, 5))
    shapes.append(Text(x + 30, y + 21, text, size=SMALL, fill=palette.INK_SOFT))
    return y + 26
