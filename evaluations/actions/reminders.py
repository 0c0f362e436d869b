"""Polite mails before a deadline and on somebody's word: once a day for each person and matter, never twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.mail import write_mail
from core.models import OutgoingMail
from evaluations.enums import CycleKind, CycleStatus, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Sheet
from evaluations.policies import self_deadline
from evaluations.policies_office import can_manage, can_remind
from evaluations.queries import with_opinions_read
from people.enums import LEADERS, Role
from people.models import Membership, Unit, User

DAYS_BEFORE = (7, 3, 1)
WAITING_FOR_HEAD = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED, Status.OBJECTED)


@dataclass(frozen=True)
class Reminded:
    """What a reminder did: mails written, people who had theirs already, the names of people without an address."""

    sent: int = 0
    already: int = 0
    unreachable: tuple[str, ...] = ()

    def __add__(self, other: "Reminded") -> "Reminded":
        return Reminded(self.sent + other.sent, self.already + other.already, self.unreachable + other.unreachable)


def _remind(person: User, *, key: str, template: str, link: str, place: str = "", **context) -> Reminded:
    """One reminder to one person; the key decides whether it has been written already.

    `place` stands beside the name of somebody who cannot be reached.
    """
    if not person.email:
        return Reminded(unreachable=(f"{person.full_name} ({place})" if place else person.full_name,))
    if OutgoingMail.objects.filter(key=key, to=person.email).exists():
        return Reminded(already=1)
    write_mail(
        key=key,
        to=person.email,
        language=person.language or settings.LANGUAGE_CODE,
        template=template,
        context={"person": person, "link": settings.SITE_URL + link, **context},
    )
    return Reminded(sent=1)


# --- on somebody's word -----------------------------------------------------------------------------------------------
@transaction.atomic
def remind_unsubmitted(*, cycle: Cycle, unit: Unit, by: User, only: Iterable | None = None) -> Reminded:
    """Writes to the teachers of a school who have not submitted (among the ids `only`, if given); once a day each."""
    can_remind(by, cycle, unit.pk).or_raise()
    rows = Evaluation.objects.filter(cycle=cycle, unit=unit, status__in=(Status.DRAFT, Status.RETURNED))
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    done = Reminded()
    for evaluation in rows.select_related("subject", "cycle").order_by("subject__name_key", "pk"):
        done += _remind(
            evaluation.subject,
            key=f"nudge:{evaluation.pk}:{timezone.localdate()}",
            template="evaluation_nudge",
            link=reverse("evaluations:self", args=[evaluation.pk]),
            cycle=cycle,
            due=self_deadline(evaluation),
            sender=by,
        )
    return done


@transaction.atomic
def remind_heads(*, cycle: Cycle, by: User) -> Reminded:
    """Writes to the heads of the schools where something waits for them or people have not submitted; once a day."""
    can_manage(by, cycle).or_raise()
    return _heads_of_cycle(cycle, key=f"heads:{cycle.pk}:{timezone.localdate()}", template="evaluation_heads_nudge")


# --- by the calendar --------------------------------------------------------------------------------------------------
def remind_by_calendar(today: date) -> Reminded:
    """The mails due 7, 3 and 1 days before each deadline of every open cycle. Repeated on one day it writes nothing."""
    done = Reminded()
    for days in DAYS_BEFORE:
        day = today + timedelta(days=days)
        done += _remind_teachers(day)
        for cycle in _open_cycles(opinions_due=day, opinions_wanted=True, kind=CycleKind.FULL):
            done += _remind_colleagues(cycle)
        for cycle in _open_cycles(decision_due=day, kind=CycleKind.FULL):
            done += _heads_of_cycle(
                cycle, key=f"decision:{cycle.pk}:{day}:{days}", template="evaluation_reminder_decision"
            )
    return done


def _open_cycles(**conditions):
    return Cycle.objects.filter(status=CycleStatus.OPEN, **conditions).order_by("pk")


def _remind_teachers(day: date) -> Reminded:
    """Those whose own last day (the cycle's, or the one they were given) is `day`."""
    own_day = Q(extended_to=day) | (Q(cycle__self_due=day) & (Q(extended_to=None) | Q(extended_to__lte=day)))
    rows = (
        Evaluation.objects.filter(own_day, cycle__status=CycleStatus.OPEN)
        .filter(status__in=(Status.DRAFT, Status.RETURNED), subject__is_active=True)
        .select_related("subject", "cycle")
        .order_by("pk")
    )
    done = Reminded()
    for evaluation in rows.iterator(chunk_size=500):
        done += _remind(
            evaluation.subject,
            key=f"self:{evaluation.pk}:{day}:{timezone.localdate()}",
            template="evaluation_reminder_self",
            link=reverse("evaluations:self", args=[evaluation.pk]),
            cycle=evaluation.cycle,
            due=day,
        )
    return done


def _remind_colleagues(cycle: Cycle) -> Reminded:
    """Members of professional groups who have not handed in all their opinions, with how many are missing."""
    done = Reminded()
    for person, group, number in opinions_owed(cycle):
        done += _remind(
            person,
            key=f"opinions:{cycle.pk}:{group.pk}:{timezone.localdate()}",
            template="evaluation_reminder_opinions",
            link=reverse("evaluations:opinions", args=[cycle.code, group.code]),
            cycle=cycle,
            due=cycle.opinions_due,
            number=number,
        )
    return done


def opinions_owed(cycle: Cycle) -> list[tuple[User, Unit, int]]:
    """(person, group, how many opinions on its members this person has not handed in), in the order of names."""
    evaluations = (
        with_opinions_read(Evaluation.objects.filter(cycle=cycle, group__isnull=False))
        .filter(opinions_read=False)
        .filter(status__in=(Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.UNDER_REVIEW))
        .select_related("group")
        .order_by("pk")
    )
    by_group: dict[int, list[Evaluation]] = {}
    for evaluation in evaluations:
        by_group.setdefault(evaluation.group_id, []).append(evaluation)
    given: dict[int, set] = {}
    handed_in = Sheet.objects.filter(evaluation__cycle=cycle, kind=SheetKind.OPINION, submitted_at__isnull=False)
    for author, evaluation in handed_in.order_by().values_list("author_id", "evaluation_id"):
        given.setdefault(author, set()).add(evaluation)
    schools = {row.unit_id for rows in by_group.values() for row in rows}
    leaders = set(
        Membership.objects.current().filter(unit__in=schools, role__in=LEADERS).values_list("user_id", flat=True)
    )
    members = (
        Membership.objects.current()
        .filter(unit__in=by_group, user__is_active=True)
        .exclude(user__in=leaders)
        .select_related("user")
        .order_by("user__name_key", "pk")
    )
    owed = {}
    for member in members:
        rows = by_group[member.unit_id]
        colleagues = {row.pk for row in rows if row.subject_id != member.user_id}
        if missing := colleagues - given.get(member.user_id, set()):
            owed[member.user_id, member.unit_id] = member.user, rows[0].group, len(missing)
    return list(owed.values())


def _heads_of_cycle(cycle: Cycle, *, key: str, template: str) -> Reminded:
    """One mail to the head of each school of the cycle that is behind, with numbers and no names."""
    waiting: dict[int, Counter] = {}
    statuses = (*WAITING_FOR_HEAD, Status.DRAFT, Status.RETURNED)
    rows = Evaluation.objects.filter(cycle=cycle, status__in=statuses).order_by().values_list("unit_id", "status")
    for unit_id, status in rows:
        waiting.setdefault(unit_id, Counter())[status] += 1
    heads = (
        Membership.objects.current()
        .filter(unit__in=waiting, role=Role.HEAD, user__is_active=True)
        .select_related("user", "unit")
        .order_by("unit__position", "unit__name", "pk")
    )
    done = Reminded()
    for row in heads:
        counts = waiting[row.unit_id]
        done += _remind(
            row.user,
            key=f"{key}:{row.unit_id}",
            template=template,
            link=reverse("evaluations:board", args=[cycle.code, row.unit.code]),
            place=row.unit.name,
            cycle=cycle,
            unit=row.unit,
            due=cycle.decision_due,
            undecided=sum(counts[status] for status in WAITING_FOR_HEAD),
            unsubmitted=counts[Status.DRAFT] + counts[Status.RETURNED],
        )
    return done


def tell_opening(cycle: Cycle) -> Reminded:
    """Tells everybody in the cycle that it is open. Repeated, it tells only those who came since."""
    told = set(OutgoingMail.objects.filter(key=f"opened:{cycle.pk}").values_list("to", flat=True))
    rows = (
        Evaluation.objects.filter(cycle=cycle)
        .exclude(subject__email="")
        .exclude(subject__email__in=told)
        .select_related("subject")
        .order_by("pk")
    )
    done = Reminded()
    for evaluation in rows.iterator(chunk_size=500):
        done += _remind(
            evaluation.subject,
            key=f"opened:{cycle.pk}",
            template="evaluation_opened",
            link=reverse("evaluations:self", args=[evaluation.pk]),
            cycle=cycle,
            due=cycle.self_due,
        )
    return done
