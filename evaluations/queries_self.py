"""The doors of the teacher's side: the own self-assessment, its evidence, and what the person may look at over the years."""

from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from evaluations.enums import EDITABLE_BY_SUBJECT, REMARKS, RESULT_KNOWN, Action, CycleStatus, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Event, Evidence, EvidenceUse, Rating, Sheet
from evaluations.queries import visible_to
from people.models import Unit, User
from people.models.searching import containing
from standards.models import Level


# --- one evaluation -------------------------------------------------------------------------------------------------
def lock_own(user: User, pk) -> Evaluation | None:
    """The own evaluation with its cycle, its row locked until the transaction ends; None when it is not the own one.

    Saving and submitting wait for each other here, so a submitted result never misses a word that was saved.
    """
    rows = Evaluation.objects.select_for_update(of=("self",), no_key=True).select_related("cycle").order_by()
    return rows.filter(pk=pk, subject=user).first() if pk else None


def own_one(user: User, pk) -> Evaluation | None:
    """The own evaluation with its cycle; None when it is not the own one. Written out: see `self_ratings`."""
    own, cycle = _columns(Evaluation), _columns(Cycle)
    wanted = ", ".join([*(f'e."{name}"' for _attname, name in own), *(f'c."{name}"' for _attname, name in cycle)])
    with connection.cursor() as cursor:
        cursor.execute(OWN % wanted, [pk, user.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    evaluation = Evaluation.from_db(connection.alias, [attname for attname, _name in own], row[: len(own)])
    evaluation.cycle = Cycle.from_db(connection.alias, [attname for attname, _name in cycle], row[len(own) :])
    return evaluation


OWN = """
    SELECT %s FROM evaluations_evaluation e JOIN evaluations_cycle c ON c.id = e.cycle_id
    WHERE e.id = %%s AND e.subject_id = %%s
"""


@cache
def _columns(model: type[Model]) -> list[tuple[str, str]]:
    """(attribute, column) of a model's own fields, in their order."""
    return [(field.attname, field.column) for field in model._meta.concrete_fields]


def events_of(evaluation: Evaluation) -> QuerySet[Event]:
    """What happened, newest first, with who did it."""
    return Event.objects.filter(evaluation=evaluation).select_related("by").order_by("-at", "-pk")


def return_event(evaluation: Evaluation) -> Event | None:
    """The head's latest return with its comment, while the evaluation is returned."""
    if evaluation.status != Status.RETURNED:
        return None
    return events_of(evaluation).filter(action="return").first()


def last_event(evaluation: Evaluation, *actions: str) -> Event | None:
    """The latest event of one of these kinds."""
    return events_of(evaluation).filter(action__in=actions).first()


def objection_of(evaluation: Evaluation) -> tuple[Event | None, Event | None]:
    """The one objection and the head's answer to it; None where there is none (yet). At most one query."""
    if not evaluation.objected_at:
        return None, None
    rows = events_of(evaluation).filter(action__in=(Action.OBJECT, Action.UPHOLD, Action.RECONSIDER))
    found = {row.action == Action.OBJECT: row for row in rows.reverse()}
    return found.get(True), found.get(False)


class SelfRating(NamedTuple):
    """One criterion of a self-assessment. `proven`: at least one piece of evidence is tied to it."""

    criterion_id: int
    level: str
    note: str
    no_evidence: bool
    revision: int
    proven: bool


SELF_RATINGS = """
    SELECT r.criterion_id, r.level, r.note, r.no_evidence, r.revision, EXISTS (
        SELECT FROM evaluations_evidenceuse u JOIN evaluations_evidence e ON e.id = u.evidence_id
        WHERE e.evaluation_id = s.evaluation_id AND u.criterion_id = r.criterion_id
    )
    FROM evaluations_rating r JOIN evaluations_sheet s ON s.id = r.sheet_id
    WHERE s.evaluation_id = %s AND s.kind = %s ORDER BY r.id
"""


def self_ratings(evaluation: Evaluation) -> list[SelfRating]:
    """The criteria of the self-assessment in the order their rows were made. One query.

    Written out: it runs after every keystroke's save, and the ORM takes ten times as long to say the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(SELF_RATINGS, [evaluation.pk, SheetKind.SELF.value])
        return [SelfRating(*row) for row in cursor.fetchall()]


def ratings_of(evaluation: Evaluation, kind: SheetKind) -> dict[int, Rating]:
    """Criterion id -> rating of the sheet of that kind in force. One query."""
    rows = Rating.objects.filter(sheet__evaluation=evaluation, sheet__kind=kind, sheet__superseded_at=None)
    return {row.criterion_id: row for row in rows.order_by("criterion__number", "pk")}


def superseded_decisions(evaluation: Evaluation) -> QuerySet[Sheet]:
    """Decisions that were taken up again, newest first."""
    rows = Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.DECISION, superseded_at__isnull=False)
    return rows.select_related("author").prefetch_related("ratings").order_by("-superseded_at", "-pk")


def is_decided_again(evaluation: Evaluation) -> bool:
    """Is a decision that was announced being taken up again, no new one announced yet? At most one query."""
    if evaluation.status in RESULT_KNOWN or evaluation.submitted_at is None:
        return False
    return superseded_decisions(evaluation).exists()


# --- evidence -------------------------------------------------------------------------------------------------------
def evidence_of(evaluation: Evaluation) -> QuerySet[Evidence]:
    """The evidence of an evaluation in the order it was added, with its files and the criteria it is tied to."""
    return (
        Evidence.objects.filter(evaluation=evaluation)
        .select_related("file", "preview", "from_cycle__version")
        .prefetch_related("uses__origin")
        .order_by("created_at", "pk")
    )


def ties_of(evaluation: Evaluation) -> dict[int, list[tuple]]:
    """Criterion id -> [(evidence id, title, kind)] in the order of adding. One query."""
    with connection.cursor() as cursor:
        cursor.execute(TIES, [evaluation.pk])
        rows = cursor.fetchall()
    found: dict[int, list[tuple]] = {}
    for criterion, *row in rows:
        found.setdefault(criterion, []).append(tuple(row))
    return found


TIES = """
    SELECT u.criterion_id, e.id, e.title, e.kind
    FROM evaluations_evidenceuse u JOIN evaluations_evidence e ON e.id = u.evidence_id
    WHERE e.evaluation_id = %s ORDER BY e.created_at, e.id, u.id
"""


def same_file(evaluation: Evaluation, sha256: str) -> Evidence | None:
    """Evidence of this evaluation with exactly this file."""
    rows = Evidence.objects.filter(evaluation=evaluation, file__sha256=sha256)
    return rows.select_related("file").order_by("created_at", "pk").first()


def earlier_evidence(user: User, evaluation: Evaluation) -> QuerySet[Evidence]:
    """Evidence of the person's other evaluations that is not in this one yet, newest first."""
    here = Evidence.objects.filter(evaluation=evaluation)
    files = here.exclude(file=None).values("file__sha256")
    links = here.exclude(url="").values("url")
    facts = here.filter(kind="fact").values("title")
    return (
        Evidence.objects.filter(evaluation__subject=user)
        .exclude(evaluation=evaluation)
        .exclude(Q(file__isnull=False) & Q(file__sha256__in=files))
        .exclude(~Q(url="") & Q(url__in=links))
        .exclude(Q(kind="fact") & Q(title__in=facts))
        .select_related("file", "evaluation__cycle__version", "from_cycle__version")
        .prefetch_related("uses")
        .order_by("-evaluation__cycle__starts_on", "created_at", "pk")
    )


def last_self_sheet(evaluation: Evaluation) -> Sheet | None:
    """The person's latest earlier self-assessment with remarks in it, its cycle and version joined in."""
    return earlier_remarks(evaluation).first()


def earlier_remarks(evaluation: Evaluation) -> QuerySet[Sheet]:
    """The person's submitted self-assessments of earlier cycles with anything in their remarks, the latest first."""
    said = Q()
    for name in REMARKS:
        said |= ~Q(**{name: ""})
    return (
        Sheet.objects.filter(said, kind=SheetKind.SELF, evaluation__subject=evaluation.subject_id)
        .filter(evaluation__cycle__starts_on__lt=evaluation.cycle.starts_on)
        .exclude(evaluation__submitted_at=None)
        .select_related("evaluation__cycle__version")
        .order_by("-evaluation__cycle__starts_on", "-pk")
    )


# --- lists ----------------------------------------------------------------------------------------------------------
def open_evaluations(user: User) -> QuerySet[Evaluation]:
    """The own evaluations in which something may still happen, the nearest deadline first, with `complete`: of how many
    criteria the self-assessment misses nothing (as readiness.missing_to_submit has it)."""
    proven = EvidenceUse.objects.filter(
        evidence__evaluation=OuterRef("sheet__evaluation"), criterion=OuterRef("criterion")
    )
    lowest = Level.objects.filter(version=OuterRef("criterion__version"), code=OuterRef("level"), position=1)
    complete = (
        Rating.objects.filter(sheet__evaluation=OuterRef("pk"), sheet__kind=SheetKind.SELF)
        .exclude(level="")
        .filter(
            Q(no_evidence=True, note__regex=r"\S") & ~Exists(proven)
            | Q(no_evidence=False) & (Exists(proven) | Exists(lowest))
        )
        .order_by()
        .values("sheet__evaluation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Evaluation.objects.filter(subject=user)
        .exclude(cycle__status=CycleStatus.DRAFT)
        .exclude(status__in=(Status.CLOSED, Status.EXCUSED))
        .exclude(Q(cycle__status=CycleStatus.CLOSED) & Q(status__in=(*EDITABLE_BY_SUBJECT, Status.SUBMITTED)))
        .select_related("cycle", "unit")
        .annotate(complete=Coalesce(Subquery(complete), 0))
        .order_by("cycle__self_due", "pk")
    )


def others_visible(user: User) -> QuerySet[Evaluation]:
    """Other people's evaluations that `user` may know of: open cycles first, newest first, then by school and name."""
    return (
        visible_to(user)
        .exclude(subject=user)
        .exclude(cycle__status=CycleStatus.DRAFT)
        .order_by(
            Case(When(cycle__status=CycleStatus.OPEN, then=0), default=1),
            "-cycle__starts_on",
            "cycle",
            "unit__name",
            "unit",
            "subject__name_key",
            "pk",
        )
    )


def narrowed(evaluations: QuerySet[Evaluation], *, q: str = "", cycle: str = "", status: str = "", unit: str = ""):
    """Evaluations whose subject's name or user name has every word of `q`, of one cycle (code), status and school (code)."""
    evaluations = containing(evaluations, q, "subject__full_name", "subject__username")
    exact = {"cycle__code": cycle, "status": status, "unit__code": unit}
    return evaluations.filter(**{name: value for name, value in exact.items() if value})


def cycles_among(evaluations: QuerySet[Evaluation]) -> QuerySet[Cycle]:
    """The cycles of these evaluations, for a filter."""
    ids = evaluations.order_by().values("cycle")
    return Cycle.objects.filter(pk__in=ids).order_by("-starts_on", "code")


def schools_among(evaluations: QuerySet[Evaluation]) -> QuerySet[Unit]:
    """The schools of these evaluations, for a filter."""
    ids = evaluations.order_by().values("unit")
    return Unit.objects.filter(pk__in=ids).order_by("position", "name", "pk")
