"""A simulation as a workbook: in full for those who read every result behind it, or to pass on with small counts hidden.

The version to pass on holds the matrix alone. Directions, schools and conditions are further sums of its cells: each
would be one more equation from which a hidden count could be reckoned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import localized
from core.spreadsheets.writing import Sheet, workbook_bytes
from evaluations.models import Cycle
from evaluations.presenters import simulator as words
from evaluations.sides import Side
from evaluations.simulation import Findings
from people.models import Unit
from reports.documents.aggregate_pages import HIDDEN
from reports.suppression import SUM, hide
from standards.queries import FrameworkData


@dataclass(frozen=True)
class Shown:
    """A matrix with its sums; None where a count is hidden. `before`: sums of the rows, `after`: of the columns."""

    cells: tuple[tuple[int | None, ...], ...]
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]

    @property
    def hides(self) -> bool:
        """Is anything hidden?"""
        return any(None in row for row in (*self.cells, self.before, self.after))


def to_pass_on(cells: Sequence[Sequence[int]], threshold: int) -> Shown:
    """The matrix without counts from 1 to `threshold` - 1, and without those from which one would follow.

    The sums of rows are taken to be known where they reach the threshold: they stand in the aggregate report. A sum of
    a row below it is hidden with at least one other, and with both all cells of their rows.
    """
    hidden = set(hide(cells, threshold, sums_shown=True))
    before = [sum(row) for row in cells]
    secret = {column for _row, column in hide([before], threshold, sums_shown=False)}
    hidden |= {(row, column) for row in secret for column in range(len(cells[row]))}
    after = [sum(row[column] for row in cells) for column in range(len(cells[0]))] if cells else []
    return Shown(
        tuple(tuple(None if (r, c) in hidden else count for c, count in enumerate(row)) for r, row in enumerate(cells)),
        tuple(None if row in secret else count for row, count in enumerate(before)),
        tuple(None if (SUM, column) in hidden else count for column, count in enumerate(after)),
    )


def simulation_workbook(
    cycle: Cycle, units: Sequence[Unit], data: FrameworkData, side: Side, found: Findings, *, passing_on: bool
) -> bytes:
    """The workbook in the reader's language."""
    rows = words.matrix(found, data, side.data)
    counts = [[count for count, _same in row.cells] for row in rows]
    if passing_on:
        shown = to_pass_on(counts, cycle.anonymity_threshold)
        sheets = [_matrix(rows, side, shown)]
    else:
        full = to_pass_on(counts, 0)
        sheets = [_matrix(rows, side, full), _directions(found), _causes(found, data, side), _open(found, side)]
        if len(units) > 1:
            sheets.append(_schools(found, units))
    sheets.append(_notes(cycle, units, side, found, passing_on=passing_on))
    return workbook_bytes(sheets)


def _matrix(rows: list[words.MatrixRow], side: Side, shown: Shown) -> Sheet:
    tried = [_("Tried: %(level)s") % {"level": localized(result.name)} for result in side.data.results]
    table = [
        [row.level.label, _cell(before), *map(_cell, cells)]
        for row, before, cells in zip(rows, shown.before, shown.cells, strict=True)
    ]
    whole = sum(row.before for row in rows)
    table.append([_("Together"), whole, *map(_cell, shown.after)])
    return Sheet(
        name=_("Results"),
        header=[_("Present result"), _("People now"), *tried, _("Cannot be said")],
        rows=table,
        widths=[24, 12, *[16] * (len(tried) + 1)],
    )


def _cell(count: int | None) -> int | str:
    return HIDDEN if count is None else count


def _directions(found: Findings) -> Sheet:
    rows = [[figure.label, figure.value] for figure in words.figures(found)]
    return Sheet(_("Who moves"), [_("Direction"), _("People")], rows, widths=[36, 12])


def _causes(found: Findings, data: FrameworkData, side: Side) -> Sheet:
    whose = {True: _("asked by the tried rule, and not met"), False: _("asked by the present rule, and not met")}
    rows = [[row.sentence, whose[row.is_new], row.number] for row in words.causes(found, data, side)]
    return Sheet(_("What moves them"), [_("Condition"), _("Whose"), _("People")], rows, widths=[80, 40, 12])


def _open(found: Findings, side: Side) -> Sheet:
    rows = [[sentence, number] for sentence, number in words.open_reasons(found, side)]
    return Sheet(_("Cannot be said"), [_("Reason"), _("People")], rows, widths=[100, 12])


def _schools(found: Findings, units: Sequence[Unit]) -> Sheet:
    rows = words.school_rows(found, list(units))
    heads = [_("School"), _("People"), *(figure.label for figure in words.figures(found))]
    return Sheet(
        _("Schools"),
        heads,
        [[row.unit.name, row.people, *(count for _label, count in row.cells)] for row in rows],
        widths=[44, 12, *[16] * (len(heads) - 2)],
    )


def _notes(cycle: Cycle, units: Sequence[Unit], side: Side, found: Findings, *, passing_on: bool) -> Sheet:
    rows = [
        [_("Cycle"), cycle.name],
        [_("Standards of the cycle"), localized(cycle.version.title)],
        [_("Tried"), f"{side.title} ({_('draft')})" if side.is_draft else side.title],
        [_("Schools"), units[0].name if len(units) == 1 else str(len(units))],
        [_("Made on"), date_words(timezone.localdate())],
        [_("What it is"), _("A trial. No result has been changed.")],
    ]
    if side.unmatched:
        rows.append([_("Without a match"), words.criteria_words(side.unmatched, side.data)])
        rows.append(["", words.supposed_words(side)])
    if passing_on:
        text = _("%(mark)s: under %(number)s people, or hidden so that such a count cannot be reckoned.")
        rows.append([_("Hidden counts"), text % {"mark": HIDDEN, "number": cycle.anonymity_threshold}])
    else:
        rows.append([_("For your office"), _("Small counts let people be recognised: do not pass this workbook on.")])
    return Sheet(_("Notes"), [_("Note"), _("Text")], rows, widths=[28, 100])
