"""Saving one criterion: nothing is lost, nothing is done twice, nobody else's work is touched."""

import pytest
from django.core.exceptions import PermissionDenied

from core.decisions import Refused
from evaluations.actions import saving
from evaluations.actions.saving import Conflict, NotOwn, RatingValues, save_rating, save_remarks
from evaluations.enums import Status
from evaluations.models import Evaluation, Rating, Sheet
from tests.factories.evaluations import EvaluationFactory, bring_to

pytestmark = pytest.mark.django_db


def save(evaluation, by, revision=0, criterion="TC03", **values):
    return save_rating(
        evaluation_id=evaluation.pk, criterion=criterion, values=RatingValues(**values), revision=revision, by=by
    )[1]


def stored(evaluation, criterion="TC03") -> Rating:
    return Rating.objects.get(sheet__evaluation=evaluation, sheet__kind="self", criterion__code=criterion)


def test_a_save_counts_the_revision_up(w):
    assert save(w.mine, w.teacher, level="K", note="Đã dự lớp bồi dưỡng.") == 1
    assert save(w.mine, w.teacher, revision=1, level="T", note="Đã dự lớp bồi dưỡng.") == 2
    row = stored(w.mine)
    assert (row.level, row.note, row.revision) == ("T", "Đã dự lớp bồi dưỡng.", 2)
    assert stored(w.mine, "TC04").revision == 0


def test_an_older_revision_changes_nothing_and_brings_the_stored_values(w):
    save(w.mine, w.teacher, level="K")
    with pytest.raises(Conflict) as caught:
        save(w.mine, w.teacher, revision=0, level="D", note="Từ cửa sổ khác")
    assert caught.value.stored == {"level": "K", "note": "", "no_evidence": False}
    assert caught.value.revision == 1
    assert stored(w.mine).level == "K"


def test_the_same_save_sent_twice_is_done_once(w):
    assert save(w.mine, w.teacher, level="K", note="x") == 1
    assert save(w.mine, w.teacher, revision=0, level="K", note="x") == 1


def test_the_first_save_makes_the_sheet_when_there_is_none(w):
    Sheet.objects.all().delete()
    assert save(w.mine, w.teacher, level="K") == 1
    assert Rating.objects.filter(sheet__evaluation=w.mine).count() == 15


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a\x00b\x07c", "abc"), ("a\r\nb\rc", "a\nb\nc"), ("\ud800x", "x"), ("\t- một\n- hai", "\t- một\n- hai")],
)
def test_texts_are_kept_as_the_database_takes_them(given, kept, w):
    save(w.mine, w.teacher, note=given)
    assert stored(w.mine).note == kept


def test_a_very_long_note_is_refused_with_the_numbers(w):
    save(w.mine, w.teacher, note="ữ" * saving.LONGEST)
    with pytest.raises(Refused, match="5001"):
        save(w.mine, w.teacher, revision=1, note="ữ" * (saving.LONGEST + 1))


@pytest.mark.parametrize(("criterion", "level"), [("TC99", "K"), ("TC03", "Z"), ("", "K")])
def test_unknown_codes_are_refused(criterion, level, w):
    with pytest.raises(Refused):
        save(w.mine, w.teacher, criterion=criterion, level=level)


def test_nobody_else_saves(w):
    for other in (w.colleague, w.head, w.officer, w.other_teacher):
        with pytest.raises(NotOwn):
            save(w.mine, other, level="K")


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.DRAFT, Status.RETURNED)])
def test_nothing_is_saved_once_it_is_submitted(status, w):
    bring_to(w.mine, status, head=w.head)
    before = stored(w.mine).revision
    with pytest.raises((Refused, PermissionDenied)):
        save(w.mine, w.teacher, revision=before, level="T")
    assert stored(w.mine).revision == before


def test_remarks_are_one_unit_with_one_revision(w):
    one = save_remarks(evaluation_id=w.mine.pk, values={"strengths": "Tận tâm"}, revision=0, by=w.teacher)[1]
    assert one == 1
    assert save_remarks(evaluation_id=w.mine.pk, values={"strengths": "Tận tâm"}, revision=0, by=w.teacher)[1] == 1
    with pytest.raises(Conflict) as caught:
        save_remarks(evaluation_id=w.mine.pk, values={"goals": "Tiếng Anh"}, revision=0, by=w.teacher)
    assert caught.value.stored["strengths"] == "Tận tâm"


def test_a_save_costs_two_queries(django_assert_num_queries, w):
    save(w.mine, w.teacher, level="K")
    with django_assert_num_queries(2):
        save(w.mine, w.teacher, revision=1, level="T")


def test_extra_evaluations_do_not_mix(w):
    other = EvaluationFactory(cycle=w.cycle, subject=w.head, unit=w.other_school)
    save(w.mine, w.teacher, level="K")
    assert stored(other).level == ""
    assert Evaluation.objects.count() == 6
