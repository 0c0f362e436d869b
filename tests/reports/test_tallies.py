"""Tallies say what the decisions say, however often and in whatever order they are counted."""

import pytest

from evaluations.enums import Action, Status
from evaluations.models import Evaluation, Rating
from reports.actions.tallies import recount, recount_marked, refresh
from reports.models import StaleTally, Tally
from reports.queries import criterion_totals, miscounted_schools
from reports.summaries.aggregate import aggregate, stamp_of_branch
from tests.factories.evaluations import bring_to, fill_decision

pytestmark = pytest.mark.django_db


def counts(w, unit=None) -> dict:
    rows = Tally.objects.filter(cycle=w.cycle, unit=unit or w.school).select_related("criterion")
    return {row.criterion.code if row.criterion else "": row.counts for row in rows}


def test_a_school_is_counted_criterion_by_criterion_and_overall(world):
    fill = {f"TC{number:02d}": "K" for number in range(1, 16)} | {"TC14": "D"}
    Rating.objects.filter(sheet__evaluation=world.mine, sheet__kind="decision", criterion__code="TC14").update(
        level="D"
    )
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    found = counts(world)
    assert found.pop("") == [0, 0, 1, 0]
    assert found == {code: [0, 1, 0, 0] if level == "D" else [0, 0, 1, 0] for code, level in fill.items()}
    overall = Tally.objects.get(cycle=world.cycle, unit=world.school, criterion=None)
    assert (overall.people, overall.submitted, overall.decided, overall.excused) == (4, 3, 1, 0)


def test_counting_twice_counts_once(world):
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    once = counts(world)
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    assert counts(world) == once
    assert Tally.objects.filter(cycle=world.cycle).count() == 16


def test_results_that_nobody_knows_yet_are_not_counted(world):
    bring_decided(world)
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    overall = Tally.objects.get(cycle=world.cycle, unit=world.school, criterion=None)
    assert overall.counts == [0, 0, 1, 0]
    assert overall.decided == 2


def bring_decided(world):
    from evaluations.actions.moves import move

    fill_decision(world.theirs, world.head, "T")
    move(evaluation=world.theirs, action=Action.DECIDE, by=world.head)


def test_a_superseded_decision_is_not_counted(world):
    from evaluations.actions.moves import move

    reopened = move(evaluation=world.mine, action=Action.REOPEN, by=world.officer, comment="Xem lại.")
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    assert counts(world)[""] == [0, 0, 0, 0]
    fill_decision(reopened, world.head, "T")
    move(evaluation=reopened, action=Action.DECIDE, by=world.head)
    move(evaluation=reopened, action=Action.ANNOUNCE, by=world.head)
    recount(cycle_id=world.cycle.pk, unit_id=world.school.pk)
    assert counts(world)[""] == [0, 0, 0, 1]
    assert counts(world)["TC05"] == [0, 0, 0, 1]


def test_every_move_leaves_a_mark_and_the_recount_takes_it_away(world):
    assert StaleTally.objects.filter(unit=world.school).exists()
    assert recount_marked() == 2
    assert not StaleTally.objects.exists()
    assert counts(world)[""] == [0, 0, 1, 0]


def test_a_report_counts_what_the_worker_has_not(world):
    ids = [world.school.pk, world.other_school.pk]
    assert sorted(miscounted_schools(world.cycle.pk, ids)) == sorted(ids)
    assert refresh(cycle_id=world.cycle.pk, unit_ids=ids) == 2
    assert refresh(cycle_id=world.cycle.pk, unit_ids=ids) == 0
    # somebody taken in without any move, and without a mark
    Evaluation.objects.create(cycle=world.cycle, subject=world.deputy, unit=world.school)
    assert miscounted_schools(world.cycle.pk, ids) == [world.school.pk]


def test_the_worker_is_asked_after_the_commit(world, django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    monkeypatch.setattr("reports.tasks.recount_school.apply_async", lambda args, **_: asked.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(world.artists, Status.SUBMITTED, head=world.head)
        assert asked == []
    assert asked == [(world.cycle.pk, world.school.pk)]


def test_totals_of_many_schools_are_one_pass(world, django_assert_num_queries):
    ids = [world.school.pk, world.other_school.pk]
    refresh(cycle_id=world.cycle.pk, unit_ids=ids)
    with django_assert_num_queries(1):
        totals = criterion_totals(world.cycle.pk, ids, 4)
    assert totals[None] == (0, 0, 1, 1)
    assert len(totals) == 16


def test_the_aggregate_of_a_commune_has_its_schools_and_of_a_province_its_communes(world):
    commune = aggregate(world.cycle, world.commune, "en")
    assert [place.name for place in commune.published.places] == [world.school.name, world.other_school.name]
    assert commune.by_school
    assert commune.published.whole.rated == 2
    province = aggregate(world.cycle, world.province, "en")
    assert [place.name for place in province.published.places] == [world.commune.name]
    assert not province.by_school
    assert province.published.whole == commune.published.whole.__class__(world.province.name, 5, 4, 2, 0, (0, 0, 1, 1))


def test_small_numbers_are_hidden_and_completion_is_not(world):
    published = aggregate(world.cycle, world.commune, "en").published
    assert published.hides
    assert all(cell is None or cell == 0 for line in published.schools for cell in line.cells)
    assert [place.submitted for place in published.places] == [3, 1]


def test_the_same_numbers_of_queries_for_one_school_and_for_many(world, django_assert_num_queries):
    from tests.factories.people import SchoolFactory

    aggregate(world.cycle, world.commune, "en")
    with django_assert_num_queries(12):
        aggregate(world.cycle, world.commune, "en")
    for _number in range(10):
        world.cycle.units.add(SchoolFactory(parent=world.commune))
    aggregate(world.cycle, world.commune, "en")
    with django_assert_num_queries(12):
        aggregate(world.cycle, world.commune, "en")


def test_the_stamp_of_a_branch_changes_with_every_move(world):
    before = stamp_of_branch(world.cycle, world.commune)
    assert stamp_of_branch(world.cycle, world.commune) == before
    bring_to(world.artists, Status.SUBMITTED, head=world.head)
    assert stamp_of_branch(world.cycle, world.commune) != before


def test_a_year_of_self_assessment_alone_has_completion_and_no_results():
    w = make_self_only()
    report = aggregate(w.cycle, w.commune, "en")
    assert not report.is_full
    assert report.published.whole.submitted == 1
    assert report.published.whole.rated == 0


def make_self_only():
    from evaluations.enums import CycleKind
    from tests.factories.evaluations import evaluation_world

    w = evaluation_world(kind=CycleKind.SELF_ONLY)
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    return w
