"""Cycles and evaluations as tests need them, brought to their status by the real actions.

world = evaluation_world()                     # people_world() with an open cycle and evaluations of its teachers
fill_self(world.mine)                          # every criterion rated, "no evidence" with a note
bring_to(world.mine, Status.ANNOUNCED, head=world.head)
"""

from datetime import timedelta
from types import SimpleNamespace

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evaluations.actions.moves import ensure_sheet, move
from evaluations.enums import Action, CycleStatus, EvidenceKind, ExcuseReason, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Evidence, EvidenceUse, Rating, Sheet
from people.models import User
from standards.actions import load_pack
from standards.models import FrameworkVersion
from standards.pack_files import PACKS_DIR, read_pack
from tests.factories.people import people_world

PATHS = {
    Status.DRAFT: [],
    Status.SUBMITTED: [Action.SUBMIT],
    Status.UNDER_REVIEW: [Action.SUBMIT, Action.OPEN],
    Status.RETURNED: [Action.SUBMIT, Action.OPEN, Action.RETURN],
    Status.DECIDED: [Action.SUBMIT, Action.OPEN, Action.DECIDE],
    Status.ANNOUNCED: [Action.SUBMIT, Action.OPEN, Action.DECIDE, Action.ANNOUNCE],
    Status.OBJECTED: [Action.SUBMIT, Action.OPEN, Action.DECIDE, Action.ANNOUNCE, Action.OBJECT],
    Status.CLOSED: [Action.SUBMIT, Action.OPEN, Action.DECIDE, Action.ANNOUNCE, Action.ACKNOWLEDGE],
    Status.EXCUSED: [Action.EXCUSE],
}
"""The actions that lead to each status from the start."""

BY_SUBJECT = (Action.SUBMIT, Action.ACKNOWLEDGE, Action.OBJECT, Action.TAKE_BACK)


def tt20() -> FrameworkVersion:
    """Circular 20/2018 as published from its pack."""
    found = FrameworkVersion.objects.filter(code="vn-tt20-2018").first()
    return found or load_pack(pack=read_pack(PACKS_DIR / "vn-tt20-2018.json"))[0]


class CycleFactory(DjangoModelFactory):
    """An open, full cycle that started ten days ago and has time left in every stage. `schools` take part."""

    class Meta:
        model = Cycle
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"dot-{n}")
    name = factory.Sequence(lambda n: f"Đợt đánh giá mẫu {n}")
    version = factory.LazyFunction(tt20)
    school_year = "2026-2027"
    status = CycleStatus.OPEN
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    self_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))
    opinions_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=25))
    decision_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=40))
    opened_at = factory.LazyFunction(timezone.now)
    closed_at = factory.LazyAttribute(lambda cycle: timezone.now() if cycle.status == CycleStatus.CLOSED else None)

    @factory.post_generation
    def schools(self, create, extracted, **kwargs):
        if extracted:
            self.units.set(extracted)


class EvaluationFactory(DjangoModelFactory):
    """A draft with its empty self-assessment, as opening a cycle makes it."""

    class Meta:
        model = Evaluation
        skip_postgeneration_save = True

    @factory.post_generation
    def sheet(self, create, extracted, **kwargs):
        if extracted is not False:
            ensure_sheet(self, SheetKind.SELF, self.subject)


def evaluation_world(**cycle) -> SimpleNamespace:
    """people_world() with an open `cycle` of both schools of the commune, and an evaluation for each teacher.

    mine (teacher), theirs (colleague), leaders (leader), artists (artist), others (other_teacher).
    """
    w = people_world()
    w.cycle = CycleFactory(owner=w.commune, created_by=w.officer, schools=[w.school, w.other_school], **cycle)
    for name, person, unit, group in (
        ("mine", w.teacher, w.school, w.group_math),
        ("theirs", w.colleague, w.school, w.group_math),
        ("leaders", w.leader, w.school, w.group_math),
        ("artists", w.artist, w.school, w.group_arts),
        ("others", w.other_teacher, w.other_school, w.other_group),
    ):
        setattr(w, name, EvaluationFactory(cycle=w.cycle, subject=person, unit=unit, group=group))
    return w


