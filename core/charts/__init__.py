"""Charts: figures in, a `Drawing` out. Pure functions; `{% chart drawing %}` prints it with its table.

A figure that must not be shown (fewer people than the threshold) comes in as None and is hatched and named, never
drawn as zero. Levels keep their colours everywhere; every segment that has room carries its word.
"""

from core.charts.bars import columns, horizontal_bars
from core.charts.drawing import Drawing, Table
from core.charts.grid import heat_map
from core.charts.levels import stacked_bars
from core.charts.parts import number, shares
from core.charts.small import progress_ring, sparkline

__all__ = [
    "Drawing",
    "Table",
    "columns",
    "heat_map",
    "horizontal_bars",
    "number",
    "progress_ring",
    "shares",
    "sparkline",
    "stacked_bars",
]
