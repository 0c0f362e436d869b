"""manage.py load_packs: takes up the framework packs of a folder; what is there already stays as it is."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from standards.actions import PackRefused, load_pack
from standards.case.objects import backfill
from standards.pack_files import PACKS_DIR, PackUnreadable, pack_paths, read_pack


class Command(BaseCommand):
    help = "Publish every framework pack of a folder that is not published yet. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--dir", type=Path, default=PACKS_DIR, help="the folder of packs (default: our own)")

    def handle(self, *args, dir, **options):
        done = {"new": _("published"), "unchanged": _("unchanged"), "ended": _("end of validity updated")}
        paths = pack_paths(dir)
        if not paths:
            raise CommandError(_("There are no packs in %(folder)s.") % {"folder": dir})
        refused = 0
        for path in paths:
            try:
                version, what = load_pack(pack=read_pack(path))
                self.stdout.write(f"{version.code}: {done[what]}")
            except PackUnreadable as error:
                refused += 1
                self.stderr.write(str(error))
            except PackRefused as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
                for problem in error.problems:
                    self.stderr.write(f"  {problem}")
        if written := backfill():
            told = _("%(count)s versions were made readable for other systems.")
            self.stdout.write(told % {"count": written})
        if refused:
            raise CommandError(
                _("%(count)s of %(total)s packs were refused.") % {"count": refused, "total": len(paths)}
            )
