"""`manage.py texts`: the interface texts, see core.texts."""

from django.core.management.base import BaseCommand, CommandError

from core import texts


class Command(BaseCommand):
    """Collects the texts into locale/; --compile makes what Django reads; --check only tells what is wrong."""

    help = "Collect the interface texts into locale/, compile them, or check that all are translated."
    requires_system_checks = ()

    def add_arguments(self, parser):
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--check", action="store_true", help="say what is missing and fail; write nothing")
        group.add_argument("--compile", action="store_true", help="make the .mo files")

    def handle(self, *, check: bool = False, compile: bool = False, **options):
        if compile:
            for language in texts.languages():
                texts.compile_file(language)
            return
        collected = texts.collect()
        if check:
            found = [problem for language in texts.languages() for problem in texts.problems(language, collected)]
            for problem in found:
                self.stderr.write(problem)
            if found:
                raise CommandError(f"{len(found)} problems")
            self.stdout.write(f"{len(collected)} texts, all translated")
            return
        for language in texts.languages():
            changed = texts.update(language, collected)
            self.stdout.write(f"{language}: {len(collected)} texts, {'changed' if changed else 'as before'}")
