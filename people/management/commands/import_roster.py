"""A school's roster from the command line: the same reading, comparing and saving as in the browser."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.decisions import Refused
from core.spreadsheets import MAX_BYTES, UnreadableFile
from people.actions.rosters import apply_roster, default_valid_from, plan_roster, upload_roster
from people.enums import Place
from people.models import ImportRow, Unit
from people.presenters.rosters import LABELS, words_of
from people.queries import staff_of
from people.roster.plan import Plan


class Command(BaseCommand):
    help = """Reads a school's roster (.xlsx or .csv) and tells what each row would do; with --apply does it.

Rows with errors are never taken over; the others are, in one transaction, unless --strict is given.
Exit codes: 0 the file was read (and carried out with --apply), 1 nothing was carried out because of --strict and
rows with errors, 2 the file cannot be read, the unit does not exist or is no school."""

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="workbook (.xlsx) or CSV (UTF-8 or UTF-16)")
        parser.add_argument("--unit", required=True, help="code of the school")
        parser.add_argument("--apply", action="store_true", help="carry it out")
        parser.add_argument("--strict", action="store_true", help="with --apply: nothing if any row has an error")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
        parser.add_argument(
            "--from",
            dest="valid_from",
            type=date.fromisoformat,
            help="first day of new roles, YYYY-MM-DD; else the first of September for a school without staff, else today",
        )

    def handle(self, *args, **options) -> None:
        with override(settings.LANGUAGE_CODE):
            self._carry_out(**options)

    def _carry_out(self, **options) -> None:
        unit = Unit.objects.select_related("kind").filter(code=options["unit"]).first()
        if unit is None or unit.kind.place != Place.SCHOOL:
            sentence = _("There is no school with the code “%(code)s”.") % {"code": options["unit"]}
            raise CommandError(sentence, returncode=2)
        valid_from = options["valid_from"] or default_valid_from(
            has_staff=staff_of(unit).exists(), today=timezone.localdate()
        )
        content = self._content(options["file"])
        try:
            plan = plan_roster(unit=unit, content=content, valid_from=valid_from, by=None)
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=2) from error
        refused = options["apply"] and options["strict"] and plan.counts()["error"] > 0
        applied = False
        if options["apply"] and not refused:
            applied = self._apply(unit, options["file"].name, content, valid_from, plan)
        if options["json"]:
            answer = plan.as_json(unit) | {"applied": applied}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._print(plan, applied)
        if refused:
            raise CommandError(_("Nothing was carried out: there are rows with errors (--strict)."), returncode=1)

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error

    def _apply(self, unit: Unit, name: str, content: bytes, valid_from: date, plan: Plan) -> bool:
        """True when something was carried out; a roster without news is no error."""
        counts = plan.counts()
        if not counts["new"] + counts["changed"]:
            return False
        try:
            roster = upload_roster(unit=unit, name=name, content=content, valid_from=valid_from, by=None)
            return apply_roster(roster=roster, by=None).applied_at is not None
        except Refused as error:
            raise CommandError(str(error), returncode=1) from error

    def _print(self, plan: Plan, applied: bool) -> None:
        self.stdout.write(f"{plan.reading.sheet}")
        for note in plan.reading.notes:
            self.stdout.write(f"  {note}")
        for planned in plan.rows:
            if planned.outcome == "unchanged" and not planned.row.messages:
                continue
            outcome = str(ImportRow.Outcome(planned.outcome).label)
            self.stdout.write(f"{planned.row.number:>5}  {outcome:<14}  {planned.row.values['full_name']}")
            for change in planned.changes:
                old, new = (words_of(change["field"], change[side]) for side in ("old", "new"))
                self.stdout.write(f"       {LABELS[change['field']]}: {old} → {new}")
            for message in planned.row.messages:
                level = _("Error") if message["level"] == "error" else _("Please note")
                self.stdout.write(f"       {level}: {message['text']}")
        counts = ((ImportRow.Outcome(outcome).label, count) for outcome, count in plan.counts().items())
        self.stdout.write(", ".join(f"{label}: {count}" for label, count in counts))
        if plan.missing:
            names = ", ".join(person.full_name for person in plan.missing)
            self.stdout.write(_("No longer in the file, left untouched: %(names)s") % {"names": names})
        self.stdout.write(_("Carried out.") if applied else _("Nothing was changed."))
