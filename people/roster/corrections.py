"""A workbook of rows with errors that comes back corrected: a part of the school, not all of it."""

from django.db.models import OuterRef, QuerySet, Subquery

from people.models import ImportRow, RosterImport
from people.roster.columns import is_reason


def with_first_row(rosters: QuerySet[RosterImport]) -> QuerySet[RosterImport]:
    """The rosters with `first_raw`, the first row as written, in the same query."""
    rows = ImportRow.objects.filter(roster=OuterRef("pk")).order_by("number")
    return rosters.annotate(first_raw=Subquery(rows.values("raw")[:1]))


def is_correction(roster: RosterImport) -> bool:
    """Its rows hold the reason that the workbook of errors wrote, which is no column of the roster itself.

    `roster` comes from `with_first_row`.
    """
    raw = roster.first_raw or {}
    return any(is_reason(title) for title in raw.keys() - {title for title, _name in roster.columns})
