from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.accounts import ACCOUNTS, PASSWORD
from demo.seed import reset, seed


class Command(BaseCommand):
    help = "Makes the demo commune with its people and cycles; run again, it changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset",
            action="store_true",
            help="throw all people, units and cycles away first",
        )
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument(
            "--force",
            action="store_true",
            help="also on an installation that is not a demo",
        )

    def handle(self, *args, **options):
        if not options["accounts"]:
            self._make(**options)
        width = max(len(account.username) for account in ACCOUNTS)
        self.stdout.write(f"Demo accounts, password of all: {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<{width}}  {account.full_name:<16}  {account.about}")

    def _make(self, *, reset: bool, force: bool, **_options) -> None:
        if not (settings.DEMO or settings.DEBUG or force):
            raise CommandError("This is not a demo installation: set DEMO=1, or say --force.")
        if reset:
            throw_away()
        made = seed()
        self.stdout.write("The demo commune is ready." if made else "The demo commune is there already.")


throw_away = reset
