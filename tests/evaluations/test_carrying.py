"""What follows from year to year: evidence through a mapping, remarks to take words from, each with where it came from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.actions import evidence as acts
from evaluations.carrying import Carrier
from evaluations.enums import Status
from evaluations.models import Cycle, EvidenceUse, Sheet
from standards.enums import Relation
from standards.models import Mapping, MappingLink
from tests.evaluations.test_simulator_pages import other_version
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to, evaluation_world, link_evidence, tt20

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}
LINKS = {"TC01": ("TC02", Relation.EXACT), "TC03": ("TC04", Relation.BROADER), "TC05": ("TC05", Relation.RELATED)}


@pytest.fixture(scope="module")
def made(module_db):
    """This year under another framework's version; last year under Circular 20/2018, with evidence and remarks."""
    framework = {
        "code": "vn-khac",
        "jurisdiction": "VN",
        "subject_role": "teacher",
        "title": {"vi": "Khác", "en": "New"},
    }
    old, new = tt20(), other_version("vn-khac-1", framework=framework)
    w = evaluation_world(version=new)
    mapping = Mapping.objects.create(source=old, target=new)
    for source, (target, relation) in LINKS.items():
        MappingLink.objects.create(
            mapping=mapping,
            source=old.criteria.get(code=source),
            target=new.criteria.get(code=target),
            relation=relation,
        )
    start = timezone.localdate() - timedelta(days=400)
    w.last = CycleFactory(
        owner=w.commune,
        created_by=w.officer,
        schools=[w.school],
        version=old,
        school_year="2025-2026",
        starts_on=start,
        self_due=timezone.localdate() + timedelta(days=1),
    )
    w.before = EvaluationFactory(cycle=w.last, subject=w.teacher, unit=w.school, group=w.group_math)
    w.proof = link_evidence(w.before, "TC01", "TC03", "TC05", title="Kế hoạch năm ngoái")
    Sheet.objects.filter(evaluation=w.before, kind="self").update(goals="Nâng tiêu chí 5 lên Tốt", strengths="Tận tâm")
    bring_to(w.before, Status.SUBMITTED, head=w.head)
    return w


@pytest.fixture
def teacher(client, w):
    client.force_login(w.teacher)
    return client


def at(name: str, *args) -> str:
    return reverse(f"evaluations:{name}", args=args)


def ties(w) -> dict:
    rows = EvidenceUse.objects.filter(evidence__evaluation=w.mine).select_related("criterion", "origin")
    return {row.criterion.code: (row.origin and row.origin.code, row.relation) for row in rows}


def test_a_mapping_proposes_the_closest_first(w):
    found = Carrier(w.mine).proposals(acts.Evidence.objects.get(pk=w.proof.pk))
    assert [(one.source, one.target, one.relation) for one in found] == [
        ("TC01", "TC02", Relation.EXACT),
        ("TC03", "TC04", Relation.NARROWER),
        ("TC05", "TC05", Relation.RELATED),
    ]


def test_the_page_ticks_the_same_and_leaves_the_similar_to_the_person(teacher, w, django_assert_num_queries):
    page = teacher.get(at("evidence_reuse", w.mine.pk))
    (group,) = page.context["groups"]
    (earlier,) = group.pieces
    assert [(tie.code, tie.ticked) for tie in earlier.ties] == [("TC02", True), ("TC04", False), ("TC05", False)]
    assert "was narrower" in earlier.ties[1].note
    assert "2025-2026" in page.content.decode()
    for number in range(4):
        link_evidence(w.before, "TC01", "TC03", title=f"Thêm {number}", url=f"https://example.org/{number}")
    with django_assert_num_queries(7):
        teacher.get(at("evidence_reuse", w.mine.pk))


def test_what_is_ticked_is_tied_and_remembers_where_it_came_from(teacher, w):
    sent = {"with_ties": "1", "evidence": str(w.proof.pk), f"tie-{w.proof.pk}": ["TC04", "TC15"]}
    teacher.post(at("evidence_reuse", w.mine.pk), sent)
    assert ties(w) == {"TC04": ("TC03", "narrower")}, "TC15 was not proposed"
    text = teacher.get(at("evidence", w.mine.pk)).content.decode()
    assert "Taken over from 2025-2026" in text
    assert "For criterion 4: then 3" in text


def test_without_a_choice_only_the_same_criteria_come_along(w):
    assert acts.reuse(evaluation=w.mine, sources=[w.proof], by=w.teacher) == 1
    assert ties(w) == {"TC02": ("TC01", "exact")}


def test_changing_the_ties_keeps_where_the_others_came_from(w):
    acts.reuse(evaluation=w.mine, sources=[w.proof], by=w.teacher, ties={w.proof.pk: ["TC02", "TC04"]})
    copy = acts.Evidence.objects.get(evaluation=w.mine)
    acts.change(evidence=copy, criteria=["TC02", "TC09"], by=w.teacher, title="Đổi tên")
    assert ties(w) == {"TC02": ("TC01", "exact"), "TC09": (None, "")}
    acts.tie(evaluation=w.mine, criterion="TC02", evidence_ids=[copy.pk], by=w.teacher)
    assert ties(w)["TC02"] == ("TC01", "exact")
    acts.tie(evaluation=w.mine, criterion="TC02", evidence_ids=[], by=w.teacher)
    assert set(ties(w)) == {"TC09"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Đánh giá giáo viên", "2025-2026: Đánh giá giáo viên"),
        ("Đánh giá giáo viên, năm học 2025-2026", "2025-2026: Đánh giá giáo viên"),
        ("Đánh giá giáo viên (Năm học 2025 – 2026)", "2025-2026: Đánh giá giáo viên"),
        ("2025–2026: đợt 1", "2025-2026: đợt 1"),
        ("Năm học 2025-2026", "Năm học 2025-2026"),
        ("Tiếp theo 2024-2025", "2025-2026: Tiếp theo 2024-2025"),
    ],
)
def test_a_cycle_in_a_list_says_its_year_once_and_first(name, label):
    assert Cycle(name=name, school_year="2025-2026").year_first == label


def test_last_years_remarks_are_a_link_a_page_and_a_fragment(teacher, w):
    assert "data-last-year" in teacher.get(at("self", w.mine.pk)).content.decode()
    page = teacher.get(at("last_year", w.mine.pk)).content.decode()
    assert "Nâng tiêu chí 5 lên Tốt" in page
    assert "2025-2026" in page
    fragment = teacher.get(at("last_year", w.mine.pk), headers=FETCH).content.decode()
    assert "<html" not in fragment
    assert 'data-take="goals"' in fragment
    assert "was narrower" in fragment  # criterion 3 of then
    assert Sheet.objects.get(evaluation=w.mine, kind="self").goals == "", "nothing is copied by itself"


def test_nobody_reads_anothers_last_year(client, w):
    client.force_login(w.head)
    assert client.get(at("last_year", w.mine.pk)).status_code == 403
    client.force_login(w.colleague)
    assert "data-last-year" not in client.get(at("self", w.theirs.pk)).content.decode()
    assert "Nâng tiêu chí 5" not in client.get(at("last_year", w.theirs.pk)).content.decode()
