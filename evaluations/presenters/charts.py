"""The drawings of a board: how results are spread, and which criteria are strong and weak."""

from django.utils.translation import gettext as _

from core.charts import Drawing, heat_map, stacked_bars
from core.localized import localized
from people.models import Unit
from standards.queries import FrameworkData


def distribution(data: FrameworkData, overall: dict[str, int], unit: Unit) -> Drawing:
    """The overall results of a school as one bar. `overall`: level code -> people."""
    levels = [(level.code, localized(level.name)) for level in data.levels]
    counts = [overall.get(code, 0) for code in data.level_codes]
    return stacked_bars([(unit.name, counts)], levels, title=_("Overall results"))


def heat(data: FrameworkData, by_criterion: dict[str, dict[str, int]]) -> Drawing:
    """The share of people at each level of each criterion. `by_criterion`: criterion code -> level code -> people."""
    names = [f"{criterion.number}. {localized(criterion.name)}" for criterion in data.criteria]
    columns = [localized(level.name) for level in data.levels]
    cells = []
    for criterion in data.criteria:
        counts = by_criterion.get(criterion.code, {})
        total = sum(counts.values())
        cells.append([counts.get(code, 0) / total if total else None for code in data.level_codes])
    return heat_map(names, columns, cells, title=_("Levels by criterion"), description=_("Share of the people."))
