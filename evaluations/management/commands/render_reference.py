from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evaluations.reference import PAGES


class Command(BaseCommand):
    help = "Writes docs/reference/ from the code; --check only says whether it is fresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *, check: bool, **options) -> None:
        root = Path(settings.BASE_DIR)
        for name, render in PAGES.items():
            page, text = root / name, render()
            if check and (not page.exists() or page.read_text() != text):
                raise CommandError(f"{name} is stale: run manage.py render_reference")
            if not check:
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(text)
