"""A roster on its way in: kept and compared when it is uploaded, carried out once when somebody agrees."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.spreadsheets import XLSX
from files.actions import store_bytes
from files.models import Purpose
from files.names import clean_name
from people.models import ImportRow, RosterImport, Unit, User
from people.policies import can_govern, can_import
from people.roster.plan import Plan, Planner


def school_year_start(day: date) -> date:
    """The first of September that began the school year of `day`."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def default_valid_from(*, has_staff: bool, today: date) -> date:
    """A school's first roster tells the school year so far; later ones tell what changes today."""
    return today if has_staff else school_year_start(today)


def plan_roster(*, unit: Unit, content: bytes, valid_from: date, by: User | None) -> Plan:
    """What the file would do, without keeping anything. `by` None is the command line.

    Raises PermissionDenied, Refused, or core.spreadsheets.UnreadableFile with a sentence.
    """
    return _planner(unit, content, valid_from, by).run()


@transaction.atomic
def upload_roster(*, unit: Unit, name: str, content: bytes, valid_from: date, by: User | None) -> RosterImport:
    """Keeps the file and what each of its rows would do; nobody is added or changed yet. Raises as `plan_roster`."""
    plan = plan_roster(unit=unit, content=content, valid_from=valid_from, by=by)
    is_workbook = content.startswith(b"PK")
    stored = store_bytes(
        data=content,
        name=clean_name(name) or "roster",
        content_type=XLSX if is_workbook else "text/csv",
        purpose=Purpose.ROSTER,
        by=by,
    )
    roster = RosterImport(unit=unit, file=stored, created_by=by, valid_from=valid_from)
    _keep(roster, plan)
    return roster


def retell_roster(*, roster: RosterImport, by: User) -> bool:
    """Compares a roster that waits once more, for a reader of another language than its sentences were written in; says
    whether it did. What was carried out stays told as it was."""
    if roster.applied_at or roster.language == get_language() or not can_import(by, roster.unit):
        return False
    with transaction.atomic():
        roster = _locked(roster)
        if not roster.applied_at:
            _keep(roster, _planner(roster.unit, _content(roster), roster.valid_from, by).run())
    return True


@transaction.atomic
def apply_roster(*, roster: RosterImport, by: User | None) -> RosterImport:
    """Carries the roster out as it was shown: every row without errors, in one transaction, once.

    When the school has changed since the preview, so that a row would now do something else, nothing is carried out:
    the fresh preview is kept, `applied_at` stays empty and `notes` says so. Raises PermissionDenied or Refused.
    """
    roster = _locked(roster)
    if roster.applied_at:
        return roster
    Unit.objects.select_for_update(of=("self",)).get(pk=roster.unit_id)  # one import at a time for a school
    planner = _planner(roster.unit, _content(roster), roster.valid_from, by)
    shown = [
        (row.number, row.outcome, [[change["field"], change["new"]] for change in row.changes])
        for row in roster.rows.order_by("number")
    ]
    with transaction.atomic():
        plan = planner.run(save=True)
        is_stale = [planned.signature() for planned in plan.rows] != shown
        if is_stale or plan.failures:
            transaction.set_rollback(True)
    if plan.failures:
        raise Refused(plan.failures[0])
    if is_stale:
        plan.reading.notes.insert(0, _("The school has changed since this preview was made. Look at it again."))
        plan.forget_new_people()
    elif not any(planned.outcome in ("new", "changed") for planned in plan.rows):
        raise Refused(_("There is nothing to take over in this roster."))
    else:
        roster.applied_at, roster.applied_by = timezone.now(), by
        plan.carried_out()
    _keep(roster, plan)
    return roster


def _locked(roster: RosterImport) -> RosterImport:
    return RosterImport.objects.select_for_update(of=("self",)).select_related("unit__kind", "file").get(pk=roster.pk)


def _content(roster: RosterImport) -> bytes:
    with roster.file.content.open("rb") as file:
        return file.read()


def _planner(unit: Unit, content: bytes, valid_from: date, by: User | None) -> Planner:
    if by is None:
        return Planner(unit, content, valid_from=valid_from)
    can_import(by, unit).or_raise()
    return Planner(unit, content, valid_from=valid_from, may_name_heads=bool(can_govern(by, unit)))


def _keep(roster: RosterImport, plan: Plan) -> None:
    roster.sheet = plan.reading.sheet[:60]
    roster.columns = [list(column) for column in plan.reading.columns.items()]
    roster.notes = plan.reading.notes
    roster.language = get_language() or ""
    roster.save()
    roster.rows.all().delete()
    ImportRow.objects.bulk_create(
        ImportRow(
            roster=roster,
            number=planned.row.number,
            outcome=planned.outcome,
            raw=planned.row.raw,
            values=planned.row.values,
            changes=planned.changes,
            messages=planned.row.messages,
            user=planned.person.user if planned.person else None,
        )
        for planned in plan.rows
    )
