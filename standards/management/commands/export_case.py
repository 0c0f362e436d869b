"""manage.py export_case: a published framework, or a draft, as a CFPackage of CASE 1.1."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from standards.case.outgoing import draft_package_json, package_json
from standards.case.queries import draft_named, version_named
from standards.packs_check import check


class Command(BaseCommand):
    help = "Write the CASE 1.1 package of a published version (by its code or identifier) or of a draft."

    def add_arguments(self, parser):
        parser.add_argument("version", nargs="?", help="the code of a version, or the identifier of its CFDocument")
        parser.add_argument("--draft", help="instead: the identifier of a draft")
        parser.add_argument("--output", type=Path, help="the file to write (default: the standard output)")

    def handle(self, *args, version, draft, output, **options):
        if bool(version) == bool(draft):
            raise CommandError(_("Name a version or, with --draft, a draft."))
        text = json.dumps(self.of_draft(draft) if draft else self.of_version(version), ensure_ascii=False, indent=1)
        if output:
            output.write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)

    def of_version(self, name: str) -> dict:
        version = version_named(name)
        if version is None:
            raise CommandError(_("There is no published version “%(name)s”.") % {"name": name})
        return package_json(version)

    def of_draft(self, name: str) -> dict:
        draft = draft_named(name)
        if draft is None:
            raise CommandError(_("There is no draft “%(name)s”.") % {"name": name})
        if problems := check(draft.content):
            raise CommandError("\n".join([_("The draft has problems:"), *map(str, problems)]))
        return draft_package_json(draft)
