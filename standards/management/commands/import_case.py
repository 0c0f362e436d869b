"""manage.py import_case: reads a CASE package of any product; says what it is, makes a draft of it, or publishes it."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.decisions import Refused
from standards.actions import PackRefused, load_pack
from standards.actions.drafts import start_draft
from standards.case.fetching import NotFetched, fetch
from standards.case.importing import Reading, read_package
from standards.case.reading import LARGEST
from standards.enums import DraftOrigin
from standards.packs_check import Problem, check


class Command(BaseCommand):
    help = (
        "Read a CASE package (1.0 or 1.1, of any product). Alone it only says what is in it; with --by USER it becomes a"
        " draft of that person; with --publish it becomes a published framework at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a JSON file, or - for the standard input")
        parser.add_argument("--url", help="instead of a file: the address of a CFPackage on another server")
        parser.add_argument("--allow-fetch", action="store_true", help="allow this command to ask that server")
        parser.add_argument("--allow-private", action="store_true", help="also in a private network or on this machine")
        parser.add_argument("--by", metavar="USER", help="user name of the person who takes the package up")
        parser.add_argument("--publish", action="store_true", help="publish it, whole or not at all")
        parser.add_argument("--code", help="the code of the new version (default: made of the title)")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="the first day in force: 2027-09-01")
        parser.add_argument("--json", action="store_true", help="write one JSON object instead of sentences")

    def handle(self, *args, file, **options):
        reading = self.read(file, options)
        pack = self.adjusted(reading.pack, options) if reading.pack else None
        problems = reading.problems or check(pack)
        report: dict[str, Any] = {
            "ok": not problems,
            "problems": [{"path": problem.path, "sentence": problem.sentence} for problem in problems],
            "notes": reading.notes,
            "code": pack and pack["code"],
            "items": len(reading.package.items) if reading.package else 0,
            "draft": None,
            "version": None,
        }
        if not problems:
            self.take_up(pack, reading, options, report)
        self.tell(report, as_json=options["json"])
        if not report["ok"]:
            sys.exit(1)

    def read(self, file: str | None, options: dict[str, Any]) -> Reading:
        if bool(file) == bool(options["url"]):
            raise CommandError(_("Name a file or, with --url, an address."))
        if options["url"] and not options["allow_fetch"]:
            raise CommandError(_("Asking another server must be allowed: add --allow-fetch."))
        try:
            if options["url"]:
                return read_package(fetch(options["url"], private=options["allow_private"]))
            if file == "-":
                return read_package(sys.stdin.buffer.read(LARGEST + 1))
            with Path(file).open("rb") as content:
                return read_package(content.read(LARGEST + 1))
        except NotFetched as error:
            return Reading(problems=[Problem("", str(error))])
        except OSError as error:
            reason = {"name": file, "reason": error.strerror}
            return Reading(problems=[Problem("", _("%(name)s cannot be read: %(reason)s.") % reason)])

    def adjusted(self, pack: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
        if options["code"]:
            pack = pack | {"code": options["code"]}
        if options["valid_from"]:
            pack = pack | {"valid_from": options["valid_from"].isoformat()}
        return pack

    def take_up(self, pack: dict[str, Any], reading: Reading, options: dict[str, Any], report: dict[str, Any]) -> None:
        by = self.person(options["by"])
        try:
            if options["publish"]:
                version, report["what"] = load_pack(pack=pack, by=by, case=reading.case)
                report["version"] = version.code
            elif by:
                draft = start_draft(by=by, content=pack, origin=DraftOrigin.CASE, case=reading.case)
                report["draft"] = str(draft.pk)
        except PermissionDenied as error:
            raise CommandError(str(error) or _("This person may not do that.")) from error
        except (PackRefused, Refused) as refusal:
            report["ok"] = False
            report["problems"] = [{"path": "", "sentence": str(refusal)}]
            report["problems"] += [{"path": "", "sentence": str(problem)} for problem in refusal.problems]

    def person(self, name: str | None):
        if not name:
            return None
        person = get_user_model().objects.filter(username__iexact=name).first()
        if person is None:
            raise CommandError(_("There is no person with the user name “%(name)s”.") % {"name": name})
        return person

    def tell(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for problem in report["problems"]:
            self.stderr.write(f"{problem['path']}: {problem['sentence']}" if problem["path"] else problem["sentence"])
        for note in report["notes"]:
            self.stdout.write(note)
        if report["version"]:
            self.stdout.write(_("“%(code)s” is published.") % {"code": report["version"]})
        elif report["draft"]:
            self.stdout.write(_("A draft was made: %(draft)s.") % {"draft": report["draft"]})
        elif report["ok"]:
            params = {"code": report["code"], "count": report["items"]}
            self.stdout.write(_("“%(code)s” can be taken up: %(count)s items. Nothing was written.") % params)
        else:
            self.stderr.write(_("Nothing was taken up."))