def rate_sheet(sheet: Sheet, levels: str | dict[str, str] = "K", note: str = "", **fields) -> None:
    """Writes levels onto a sheet: one code for all criteria, or criterion code -> level code. No revision counts."""
    for rating in Rating.objects.filter(sheet=sheet).select_related("criterion"):
        level = levels if isinstance(levels, str) else levels.get(rating.criterion.code, "")
        Rating.objects.filter(pk=rating.pk).update(level=level, note=note, **fields)


def fill_self(evaluation: Evaluation, levels: str | dict[str, str] = "K") -> Sheet:
    """A complete self-assessment: levels everywhere, "no evidence" with a note where nothing is tied."""
    sheet = ensure_sheet(evaluation, SheetKind.SELF, evaluation.subject)
    rate_sheet(sheet, levels, "Tôi sẽ bổ sung sau.", no_evidence=True)
    proven = EvidenceUse.objects.filter(evidence__evaluation=evaluation).values("criterion")
    Rating.objects.filter(sheet=sheet, criterion__in=proven).update(no_evidence=False)
    return sheet


def fill_decision(evaluation: Evaluation, by: User, levels: str | dict[str, str] = "K") -> Sheet:
    """The head's levels with a reason everywhere."""
    sheet = ensure_sheet(evaluation, SheetKind.DECISION, by)
    rate_sheet(sheet, levels, "Qua dự giờ và hồ sơ.")
    return sheet


def give_opinion(evaluation: Evaluation, by: User, levels: str | dict[str, str] = "K") -> Sheet:
    """A colleague's submitted opinion."""
    sheet = ensure_sheet(evaluation, SheetKind.OPINION, by)
    rate_sheet(sheet, levels)
    Sheet.objects.filter(pk=sheet.pk).update(submitted_at=timezone.now())
    return sheet


def bring_to(evaluation: Evaluation, status: Status, *, head: User, levels: str = "K", decided: str = "") -> Evaluation:
    """Brings a draft to `status` by the real actions; the self-assessment and the decision are filled on the way."""
    for action in PATHS[Status(status)]:
        if action == Action.SUBMIT:
            fill_self(evaluation, levels)
        if action == Action.DECIDE:
            fill_decision(evaluation, head, decided or levels)
        by = evaluation.subject if action in BY_SUBJECT else head
        facts = {"excuse_reason": ExcuseReason.MATERNITY, "excuse_months": 4} if action == Action.EXCUSE else {}
        evaluation = move(evaluation=evaluation, action=action, by=by, comment="Xin xem lại.", **facts)
    return evaluation


def link_evidence(evaluation: Evaluation, *codes: str, title: str = "Kế hoạch bài dạy", **fields) -> Evidence:
    """A link as evidence, tied to the criteria `codes`."""
    evidence = Evidence.objects.create(
        evaluation=evaluation,
        title=title,
        added_by=evaluation.subject,
        **{"kind": EvidenceKind.LINK, "url": "https://example.org/ke-hoach", **fields},
    )
    tie(evidence, *codes)
    return evidence


def tie(evidence: Evidence, *codes: str) -> None:
    """Ties evidence to criteria by code, which are no longer said to have none."""
    criteria = evidence.evaluation.cycle.version.criteria.filter(code__in=codes)
    EvidenceUse.objects.bulk_create(EvidenceUse(evidence=evidence, criterion=criterion) for criterion in criteria)
    ratings = Rating.objects.filter(sheet__evaluation=evidence.evaluation, sheet__kind=SheetKind.SELF)
    ratings.filter(criterion__in=criteria).update(no_evidence=False)
