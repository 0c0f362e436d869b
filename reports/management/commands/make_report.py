"""manage.py make_report KIND --cycle CODE --unit CODE [--person USERNAME] [--lang vi] --out FILE"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.decisions import Refused
from people.enums import Place
from reports import kinds
from reports.enums import OFFICIAL, PERSONAL, ReportKind
from reports.policies import can_request, has_content
from reports.queries import find_subject


class Command(BaseCommand):
    help = "Makes one document here and now, by the same code as the worker, and writes it to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=ReportKind.values, metavar="KIND", help=", ".join(ReportKind.values))
        parser.add_argument("--cycle", required=True, help="the cycle's code")
        parser.add_argument("--unit", required=True, help="the code of the school or office")
        parser.add_argument("--person", default="", help="user name; needed for documents about one person")
        parser.add_argument(
            "--lang", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES]
        )
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = ReportKind(options["kind"])
        if (kind in PERSONAL) != bool(options["person"]):
            raise CommandError("--person is needed for documents about one person, and only for those.")
        try:
            found = find_subject(cycle=options["cycle"], unit=options["unit"], person=options["person"])
            subject = kinds.Subject(kind, found.cycle, found.unit, found.evaluation, options["lang"], found.reader)
            if kind not in OFFICIAL:
                may = can_request(found.reader, kind, cycle=found.cycle, unit=found.unit, evaluation=found.evaluation)
                may.or_raise()
            elif found.unit.kind.place != Place.OFFICE:
                raise CommandError(f"{found.unit.name} is a school; an aggregate is about an office.")
            else:
                has_content(found.reader, kind, cycle=found.cycle, unit=found.unit).or_raise()
            document = kinds.make(subject)
            options["out"].write_bytes(document.data)
        except (LookupError, PermissionDenied, Refused) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{options['out']}: {document.name}, {len(document.data)} bytes, {document.stamp[:16]}")
