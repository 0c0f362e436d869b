"""The board in words: stages with their numbers, one row a person, what each reader may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Case, F, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.enums import RESULT_KNOWN, TO_DECIDE, Action, CycleStatus, Status
from evaluations.models import Cycle, Evaluation
from evaluations.policies import can, self_deadline
from evaluations.presenters.words import TONES as STATUS_TONES
from evaluations.presenters.words import LevelWords, level_words
from evaluations.queries_office import HANDED_IN
from evaluations.visibility import OPENED
from people.enums import LEADERS, OVERSEERS
from people.models import Unit, User
from people.models.searching import containing
from standards.framework_data import FrameworkData

ACTS = {Status.UNDER_REVIEW: "review", Status.OBJECTED: "answer"}
"""What the board's last column leads the head to; opening is a button of its own."""

TOGETHER = {
    "waiting": (*TO_DECIDE, Status.DECIDED, Status.OBJECTED),
    "to-decide": TO_DECIDE,
}
"""Statuses that the board's filter takes together: all that waits for the head, and what has to be decided."""

DECIDED = (Status.DECIDED, *RESULT_KNOWN)

SORTS = {
    "name": ("subject__name_key",),
    "group": ("group__position", "group__name", "subject__name_key"),
    "status": ("status_place", "subject__name_key"),
    "changed": ("changed_at", "subject__name_key"),
}

WAY = (Status.DRAFT, Status.RETURNED, *(s for s in Status if s not in (Status.DRAFT, Status.RETURNED)))
"""The states in the order of an evaluation's way: what sorting by state means, not the order of their codes."""


def is_leader_or_office(user: User) -> bool:
    """Has this person a board at all?"""
    return bool(user.roles() & {*LEADERS, *OVERSEERS})


# --- stages ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Stage:
    """One bar of the progress: how many of the people have passed this stage, and by when all should have."""

    label: str
    value: int
    total: int
    due: object = None

    @property
    def name(self) -> str:
        """What the bar is called for those who do not see it."""
        return self.label


def totals(schools: list[Unit]) -> dict[str, int]:
    """The sums over schools that carry the counts of `queries_office.school_numbers`."""
    names = ("people", "excused", "submitted", "decided", "announced", "missing")
    return {name: sum(getattr(school, name) for school in schools) for name in names}


def totals_of_counts(counts: dict[str, int]) -> dict[str, int]:
    """The same from the counts by status of one school."""

    def number(*statuses: str) -> int:
        return sum(counts.get(status, 0) for status in statuses)

    excused = number(Status.EXCUSED)
    return {
        "people": sum(counts.values()) - excused,
        "excused": excused,
        "submitted": number(*HANDED_IN),
        "decided": number(Status.DECIDED, *RESULT_KNOWN),
        "announced": number(*RESULT_KNOWN),
        "missing": number(Status.DRAFT, Status.RETURNED),
    }


def stages(cycle: Cycle, total: dict[str, int]) -> list[Stage]:
    """Submitted, decided, announced; a self-only cycle has the first alone."""
    rows = [Stage(_("Submitted"), total["submitted"], total["people"], cycle.self_due)]
    if cycle.is_full:
        rows.append(Stage(_("Decided"), total["decided"], total["people"], cycle.decision_due))
        rows.append(Stage(_("Announced"), total["announced"], total["people"]))
    return rows


def is_late(cycle: Cycle) -> bool:
    """Is the last day of the self-assessment past, so that whoever is missing is late?"""
    return cycle.status == CycleStatus.OPEN and cycle.self_due < timezone.localdate()


def sorted_schools(schools: list[Unit], sort: str) -> list[Unit]:
    """By a column of the overview (share of the people); the given order otherwise."""
    key, backwards = sort.lstrip("-"), sort.startswith("-")
    if key == "name":
        return sorted(schools, key=lambda school: school.name, reverse=backwards)
    if key == "people":
        return sorted(schools, key=lambda school: school.people, reverse=backwards)
    if key in ("submitted", "decided", "announced", "missing"):
        share = lambda school: getattr(school, key) / school.people if school.people else 0  # noqa: E731
        return sorted(schools, key=share, reverse=backwards)
    return schools


