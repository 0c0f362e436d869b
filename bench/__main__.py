"""python -m bench [pages] [documents] [rating] [case] [recount] [nation]: one line a figure, `name value unit`, then what holds.

Everything is measured side by side in this run, on a database of its own: an embedded one, or a scratch database on the
server of DATABASE_URL that is dropped at the end. NATION=1 adds the million teachers.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

PARTS = ("pages", "documents", "rating", "case", "recount", "nation")


def main() -> int:
    wanted = [part for part in sys.argv[1:] if part in PARTS]
    unknown = [part for part in sys.argv[1:] if part not in PARTS]
    if unknown:
        sys.exit(f"bench: unknown part {unknown[0]}; there are {', '.join(PARTS)}")
    wanted = wanted or [part for part in PARTS if part != "nation" or os.environ.get("NATION") == "1"]
    place = Path(tempfile.mkdtemp(prefix="chuan-bench-"))
    os.environ |= {
        "DATA_DIR": str(place),
        "SECRET_KEY": "bench-only-" + "x" * 40,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "REDIS_URL": "",
        "LANGUAGE_CODE": "vi",
    }
    drop = scratch_database(place)
    try:
        return measure(wanted)
    finally:
        drop()
        shutil.rmtree(place, ignore_errors=True)


def scratch_database(place: Path):
    """Points DATABASE_URL at an empty database; answers with what removes it."""
    import psycopg

    from config.embedded import use

    given = os.environ.get("DATABASE_URL", "")
    if not given:
        server = use(place)
        return server.release
    name = f"chuan_bench_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = urlsplit(given)._replace(path=f"/{name}").geturl()

    def drop() -> None:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return drop


def measure(wanted: list[str]) -> int:
    """Makes the data and runs the parts; 0 when everything holds."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import case, data, documents, nation, pages, rating
    from bench.figures import Figures

    figures = Figures()
    if wanted != ["rating"]:
        print("preparing: tables, static files, sixty evaluations", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        world = data.make()
    if "pages" in wanted:
        pages.measure(world, figures)
    if "documents" in wanted:
        documents.measure(world, figures)
    if "rating" in wanted:
        rating.measure(figures)
    if "case" in wanted:
        case.measure(figures)
    if "recount" in wanted:
        nation.measure_recount(world, figures)
    if "nation" in wanted:
        nation.measure(world, figures)
    connection.close()
    print()
    print(figures.table())
    return 0 if figures.all_met else 1


if __name__ == "__main__":
    sys.exit(main())
