"""make bench: figures of this machine, each beside its floor in the same run. One line a figure: name value unit.

Runs on a database and a data folder of its own, filled with the demo commune, thrown away at the end. NATION=1 adds the
national aggregate (15 million rows).
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="chuan-bench-") as folder:
        Path(folder).chmod(0o755)  # the database may run as another user, who has to pass
        os.environ |= {
            "DATA_DIR": folder,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DEMO": "1",
            "SITE_URL": "http://127.0.0.1",
            "REDIS_URL": "",
        }
        from config import embedded

        server = embedded.prepare_test_environment()
        try:
            measure()
        finally:
            if server is not None:
                server.release()


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    quiet = {"verbosity": 0}
    call_command("migrate", **quiet)
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_packs", stdout=nowhere)
        call_command("seed_demo", stdout=nowhere)
        call_command("collectstatic", interactive=False, stdout=nowhere, **quiet)
    from bench import aggregates, documents, pages, rules
    from bench.figures import show, summary

    parts = [pages.against_the_floor, pages.weights, documents.against_plain, documents.workers, rules.ratings]
    if os.environ.get("NATION") == "1":
        parts.append(aggregates.nation)
    wanted = sys.argv[1:]
    summary([show(figure) for part in parts if not wanted or part.__name__ in wanted for figure in part()])


if __name__ == "__main__":
    main()
