"""The aggregate of an office: completion and distributions over the schools below it, from tallies."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max

from core.localized import localized
from evaluations.models import Cycle, Evaluation, Event
from people.models import Unit
from reports.actions.tallies import refresh
from reports.aggregates import Place, Published, publish, together
from reports.levels import branch_of, hidden_of
from reports.models import Tally
from reports.queries import (
    criterion_sums,
    criterion_totals,
    offices_above,
    overall_tallies,
    schools_of_branch,
    tables_of,
)
from reports.summaries.common import Frame, frame_of
from reports.suppression import SUM, Hidden
from standards.queries import framework_data


@dataclass(frozen=True)
class AggregateCriterion:
    number: int
    name: str
    standard: str


@dataclass(frozen=True)
class Aggregate:
    """One branch in one cycle. `by_school`: the rows are schools; else they are the branches of a larger office."""

    frame: Frame
    is_full: bool
    by_school: bool
    schools: int
    threshold: int
    criteria: tuple[AggregateCriterion, ...]
    published: Published


def aggregate(cycle: Cycle, unit: Unit, language: str) -> Aggregate:
    """The branch as it stands now: schools whose tallies are behind are counted again first."""
    data = framework_data(cycle.version_id)
    schools = schools_of_branch(cycle, unit)
    ids = [school.pk for school in schools]
    refresh(cycle_id=cycle.pk, unit_ids=ids)
    nobody = (0,) * len(data.levels)
    tallies = overall_tallies(cycle.pk)
    is_all = set(tallies) == set(ids)  # a list of forty thousand schools is slower to look through than to leave out
    totals = criterion_totals(cycle.pk, None if is_all else ids, len(data.levels))
    criteria = [
        (f"{criterion.number}. {localized(criterion.name, language)}", totals.get(criterion.id, nobody))
        for criterion in data.criteria
    ]
    top = next(reversed(offices_above(unit)), unit)
    tables = tables_of(schools if top == unit else schools_of_branch(cycle, top), top)
    hidden, hidden_criteria = _hidden(cycle, unit, top, tables, tallies, [row.id for row in data.criteria], nobody)
    rows = tables.get(unit.pk, [])
    return Aggregate(
        frame=frame_of(cycle, unit, data, reference=unit.code, language=language),
        is_full=cycle.is_full,
        by_school=not any(row.pk in tables for row in rows),
        schools=len(schools),
        threshold=cycle.anonymity_threshold,
        criteria=tuple(
            AggregateCriterion(
                criterion.number,
                localized(criterion.name, language),
                localized(data.standard(criterion.standard_code).name, language),
            )
            for criterion in data.criteria
        ),
        published=publish(
            [together(row.name, _places(row, tables, tallies, nobody)) for row in rows],
            criteria,
            name=unit.name,
            hidden=hidden,
            hidden_criteria=hidden_criteria,
        ),
    )


def _places(unit: Unit, tables: Mapping[int, list[Unit]], tallies: dict[int, Tally], nobody: tuple) -> list[Place]:
    """The schools at or below a unit."""
    if unit.pk in tables:
        return [place for row in tables[unit.pk] for place in _places(row, tables, tallies, nobody)]
    tally = tallies.get(unit.pk)
    if tally is None:
        return [Place(unit.name, 0, 0, 0, 0, nobody)]
    return [Place(unit.name, tally.people, tally.submitted, tally.decided, tally.excused, tuple(tally.counts))]


def _hidden(
    cycle: Cycle,
    unit: Unit,
    top: Unit,
    tables: Mapping[int, list[Unit]],
    tallies: dict[int, Tally],
    criteria: list[int],
    nobody: tuple[int, ...],
) -> tuple[Hidden, Hidden]:
    """The cells to hide of the table of results, and of the table of criteria (row in the order given, level). No report
    shows the criteria of a school: an office of schools alone is one number there."""
    rows = {office: [row.pk for row in below] for office, below in tables.items()}
    of_offices = {office: below for office, below in rows.items() if not rows.keys().isdisjoint(below)}
    places = {row: row if office in of_offices else office for office, below in rows.items() for row in below}

    def hidden(rows: Mapping[int, list[int]], counts: Mapping[int, tuple[int, ...]]) -> Hidden:
        return hidden_of(branch_of(top.pk, rows, counts, nobody, tables), unit.pk, cycle.anonymity_threshold)

    overall = {school: tuple(tally.counts) for school, tally in tallies.items()}
    by_criterion = criterion_sums(cycle.pk, places, len(nobody))
    return hidden(rows, overall), frozenset(
        (place, level)
        for place, criterion in enumerate(criteria)
        for row, level in hidden(of_offices, by_criterion.get(criterion, {}))
        if row == SUM
    )


def stamp_of_branch(cycle: Cycle, unit: Unit) -> str:
    """A fingerprint of everything the aggregate is counted from, without counting: every change of a result writes an
    event, and events are only ever added."""
    schools = schools_of_branch(cycle, unit)
    ids = [school.pk for school in schools]
    events = Event.objects.filter(evaluation__cycle=cycle, evaluation__unit__in=ids)
    facts = [
        cycle.name,
        cycle.status,
        cycle.anonymity_threshold,
        unit.name,
        [(school.pk, school.name) for school in schools],
        Evaluation.objects.filter(cycle=cycle, unit__in=ids).count(),
        events.aggregate(last=Max("pk"), number=Count("pk")),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()
