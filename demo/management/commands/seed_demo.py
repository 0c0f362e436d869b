from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo import seed
from demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Makes the demo commune with its people and cycles; run again, it changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="throw all people, units and cycles away first")
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument("--force", action="store_true", help="also on an installation that is not a demo")

    def handle(self, *args, **options):
        if not options["accounts"]:
            self._make(reset=options["reset"], force=options["force"])
        width = max(len(account.username) for account in ACCOUNTS)
        name_width = max(len(account.full_name) for account in ACCOUNTS)
        self.stdout.write(_("Demo accounts. The password of all: %(password)s") % {"password": PASSWORD})
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<{width}}  {account.full_name:<{name_width}}  {account.about}")

    def _make(self, *, reset: bool, force: bool) -> None:
        if not (settings.DEMO or settings.DEBUG or force):
            raise CommandError(_("This is not a demo installation: set DEMO=1, or say --force."))
        if reset:
            seed.reset()
        if seed.seed():
            self.stdout.write(_("The demo commune is ready."))
            return
        self.stdout.write(_("The demo commune is there already."))
        if seed.is_stale():
            self.stdout.write(_("Its deadlines have passed. To make it anew: manage.py seed_demo --reset"))
