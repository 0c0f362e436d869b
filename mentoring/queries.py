"""The doors to mentoring. Words of meetings and notes have doors of their own: the two, and the author alone."""

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from evaluations.enums import CycleStatus, ExcuseReason, Status
from evaluations.models import Evaluation
from mentoring.enums import OPEN, PairingStatus
from mentoring.models import Meeting, Note, Pairing
from people.enums import LEADERS, TEACHERS, Role
from people.models import Membership, Unit, User
from people.models.searching import Plain, plain
from people.queries import schools_decided, unit_ids
from standards.models import Criterion, FrameworkVersion
from standards.queries import published_versions

RESULT_SETTLED = (Status.ANNOUNCED, Status.CLOSED)
"""Results that pairing may start from: told to the teacher, and no objection waiting."""
LEAVES = (ExcuseReason.MATERNITY, ExcuseReason.SICK, ExcuseReason.UNPAID, ExcuseReason.STUDY)


def reach(user: User) -> QuerySet[Unit]:
    """The schools whose teachers `user` may pair: a head's own, an officer's branch."""
    branch = Unit.objects.below(unit_ids(user, Role.OFFICER))
    return Unit.objects.schools().filter(Q(pk__in=schools_decided(user)) | Q(pk__in=branch.values("pk")))


def visible_to(user: User) -> QuerySet[Pairing]:
    """Pairings whose existence `user` may know of: the own ones, those of the own school or branch.

    Each carries `conflict` (the mentor leads a school of the mentee today). What is readable: `visibility.sight`.
    """
    scope = Q(mentor=user) | Q(mentee=user)
    if schools := schools_decided(user):
        scope |= Q(unit__in=schools)
    if offices := unit_ids(user, Role.OFFICER):
        scope |= Q(unit__in=Unit.objects.below(offices).values("pk"))
    return (
        with_conflict(Pairing.objects.filter(scope))
        .select_related("mentor", "mentee", "unit", "created_by")
        .order_by("-start", "mentee__name_key", "pk")
    )


