"""manage.py import_framework: a framework from a workbook, a pack file or a CASE package becomes a draft."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.spreadsheets import UnreadableFile
from people.models import User
from standards.actions.uploads import discard_upload, draft_from_upload, upload_framework
from standards.exchange.files import LIMITS
from standards.models import Upload
from standards.presenters.uploads import lines_of, preview_of


class Command(BaseCommand):
    help = """Read a framework from a file, tell what would change, and make it a draft: the same road as in the browser.

Exit codes: 0 the draft is made (or would be, with --check), 1 the file has problems or is refused, 2 it cannot be read."""

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="workbook (.xlsx), pack file or CASE package (.json)")
        parser.add_argument("--by", required=True, help="user name of the officer whose draft it becomes")
        parser.add_argument("--code", default="", help="another code for the coming version")
        parser.add_argument("--check", action="store_true", help="only tell, make nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args, file, by, code, check, **options):
        user = User.objects.filter(username__iexact=by).first()
        if user is None:
            raise CommandError(_("There is nobody with the user name “%(name)s”.") % {"name": by}, returncode=2)
        answer: dict[str, Any] = {"file": file.name, "kind": "", "problems": [], "notes": [], "draft": None}
        try:
            upload = upload_framework(by=user, name=file.name, content=self._content(file))
            answer |= {"kind": str(upload.kind), "problems": upload.problems, "notes": upload.notes}
            if not upload.problems:
                answer |= self._told(upload)
            if check or upload.problems:
                discard_upload(by=user, upload=upload)
            else:
                answer["draft"] = str(draft_from_upload(by=user, upload=upload, code=code).pk)
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=2) from error
        except (Refused, PermissionDenied) as error:
            raise CommandError(str(error), returncode=1) from error
        self._say(answer, as_json=options["json"])
        if answer["problems"]:
            raise CommandError(_("The file has problems. Correct them and upload it again."), returncode=1)

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(LIMITS.size + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error

    def _told(self, upload: Upload) -> dict[str, Any]:
        preview = preview_of(upload)
        changed = [line for line in lines_of(preview.lines) if line.outcome != "unchanged"]
        return {
            "code": preview.code,
            "counts": preview.counts,
            "changes": [
                {"part": line.kind, "code": line.code, "name": line.name, "outcome": line.outcome} for line in changed
            ],
        }

    def _say(self, answer: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for note in answer["notes"]:
            self.stdout.write(note)
        for problem in answer["problems"]:
            place = " ".join(filter(None, (problem["sheet"], problem["cell"], problem["path"])))
            self.stdout.write(f"{place}: {problem['sentence']}" if place else problem["sentence"])
        for change in answer.get("changes", ()):
            self.stdout.write(f"{change['outcome']:<9} {change['part']} {change['code']} {change['name']}")
        if "counts" in answer:
            self.stdout.write(", ".join(f"{outcome}: {count}" for outcome, count in answer["counts"].items()))
        self.stdout.write(answer["draft"] or _("Nothing was made."))
