"""The first administrator of an empty installation."""

import getpass
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from people.actions.installation import create_administrator, top_unit
from people.models import UnitKind

NAME_OF_UNIT = "Name of the topmost unit (kind: %s; another one with --unit-kind): "


class Command(BaseCommand):
    help = (
        "Makes an administrator of the topmost unit (made too when there is none). Prints a one-time activation code, "
        "or asks for a password with --ask-password. Asks for what is not given."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--username", help="user name to sign in with")
        parser.add_argument("--name", help="full name of the person")
        parser.add_argument("--unit-name", help="name of the topmost unit, when there is none yet")
        parser.add_argument(
            "--unit-kind",
            default="commune",
            help="its kind when it is made: ministry, province, area, district, commune (if not given), school",
        )
        parser.add_argument("--ask-password", action="store_true", help="ask for a password instead of making a code")

    def handle(self, *args, **options) -> None:
        kind, was_there = options["unit_kind"], top_unit() is not None
        unit_name = "" if was_there else options["unit_name"] or self._ask(NAME_OF_UNIT % kind)
        username = options["username"] or self._ask("User name: ")
        full_name = options["name"] or self._ask("Full name: ")
        password = self._ask_password() if options["ask_password"] else ""
        try:
            user, unit, slip = create_administrator(
                username=username,
                full_name=full_name,
                unit_name=unit_name,
                kind=kind,
                password=password,
            )
        except UnitKind.DoesNotExist as error:
            kinds = ", ".join(UnitKind.objects.values_list("code", flat=True))
            raise CommandError(f"There is no kind of unit “{kind}”. Kinds: {kinds}") from error
        self.stdout.write(
            f"{user.full_name} ({user.username}) is administrator of {unit.name} ({unit.code}, kind: {unit.kind_id})."
        )
        if not was_there:
            self.stdout.write("This unit is new. Only an empty installation lets you choose another kind: --unit-kind.")
        if slip:
            self.stdout.write(f"Open {settings.SITE_URL}{reverse('people:activate')}")
            self.stdout.write(f"User name: {user.username}   Activation code: {slip.code}")
            self.stdout.write(f"The code can be used once, until {slip.expires_at:%d/%m/%Y}.")

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"{question.rstrip(': ')} is missing. See --help.")
        while not (answer := input(question).strip()):
            pass
        return answer

    def _ask_password(self) -> str:
        while True:
            password = getpass.getpass("Password: ")
            try:
                validate_password(password)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            if getpass.getpass("Password again: ") == password:
                return password
            self.stderr.write("The two passwords differ.")