def with_conflict(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `conflict`: the mentor leads a school of the mentee today, whatever the pairing's status."""
    schools_of_mentee = Membership.objects.current().filter(user=OuterRef(OuterRef("mentee"))).values("unit")
    leads = Membership.objects.current().filter(user=OuterRef("mentor"), role__in=LEADERS)
    leads = leads.filter(Q(unit=OuterRef("unit")) | Q(unit__in=schools_of_mentee))
    return pairings.annotate(conflict=Exists(leads))


def own(user: User) -> QuerySet[Pairing]:
    """The pairings `user` is one of the two of, with their number of meetings."""
    return with_meetings(visible_to(user).filter(Q(mentor=user) | Q(mentee=user)))


def organised(user: User) -> QuerySet[Pairing]:
    """The pairings of the schools `user` pairs people at, with their number of meetings."""
    return with_meetings(visible_to(user).filter(unit__in=reach(user).values("pk")))


def with_meetings(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `meeting_count` and `last_meeting`: all that others than the two ever learn of meetings."""
    held = Q(meetings__removed_at=None)
    return pairings.annotate(
        meeting_count=Count("meetings", filter=held), last_meeting=Max("meetings__held_on", filter=held)
    )


def narrowed(pairings: QuerySet[Pairing], *, words: str = "", status: str = "") -> QuerySet[Pairing]:
    """Pairings where every word is in the name of the mentor, the mentee or the school, with or without accents."""
    names = Plain(Concat("mentor__full_name", Value(" "), "mentee__full_name", Value(" "), "unit__name"))
    pairings = pairings.alias(names=names)
    for word in plain(words).split():
        pairings = pairings.filter(names__contains=word)
    return pairings.filter(status=status) if status in PairingStatus.values else pairings


def needing_a_word(user: User) -> QuerySet[Pairing]:
    """Open pairings of the own schools or branch that may not go on as they are: a conflict, or the time is over."""
    over = Q(status=PairingStatus.ACTIVE, end__lt=timezone.localdate())
    return organised(user).filter(Q(conflict=True) | over, status__in=OPEN)


def conflicted() -> QuerySet[Pairing]:
    """Open pairings whose mentor evaluates the mentee by now."""
    return with_conflict(Pairing.objects.filter(status__in=OPEN)).filter(conflict=True).order_by("pk")


# --- meetings and notes -----------------------------------------------------------------------------------------------


def meetings_of(user: User, pairing: Pairing) -> QuerySet[Meeting]:
    """The meetings of one of the own pairings, each with `own_notes`: the note of `user`, and of nobody else.

    A removed meeting is still there for whoever has a note on it. Nothing for anybody but the two.
    """
    if user.pk not in (pairing.mentor_id, pairing.mentee_id):
        return Meeting.objects.none()
    own_note = Note.objects.filter(meeting=OuterRef("pk"), author=user)
    return (
        Meeting.objects.filter(pairing=pairing)
        .filter(Q(removed_at=None) | Exists(own_note))
        .select_related("created_by")
        .prefetch_related(
            Prefetch("focus", Criterion.objects.order_by("number")),
            Prefetch("notes", Note.objects.filter(author=user), to_attr="own_notes"),
        )
        .order_by("-held_on", "-created_at", "pk")
    )


def meeting_dates(pairing: Pairing) -> list[date]:
    """The days the two met, newest first: what head and office see of the log."""
    held = Meeting.objects.filter(pairing=pairing, removed_at=None)
    return list(held.order_by("-held_on").values_list("held_on", flat=True))


def own_meetings(user: User) -> QuerySet[Meeting]:
    """Every meeting of the pairings `user` is one of the two of."""
    return Meeting.objects.filter(Q(pairing__mentor=user) | Q(pairing__mentee=user)).select_related(
        "pairing", "pairing__mentor", "pairing__mentee", "pairing__unit"
    )


# --- people to pair ---------------------------------------------------------------------------------------------------


def mentee_candidates(user: User) -> QuerySet[User]:
    """Teachers of the schools `user` pairs people at, in the order of names."""
    posts = Membership.objects.current().filter(unit__in=reach(user).values("pk"), role__in=TEACHERS)
    return User.objects.filter(pk__in=posts.values("user_id"), is_active=True).order_by("name_key", "pk")


def school_of_mentee(user: User, mentee: User) -> Unit | None:
    """The school, within reach of `user`, at which `mentee` teaches today."""
    posts = Membership.objects.current().filter(user=mentee, role__in=TEACHERS, unit__in=reach(user).values("pk"))
    row = posts.select_related("unit").order_by("start", "pk").first()
    return row.unit if row else None


def staff_in_reach(user: User) -> QuerySet[User]:
    """Everybody with a post at a school within reach, leaders and closed accounts too: for the sentence why not."""
    posts = Membership.objects.current().filter(unit__in=reach(user).values("pk"))
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("name_key", "pk")


def mentor_candidates(user: User, school: Unit) -> QuerySet[User]:
    """Teachers at schools under the same office as `school`, within reach of `user`: who is near enough to meet."""
    parent = school.parent_on()
    near = Unit.objects.below([parent.pk if parent else school.pk])
    posts = Membership.objects.current().filter(role__in=TEACHERS, unit__in=reach(user).values("pk"))
    posts = posts.filter(unit__in=near.values("pk"))
    return User.objects.filter(pk__in=posts.values("user_id"), is_active=True).order_by("name_key", "pk")


def leads_school_of(mentor_ids: list[int], mentee_id: int, unit_id: int, start: date, end: date) -> set[int]:
    """Which of these people are head or deputy head of a school of the mentee at any time from `start` to `end`."""
    in_period = Q(start__lte=end) & (Q(end=None) | Q(end__gte=start))
    works = Membership.objects.filter(in_period, user=mentee_id).values("unit")
    leads = Membership.objects.filter(in_period, user__in=mentor_ids, role__in=LEADERS)
    return set(leads.filter(Q(unit=unit_id) | Q(unit__in=works)).values_list("user_id", flat=True))


def open_mentees(mentor_ids: list[int]) -> dict[int, set[int]]:
    """Mentor -> the mentees of open pairings."""
    found: dict[int, set[int]] = {}
    rows = Pairing.objects.filter(mentor__in=mentor_ids, status__in=OPEN).values_list("mentor_id", "mentee_id")
    for mentor, mentee in rows:
        found.setdefault(mentor, set()).add(mentee)
    return found


def open_mentors(mentee_ids: list[int]) -> dict[int, int]:
    """Mentee -> the number of open pairings."""
    rows = Pairing.objects.filter(mentee__in=mentee_ids, status__in=OPEN).values("mentee_id")
    return {row["mentee_id"]: row["number"] for row in rows.annotate(number=Count("pk")).order_by("mentee_id")}


def newest_results(user: User, people: list[int]) -> dict[int, Evaluation]:
    """Person -> their newest settled result that `user` may see as head or officer. One query."""
    rows = (
        Evaluation.objects.filter(subject__in=people, unit__in=reach(user).values("pk"), status__in=RESULT_SETTLED)
        .exclude(result="")
        .exclude(subject=user)
        .select_related("cycle")
        .order_by("subject_id", "-cycle__starts_on", "pk")
        .distinct("subject_id")
    )
    return {row.subject_id: row for row in rows}


def on_leave(people: list[int]) -> dict[int, str]:
    """Person -> why they are away, for those excused from an open cycle for a leave. One query."""
    rows = Evaluation.objects.filter(
        subject__in=people, status=Status.EXCUSED, excuse_reason__in=LEAVES, cycle__status=CycleStatus.OPEN
    ).order_by("pk")
    return {row.subject_id: row.get_excuse_reason_display() for row in rows}


def version_for(mentee: User) -> FrameworkVersion | None:
    """The framework version whose criteria a pairing of `mentee` speaks of: of the newest evaluation, else the newest
    that teachers are evaluated by on one scale."""
    newest = Evaluation.objects.filter(subject=mentee).exclude(status=Status.EXCUSED)
    row = newest.select_related("cycle__version").order_by("-cycle__starts_on", "pk").first()
    if row:
        return row.cycle.version
    versions = published_versions().filter(framework__subject_role="teacher", framework__purpose="evaluation")
    return versions.exclude(criteria__scale__gt="").order_by("-valid_from", "code").first()