def status_line(counts: dict[str, int]) -> list[dict]:
    """[{"status", "label", "tone", "number"}] of the statuses that occur, in the order of life."""
    return [
        {"status": status.value, "label": status.label, "tone": STATUS_TONES[status], "number": counts[status]}
        for status in Status
        if counts.get(status)
    ]


def board_tabs(cycle: Cycle, unit: Unit, current: str) -> list[dict]:
    """The two sides of a board; a self-only cycle has no results."""
    tabs = [("people", "board", _("People"))]
    if cycle.is_full:
        tabs.append(("results", "board_results", _("Results")))
    return [
        {"url": reverse(f"evaluations:{name}", args=[cycle.code, unit.code]), "label": label, "current": key == current}
        for key, name, label in tabs
    ]


# --- rows -----------------------------------------------------------------------------------------------------------
def filtered(
    rows: QuerySet[Evaluation], cycle: Cycle, *, status: str, group: str, words: str, head: User | None = None
) -> QuerySet[Evaluation]:
    """The rows that `BoardFilter` chose. status: one, a key of TOGETHER or "late"; group: an id or "none".

    `head`: the reader who decides here; the own evaluation does not wait for them.
    """
    if status in TOGETHER:
        rows = rows.filter(status__in=TOGETHER[status]).exclude(subject=head)
    elif status == "late":
        late = Q(extended_to=None) | Q(extended_to__lt=timezone.localdate())
        rows = rows.filter(late, status__in=(Status.DRAFT, Status.RETURNED)) if is_late(cycle) else rows.none()
    elif status in Status.values:
        rows = rows.filter(status=status)
    if group == "none":
        rows = rows.filter(group=None)
    elif group:
        rows = rows.filter(group=group)
    return containing(rows, words, "subject__full_name", "subject__username")


def ordered(rows: QuerySet[Evaluation], sort: str) -> QuerySet[Evaluation]:
    """By a column; names in the Vietnamese order, given name first, by default. What never changed comes last."""
    key, backwards = sort.lstrip("-"), sort.startswith("-")
    first, *rest = SORTS.get(key, SORTS["name"])
    if first == "status_place":
        rows = rows.alias(status_place=Case(*(When(status=code, then=place) for place, code in enumerate(WAY))))
    return rows.order_by(F(first).desc(nulls_last=True) if backwards else F(first).asc(nulls_last=True), *rest, "pk")


@dataclass(frozen=True)
class Row:
    """One person on the board, as this reader may see it."""

    evaluation: Evaluation
    tone: str
    self_result: LevelWords | None
    result: LevelWords | None
    opinions: str
    evidence: int | None
    differences: int | None
    late: bool
    link: str  # "review", "open" (a button that opens it), "detail" or ""
    act: str = ""  # what the head does next: "review", "answer" (an objection) or ""
    can_pick: bool = False  # something can be done by this reader to this person with many others at once
    hidden: frozenset[str] = frozenset()  # what may be there but not for this reader yet: "own", "decision", "evidence"


def row_of(
    evaluation: Evaluation,
    cycle: Cycle,
    data: FrameworkData,
    user: User,
    *,
    leads: bool,
    decides: bool,
    reminds: bool = False,
) -> Row:
    """`leads`: the reader is head or deputy of the school; `decides`: the head; `reminds`: may write to who is missing.

    See visibility.sight for the rule.
    """
    status, own = evaluation.status, evaluation.subject_id == user.pk
    sees = status in RESULT_KNOWN and bool(evaluation.result)
    if leads and not own:
        sees = status in OPENED and evaluation.opened_at is not None
    link = ""
    if leads and not own:
        link = "open" if decides and status == Status.SUBMITTED and cycle.is_full else "review"
    elif own or sees:
        link = "detail"
    late = status in (Status.DRAFT, Status.RETURNED) and self_deadline(evaluation) < timezone.localdate()
    return Row(
        evaluation=evaluation,
        tone=STATUS_TONES[Status(status)],
        self_result=level_words(evaluation.self_result, data) if sees else None,
        result=level_words(evaluation.result, data) if sees and evaluation.result else None,
        opinions=opinions_words(cycle, evaluation.opinions_enough),
        evidence=evaluation.evidence_number if sees else None,
        differences=evaluation.differences if sees and evaluation.result else None,
        late=late and cycle.status == CycleStatus.OPEN,
        link=link,
        act=ACTS.get(status, "") if decides and not own else "",
        can_pick=(reminds and status in (Status.DRAFT, Status.RETURNED))
        or (decides and not own and status == Status.DECIDED),
        hidden=frozenset() if sees or own else _hidden(status),
    )


