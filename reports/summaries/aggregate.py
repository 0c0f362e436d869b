"""The aggregate of an office: completion and distributions over the schools below it, from tallies."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max

from core.localized import localized
from evaluations.models import Cycle, Evaluation, Event
from people.models import Unit
from reports.actions.tallies import refresh
from reports.aggregates import Place, Published, publish, together
from reports.models import Tally
from reports.queries import children_of, criterion_totals, overall_tallies, schools_of_branch
from reports.summaries.common import Frame, frame_of
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
    width = len(data.levels)
    tallies = overall_tallies(cycle.pk)
    is_all = set(tallies) == set(ids)  # a list of forty thousand schools is slower to look through than to leave out
    totals = criterion_totals(cycle.pk, None if is_all else ids, width)
    nobody = (0,) * width
    criteria = [
        (f"{criterion.number}. {localized(criterion.name, language)}", totals.get(criterion.id, nobody))
        for criterion in data.criteria
    ]
    places, by_school = _places(unit, schools, tallies, width)
    return Aggregate(
        frame=frame_of(cycle, unit, data, reference=unit.code, language=language),
        is_full=cycle.is_full,
        by_school=by_school,
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
        published=publish(places, criteria, name=unit.name, threshold=cycle.anonymity_threshold),
    )


def _places(unit: Unit, schools: list[Unit], tallies: dict[int, Tally], width: int) -> tuple[list[Place], bool]:
    """One place a direct child of `unit`: a school itself, or a lower office with all its schools."""
    children = children_of(unit)
    grouped: dict[int, list[Place]] = defaultdict(list)
    heads: dict[int, Unit] = {}
    for school in schools:
        head = children.get(school.pk, school)
        heads[head.pk] = head
        tally = tallies.get(school.pk)
        grouped[head.pk].append(
            Place(
                name=school.name,
                people=tally.people if tally else 0,
                submitted=tally.submitted if tally else 0,
                decided=tally.decided if tally else 0,
                excused=tally.excused if tally else 0,
                counts=tuple(tally.counts) if tally else (0,) * width,
            )
        )
    known = {school.pk for school in schools}
    ordered = sorted(heads.values(), key=lambda head: (head.position, head.name, head.pk))
    places = [together(head.name, grouped[head.pk]) for head in ordered]
    return places, all(head.pk in known for head in ordered)


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
