"""Rosters on their way in, in the sight of who may import them."""

from django.db.models import Count, QuerySet

from people.enums import LEADERS, TEACHERS
from people.models import ImportRow, Membership, RosterImport, Unit, User
from people.queries import administered_units, group_ids_of


def rosters_visible_to(user: User) -> QuerySet[RosterImport]:
    """Rosters of units whose people `user` may change."""
    return RosterImport.objects.filter(unit__in=administered_units(user).values("pk")).select_related(
        "unit__kind", "file", "created_by", "applied_by"
    )


def rosters_of(unit: Unit) -> QuerySet[RosterImport]:
    """Rosters of one school, latest first."""
    return (
        RosterImport.objects.filter(unit=unit)
        .select_related("file", "created_by", "applied_by")
        .order_by("-created_at", "pk")
    )


def outcome_counts(roster: RosterImport) -> dict[str, int]:
    """outcome -> number of rows, every outcome named."""
    found = dict(roster.rows.order_by("outcome").values_list("outcome").annotate(count=Count("pk")))
    return {outcome: found.get(outcome, 0) for outcome in ImportRow.Outcome.values}


def rows_of(roster: RosterImport, outcome: str = "") -> QuerySet[ImportRow]:
    """The rows as the file has them, of one outcome if given."""
    rows = roster.rows.order_by("number")
    return rows.filter(outcome=outcome) if outcome in ImportRow.Outcome.values else rows


def missing_in(roster: RosterImport) -> QuerySet[User]:
    """Teachers of the school today who stand in no row of the roster: left untouched until somebody says otherwise."""
    units = [roster.unit_id, *group_ids_of(roster.unit)]
    held = Membership.objects.current().filter(unit__in=units)
    teachers, leaders = held.filter(role__in=TEACHERS), held.filter(role__in=LEADERS)
    named = roster.rows.filter(user__isnull=False)
    return (
        User.objects.filter(pk__in=teachers.values("user_id"))
        .exclude(pk__in=leaders.values("user_id"))
        .exclude(pk__in=named.values("user_id"))
        .order_by("name_key", "pk")
    )


def newcomers_of(roster: RosterImport) -> QuerySet[User]:
    """People that an applied roster added and who have never signed in."""
    added = roster.rows.filter(outcome=ImportRow.Outcome.NEW, user__isnull=False).values("user_id")
    return User.objects.filter(pk__in=added, last_login=None).order_by("name_key", "pk")