def _hidden(status: str) -> frozenset[str]:
    """What exists, or may exist, in this status for a reader who sees nothing of the evaluation yet."""
    kept = {"evidence": status != Status.EXCUSED, "own": status in HANDED_IN, "decision": status in DECIDED}
    return frozenset(name for name, is_kept in kept.items() if is_kept)


def opinions_words(cycle: Cycle, enough: bool) -> str:
    """ "3 or more", "fewer than 3": never the number itself, which names people in a small group."""
    if not cycle.is_full or not cycle.opinions_wanted:
        return ""
    if enough:
        return _("%(number)s or more") % {"number": cycle.anonymity_threshold}
    return _("fewer than %(number)s") % {"number": cycle.anonymity_threshold}


# --- many at once ----------------------------------------------------------------------------------------------------
def announceable(evaluations: list[Evaluation], user: User) -> tuple[list[Evaluation], list[tuple[Evaluation, str]]]:
    """Those that can be announced now, and the others with the sentence why not."""
    ready, refused = [], []
    for evaluation in evaluations:
        decision = can(user, evaluation, Action.ANNOUNCE)
        if decision:
            ready.append(evaluation)
        else:
            refused.append((evaluation, decision.reason))
    return ready, refused


def announced_sentences(done: int, refused: list[tuple[Evaluation, str]]) -> list[tuple[int, str]]:
    """(level of the message, sentence) for what announcing many did: how many, who was told before, who was not."""
    found = []
    if done:
        sentence = ngettext("%(count)s result announced.", "%(count)s results announced.", done) % {"count": done}
        found.append((messages.SUCCESS, sentence))
    before = [evaluation.subject.full_name for evaluation, _reason in refused if evaluation.status in RESULT_KNOWN]
    if before:
        found.append((messages.INFO, _("Already announced before: %(names)s.") % {"names": _first_few(before)}))
    for evaluation, reason in refused:
        if evaluation.status not in RESULT_KNOWN:
            names = {"name": evaluation.subject.full_name, "reason": reason}
            found.append((messages.WARNING, _("Not announced: %(name)s. %(reason)s") % names))
    return found or [(messages.INFO, _("No result is waiting to be announced."))]


def reminded_sentence(sent: int, today: int, unreachable: Sequence[str]) -> str:
    """What a reminder did, with the names of who could not be reached (the first few of many)."""
    parts = []
    if sent or not (today or unreachable):
        parts.append(
            ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", sent)
            % {"count": sent}
        )
    if today:
        parts.append(
            ngettext(
                "%(count)s person has been reminded today already.",
                "%(count)s people have been reminded today already.",
                today,
            )
            % {"count": today}
        )
    if unreachable:
        parts.append(
            ngettext(
                "%(count)s person has no e-mail address, tell them yourself: %(names)s.",
                "%(count)s people have no e-mail address, tell them yourself: %(names)s.",
                len(unreachable),
            )
            % {"count": len(unreachable), "names": _first_few(unreachable)}
        )
    return " ".join(parts)


def _first_few(names: Sequence[str], most: int = 5) -> str:
    left = len(names) - most
    if left <= 0:
        return ", ".join(names)
    more = ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}
    return f"{', '.join(names[:most])} {more}"
