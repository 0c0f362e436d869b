"""manage.py export_framework: a version or a draft as a workbook or as a pack file."""

import json
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from standards.exchange.writing import workbook_of
from standards.models import Draft
from standards.queries import pack_of, version_by_code


class Command(BaseCommand):
    help = "Write a published version (by its code) or a draft (by its id) into a file: a workbook or a pack."

    def add_arguments(self, parser):
        parser.add_argument("code", help="code of a published version, or id of a draft")
        parser.add_argument("file", type=Path, help="the file to write; “-” writes a pack to standard output")
        parser.add_argument("--as", dest="kind", choices=("xlsx", "pack"), help="default: by the file's ending")
        parser.add_argument("--lang", default=None, help="language of the workbook's titles (default: the server's)")

    def handle(self, *args, code, file, kind, lang, **options):
        pack = self._pack(code)
        kind = kind or ("xlsx" if file.suffix.lower() == ".xlsx" else "pack")
        if kind == "pack":
            content = (json.dumps(pack, ensure_ascii=False, indent=2) + "\n").encode()
        else:
            with translation.override(lang or translation.get_language()):
                content = workbook_of(pack)
        if str(file) == "-" and kind == "pack":
            self.stdout.write(content.decode(), ending="")
            return
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        self.stdout.write(str(file))

    def _pack(self, code: str) -> dict:
        if version := version_by_code(code):
            return pack_of(version)
        try:
            draft = Draft.objects.filter(pk=UUID(code)).first()
        except ValueError:
            draft = None
        if draft is None:
            raise CommandError(_("There is no version and no draft “%(code)s”.") % {"code": code}, returncode=2)
        return draft.content
