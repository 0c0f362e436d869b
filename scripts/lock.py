"""Pins what pyproject.toml asks for, with hashes and without naming a package registry (docs/adr/0002).

    python3 scripts/lock.py [--upgrade]

requirements.lock: `make run` · requirements-dev.lock: tests, lint, bench · requirements-server.lock: the container image,
which has a PostgreSQL beside it. Versions already pinned stay unless --upgrade.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
DEV = ["--group", "embedded", "--group", "dev", "--output-file", "requirements-dev.lock"]
RUN = ["--group", "embedded", "--constraint", "requirements-dev.lock", "--output-file", "requirements.lock"]
SERVER = ["--constraint", "requirements-dev.lock", "--output-file", "requirements-server.lock"]


def main(arguments):
    """Makes the three files; uv does the work, in an environment that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        for options in ([*DEV, *arguments], RUN, SERVER):
            command = [f"{folder}/bin/uv", "pip", "compile", "--quiet", "pyproject.toml", "--universal"]
            command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", *options]
            subprocess.run(command, cwd=HERE, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
