"""The aggregate report as a document: published figures into rows, charts and notes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.charts import number
from reports.aggregates import Line, Place
from reports.documents.pages import Made, render, share_text
from reports.drawings import completion_bars, criteria_map, distribution_bars
from reports.summaries.aggregate import Aggregate

HIDDEN = "*"


@dataclass(frozen=True)
class KeyFigure:
    value: str
    label: str


@dataclass(frozen=True)
class CompletionRow:
    name: str
    people: str
    submitted: str
    submitted_share: str
    rated: str
    rated_share: str
    excused: str
    is_sum: bool


@dataclass(frozen=True)
class FigureCell:
    """A count as text, `*` where it is hidden, and its share of those rated (empty where hidden)."""

    count: str
    share: str


@dataclass(frozen=True)
class FigureLine:
    name: str
    cells: tuple[FigureCell, ...]
    rated: str
    is_sum: bool


def aggregate_html(aggregate: Aggregate, made: Made) -> str:
    """The aggregate report of an office."""
    published, levels = aggregate.published, aggregate.frame.levels
    with override(aggregate.frame.language):
        return render(
            "pdf/aggregate.html",
            aggregate,
            made,
            key_figures=_key_figures(aggregate),
            place_head=_("School") if aggregate.by_school else _("Office"),
            completion_charts=completion_bars(published.places),
            completion=[
                *(_completion(place) for place in published.places),
                _completion(published.whole, is_sum=True),
            ],
            overall_charts=distribution_bars([published.overall, *published.schools], levels),
            overall=[*(_figures(line) for line in published.schools), _figures(published.overall, is_sum=True)],
            criteria_charts=criteria_map(published, levels),
            criteria=[_figures(line) for line in published.criteria],
            notes=notes_of(aggregate),
        )


def _key_figures(aggregate: Aggregate) -> list[KeyFigure]:
    whole = aggregate.published.whole
    figures = [
        KeyFigure(number(aggregate.schools), ngettext("school", "schools", aggregate.schools)),
        KeyFigure(number(whole.people), ngettext("teacher in the cycle", "teachers in the cycle", whole.people)),
        KeyFigure(share_text(whole.submitted, whole.people), _("have submitted")),
    ]
    if aggregate.is_full:
        figures.append(KeyFigure(share_text(whole.rated, whole.people), _("know their result")))
    return figures


def _completion(place: Place, *, is_sum: bool = False) -> CompletionRow:
    return CompletionRow(
        name=_("Together") if is_sum else place.name,
        people=number(place.people),
        submitted=number(place.submitted),
        submitted_share=share_text(place.submitted, place.people),
        rated=number(place.rated),
        rated_share=share_text(place.rated, place.people),
        excused=number(place.excused),
        is_sum=is_sum,
    )


def _figures(line: Line, *, is_sum: bool = False) -> FigureLine:
    return FigureLine(
        name=_("Together") if is_sum else line.name,
        cells=tuple(
            FigureCell(HIDDEN, "") if cell is None else FigureCell(number(cell), share_text(cell, line.rated))
            for cell in line.cells
        ),
        rated=number(line.rated),
        is_sum=is_sum,
    )


def notes_of(aggregate: Aggregate) -> list[str]:
    """What every reader of the figures must know: denominators, what is hidden and why."""
    results = [
        _("Shares of submitted and announced are of the people in the cycle; excused people are not counted."),
        _("Shares of levels are of the people rated: those whose result has been announced."),
    ]
    none = [
        _("In this cycle teachers assess themselves; there is no decision and no official result."),
        _("Shares of submitted are of the people in the cycle; excused people are not counted."),
    ]
    notes = [
        *(results if aggregate.is_full else none),
        _("Shares are rounded for display only and need not add up to 100."),
        _("Schools are counted where they stand on the day the report is made."),
    ]
    if aggregate.is_full and aggregate.published.hides:
        notes.append(
            _(
                "%(mark)s: not shown. Numbers from 1 to %(most)s are hidden, and further numbers wherever a hidden one "
                "would follow from the sums."
            )
            % {"mark": HIDDEN, "most": aggregate.threshold - 1}
        )
    return notes
