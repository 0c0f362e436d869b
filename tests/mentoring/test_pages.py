"""Pages of mentoring: the journey through the forms, and queries that do not grow with the rows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.enums import ExcuseReason, Status
from mentoring import queries, work
from mentoring.enums import PairingStatus
from mentoring.models import Meeting, Note, Pairing
from people.models import User
from tests.factories.evaluations import CycleFactory, EvaluationFactory
from tests.factories.mentoring import WEAK, met, paired, period, proposed
from tests.factories.people import teacher_of


def test_the_journey_from_weak_criteria_to_a_logged_meeting(client, judged):
    w = judged
    client.force_login(w.head)
    page = client.get(reverse("mentoring:new")).content.decode()
    assert reverse("mentoring:choose_mentor", args=[w.teacher.pk]) in page
    response = client.get(reverse("mentoring:choose_mentor", args=[w.teacher.pk]))
    assert [row["criterion"].split(".")[0] for row in response.context["weak"]] == ["5", "6", "14"]
    assert [row.profile.id for row in response.context["suggestions"]] == [w.colleague.pk]
    url = reverse("mentoring:propose", args=[w.teacher.pk, w.colleague.pk])
    form = client.get(url).context["form"]
    assert form["focus"].initial == list(
        form.fields["focus"].queryset.filter(code__in=WEAK).order_by("number").values_list("pk", flat=True)
    )
    sent = {**period(), "purpose": "Cùng tiến bộ", "focus": form["focus"].initial}
    response = client.post(url, sent)
    pairing = Pairing.objects.get()
    assert response["Location"] == reverse("mentoring:detail", args=[pairing.pk])
    assert pairing.focus.count() == 3
    for person in (w.colleague, w.teacher):
        client.force_login(person)
        client.post(reverse("mentoring:answer", args=[pairing.pk]), {"answer": "accept", "words": "Sẵn lòng"})
    pairing.refresh_from_db()
    assert pairing.status == PairingStatus.ACTIVE
    sent = {"held_on": timezone.localdate(), "topic": "Buổi đầu", "next_steps": "", "focus": [pairing.focus.first().pk]}
    client.post(reverse("mentoring:log", args=[pairing.pk]), sent)
    assert Meeting.objects.get().focus.count() == 1


def test_somebody_else_can_be_searched_and_the_refusal_is_said(client, judged):
    w = judged
    client.force_login(w.officer)
    response = client.get(reverse("mentoring:choose_mentor", args=[w.teacher.pk]), {"q": "hiệu"})
    found = {row.profile.name: row.refusal for row in response.context["others"]}
    assert set(found) == {"Hoàng Hiệu Trưởng", "Ngô Phó Hiệu"}
    assert all("Whoever evaluates" in sentence for sentence in found.values())
    page = client.get(reverse("mentoring:propose", args=[w.teacher.pk, w.deputy.pk])).content.decode()
    assert "These two cannot be a pair" in page


def test_who_is_on_leave_is_not_suggested_and_the_leave_is_said(client, judged):
    w = judged
    EvaluationFactory(
        cycle=CycleFactory(owner=w.commune, created_by=w.officer),
        subject=w.colleague,
        unit=w.school,
        group=w.group_math,
        status=Status.EXCUSED,
        excuse_reason=ExcuseReason.MATERNITY,
    )
    client.force_login(w.head)
    url = reverse("mentoring:choose_mentor", args=[w.teacher.pk])
    assert client.get(url).context["suggestions"] == []
    (found,) = client.get(url, {"q": w.colleague.full_name}).context["others"]
    assert found.refusal == ""
    assert found.reasons[-1].startswith("Maternity leave")


@pytest.mark.parametrize("words", ["binh", "CÚC", "hoa mai"])
def test_pairs_are_found_with_or_without_accents(client, judged, words):
    w = judged
    w.teacher.full_name, w.colleague.full_name, w.school.name = "Trần Văn Bình", "Lê Thu Cúc", "Trường THCS Hoa Mai"
    for row in (w.teacher, w.colleague, w.school):
        row.save()
    pairing = paired(w)
    found = queries.narrowed(queries.organised(w.head), words=words)
    assert list(found) == [pairing]
    assert not queries.narrowed(queries.organised(w.head), words=f"{words} khac").exists()


def test_a_refusal_between_page_and_click_gives_the_words_back(client, w):
    client.force_login(w.head)
    url = reverse("mentoring:propose", args=[w.teacher.pk, w.colleague.pk])
    proposed(w, by=w.officer)
    page = client.post(url, {**period(50), "purpose": "Lời đã gõ"}).content.decode()
    assert "already" in page


@pytest.mark.parametrize("field", ["end", "start"])
def test_a_wrong_date_is_said_at_the_field(client, w, field):
    client.force_login(w.head)
    url = reverse("mentoring:propose", args=[w.teacher.pk, w.colleague.pk])
    response = client.post(url, {**period(), field: "31/02/2027", "purpose": "Lời đã gõ"})
    assert field in response.context["form"].errors
    assert "Lời đã gõ" in response.content.decode()


def test_empty_states(client, w):
    for name, words in (("teacher", "You have no mentor and no mentee"), ("head", "No pairing yet")):
        client.force_login(getattr(w, name))
        assert words in client.get(reverse("mentoring:index")).content.decode()


def test_the_front_page_asks_the_right_people(w):
    pairing = proposed(w)
    titles = {name: [item.title for item in work.items(getattr(w, name))] for name in ("colleague", "teacher", "head")}
    assert titles == {
        "colleague": ["You are asked to be the mentor of Mai Thị Hương"],
        "teacher": ["Trần Văn Đồng is to be your mentor"],
        "head": [],
    }
    Pairing.objects.filter(pk=pairing.pk).update(
        status=PairingStatus.ACTIVE,
        mentor_accepted_at=timezone.now(),
        mentee_accepted_at=timezone.now(),
        start=timezone.localdate() - timedelta(days=60),
        end=timezone.localdate() - timedelta(days=1),
    )
    assert [item.note for item in work.items(w.head)] == ["The period is over: extend it or end it."]
    assert [item.section for item in work.items(w.teacher)] == ["watch"]


def many(w, number: int) -> None:
    """So many more pairs under way at the school, each with a meeting."""
    for _each in range(number):
        mentor, mentee = teacher_of(w.school, w.group_math), teacher_of(w.school, w.group_math)
        pairing = Pairing.objects.create(
            unit=w.school,
            mentor=mentor,
            mentee=mentee,
            created_by=w.head,
            status=PairingStatus.ACTIVE,
            mentor_accepted_at=timezone.now(),
            mentee_accepted_at=timezone.now(),
            **period(),
        )
        Meeting.objects.create(pairing=pairing, held_on=pairing.start, topic="Gặp", created_by=mentor)


# Queries of a page with one row and with many: session and user are two of them.
INDEX, NEW, CHOOSE, DETAIL = 6, 12, 21, 10


def count(client, django_assert_num_queries, url: str, number: int) -> None:
    with django_assert_num_queries(number):
        assert client.get(url).status_code == 200


def test_lists_run_the_same_number_of_queries_for_one_row_and_for_a_hundred(client, judged, django_assert_num_queries):
    w = judged
    paired(w)
    urls = {
        reverse("mentoring:index"): INDEX,
        reverse("mentoring:new"): NEW,
        reverse("mentoring:choose_mentor", args=[w.teacher.pk]): CHOOSE,
    }
    client.force_login(w.head)
    for url, number in urls.items():
        count(client, django_assert_num_queries, url, number)
    many(w, 100)
    for url, number in urls.items():
        count(client, django_assert_num_queries, url, number)


def test_a_pairing_runs_the_same_number_of_queries_for_one_meeting_and_for_a_hundred(
    client, w, django_assert_num_queries
):
    pairing = paired(w)
    met(pairing, by=w.teacher)
    client.force_login(w.teacher)
    url = reverse("mentoring:detail", args=[pairing.pk])
    count(client, django_assert_num_queries, url, DETAIL)
    rows = Meeting.objects.bulk_create(
        Meeting(pairing=pairing, held_on=pairing.start, topic=f"Gặp {n}", created_by=w.colleague) for n in range(99)
    )
    Note.objects.bulk_create(Note(meeting=row, author=w.teacher, text="Ghi") for row in rows)
    count(client, django_assert_num_queries, url, DETAIL)
    assert User.objects.count() < 30


def test_who_proposes_is_told_that_a_mail_needs_an_address(client, judged):
    w = judged
    client.force_login(w.head)
    page = client.get(reverse("mentoring:propose", args=[w.teacher.pk, w.colleague.pk])).content.decode()
    assert "Both are asked on their front page, and by mail if they have an e-mail address." in page
    client.post(
        reverse("mentoring:propose", args=[w.teacher.pk, w.colleague.pk]), {**period(), "purpose": "Cùng tiến bộ"}
    )
    client.force_login(w.colleague)
    url = reverse("mentoring:answer", args=[Pairing.objects.get().pk])
    page = client.post(url, {"answer": "decline", "words": "Không đủ thời gian"}, follow=True).content.decode()
    assert "Declined. Whoever proposed it can read why under Mentoring." in page
