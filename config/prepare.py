"""What `make run` does before anything is started: texts, tables, frameworks, the demo commune, static files.

    python -m config.prepare

Progress goes to stderr; the demo accounts, or how to make the first administrator, go to stdout. Every step may be
repeated.
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
    else:
        print(how_to_begin())
    if not settings.DEBUG and not static_files_are_fresh():
        step("static files")
        quietly("collectstatic", interactive=False, verbosity=0)


def how_to_begin() -> str:
    """What to type where nobody can sign in yet; empty as soon as there is an administrator."""
    from people.queries import has_administrator

    if has_administrator():
        return ""
    return (
        "There is no administrator yet. Make the first one, in another terminal:\n"
        "  .venv/bin/python manage.py create_administrator"
    )


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
