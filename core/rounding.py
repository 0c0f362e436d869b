"""One way to round the shares that people see."""

from math import floor


def whole_percent(share: float) -> int:
    """A share (0 to 1) as a whole percentage, rounded half up as people learn it at school: 0.125 is 13.

    Equal counts show equal percentages everywhere; the sum need not be 100.
    """
    return floor(round(100 * share, 6) + 0.5)
