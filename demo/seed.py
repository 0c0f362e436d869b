"""Making the demo, once: places, people, cycles, pairs, reports. Everything of it is fictional."""

import io

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from demo.cycles import VERSION, make_cycles, school_year
from demo.pairs import make_pairs
from demo.papers import Archive
from demo.people import make_people
from demo.places import make_places
from demo.planner import OURS, count_rows
from evaluations.enums import CycleStatus
from evaluations.models import Cycle
from files.models import StoredFile
from people.models import Unit, User
from reports.actions.building import build
from reports.actions.requests import request_report
from reports.enums import ReportKind
from standards.actions import load_pack
from standards.queries import forget, framework_data, pack_of, version_by_code, versions_of_the_installation

KEPT = ("people_unitkind",)
"""Tables that migrations filled."""

PROVINCE, COMMUNE = "tinh-song-mo", "xa-cau-vong"


def is_seeded() -> bool:
    """Whether the demo's province is there."""
    return Unit.objects.filter(code=PROVINCE).exists()


def is_stale() -> bool:
    """Whether the demo was made so long ago that the deadlines of its open cycle have passed."""
    open_cycles = Cycle.objects.filter(owner__code=COMMUNE, status=CycleStatus.OPEN)
    return open_cycles.filter(decision_due__lt=timezone.localdate()).exists()


def seed() -> bool:
    """Makes the whole demo, all or nothing but the reports. False, and nothing written, when it is there already."""
    if is_seeded():
        return False
    archive = Archive()
    try:
        _make(archive)
    except Exception:
        archive.discard()
        raise
    count_rows()
    _reports()
    return True


@transaction.atomic
def _make(archive: Archive) -> None:
    version = version_by_code(VERSION)
    if version is None:
        call_command("load_packs", stdout=io.StringIO())
        version = version_by_code(VERSION)
    units = make_places()
    named, gone = make_people(units)
    make_cycles(units, named, framework_data(version), archive)
    make_pairs(units, named, version)
    User.objects.filter(pk__in=[person.pk for person in gone]).update(is_active=False)


def _reports() -> None:
    """Two reports the officer has asked for, made here and now as the worker would."""
    cycle = Cycle.objects.get(code=f"gv-{school_year(2)[1]}")
    facts = {"cycle": cycle, "unit": Unit.objects.get(code=COMMUNE), "language": "vi"}
    officer = User.objects.get(username="officer")
    for kind in (ReportKind.AGGREGATE_PDF, ReportKind.AGGREGATE_XLSX):
        build(request_report(kind=kind, by=officer, **facts).pk)


@transaction.atomic
def reset() -> None:
    """Throws away every person, unit, cycle, file, pairing, report and draft of this database, and the frameworks that
    people published; those that came with the installation are put back.

    TRUNCATE, because events and published frameworks refuse to be deleted row by row.
    """
    packs = [pack_of(version) for version in versions_of_the_installation()]
    keys = list(StoredFile.objects.values_list("content", flat=True))
    tables = [
        model._meta.db_table
        for label in (*OURS, "standards")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.db_table not in KEPT
    ]
    tables += ["account_emailaddress", "account_emailconfirmation", "django_session"]
    quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
    connection.check_constraints()  # deferred checks of this transaction would be in the way
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY")
    forget()
    for pack in packs:
        load_pack(pack=pack)
    transaction.on_commit(lambda: [default_storage.delete(key) for key in keys])
