"""What `make run` does before anything is started: texts, tables, frameworks, the demo commune, static files.

    python -m config.prepare

Progress goes to stderr; what `seed_demo` says (the demo accounts) goes to stdout. Every step may be repeated.
"""

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Runs the steps in order; an exception ends the process with its traceback."""
    django.setup()
    step("texts")
    quietly("texts", compile=True)
    step("tables")
    quietly("migrate", interactive=False, verbosity=0)
    step("frameworks")
    quietly("load_packs")
    if settings.DEMO:
        step("demo commune")
        call_command("seed_demo")
    if not settings.DEBUG and not static_files_are_fresh():
        step("static files")
        quietly("collectstatic", interactive=False, verbosity=0)


def step(name: str) -> None:
    """Tells what is being prepared."""
    print(f"preparing: {name}", file=sys.stderr, flush=True)


def quietly(command: str, **options: object) -> None:
    """A management command whose report nobody needs here."""
    with redirect_stdout(io.StringIO()):
        call_command(command, **options)


def static_files_are_fresh() -> bool:
    """Whether the collected files are newer than every source: compressing them again takes seconds."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    lock = Path(settings.BASE_DIR) / "requirements.lock"  # the apps that bring static files of their own
    sources = [lock, *(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*"))]
    return all(path.stat().st_mtime < made for path in sources)


if __name__ == "__main__":
    main()
