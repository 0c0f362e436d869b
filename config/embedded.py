"""Fills in what the environment leaves open, so that the product can be tried, developed and tested without a server.

- SECRET_KEY: made once and kept in DATA_DIR/secret-key, readable by its owner alone.
- DATABASE_URL: an embedded PostgreSQL under DATA_DIR, shared by every process that comes here, stopped with the last.
- SITE_URL: the address of the last `make run`, with its port.
- REDIS_URL stays empty: config.celery then keeps the job queue in files under DATA_DIR.

With DATABASE_URL and SECRET_KEY given, as in the containers, nothing happens here.
"""

import atexit
import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

from config.embedded_postgres import FOR_TESTS, EmbeddedError, Server, start
from config.env import env

#: Commands that never ask the database; they need not wait for it.
WITHOUT_DATABASE = {
    "rate",
    "what_would_it_take",
    "texts",
    "collectstatic",
    "findstatic",
    "help",
    "version",
    "--help",
    "--version",
    "-h",
}


def prepare_environment() -> Server | None:
    """Sets SECRET_KEY and DATABASE_URL where missing; the embedded server stops when its last user ends.

    Ends the process with one clear line when the embedded server cannot be had.
    """
    place = Path(env("DATA_DIR"))
    if not env("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(place)
    address = place / "address"  # where `make run` serves, for the links that a command prints
    if "SITE_URL" not in os.environ and address.exists():
        os.environ["SITE_URL"] = address.read_text()
    if env("DATABASE_URL") or (len(sys.argv) > 1 and sys.argv[1] in WITHOUT_DATABASE):
        return None
    return use(place)


def prepare_test_environment() -> Server | None:
    """DATABASE_URL of an empty, forgetful server of this run's own, unless one is given; deleted with the run."""
    if env("DATABASE_URL"):
        return None
    place = Path(tempfile.mkdtemp(prefix="chuan-test-"))
    place.chmod(0o755)  # the user that the server runs as may have to pass; what lies inside is private by itself
    return use(place, settings=FOR_TESTS, remove=True)


def use(place: Path, *, settings: tuple[str, ...] = (), remove: bool = False) -> Server:
    """Starts or joins the server of `place`, sets DATABASE_URL and lets go of the server when this process ends."""
    try:
        server = start(own_folder(place), settings=settings, remove=remove)
    except EmbeddedError as error:
        sys.exit(f"chuan: {error}")
    os.environ["DATABASE_URL"] = server.url
    owner = os.getpid()

    def let_go() -> None:
        if os.getpid() == owner and server.guardian is not None and server.users >= 0:
            server.release()

    atexit.register(let_go)
    return server


def own_folder(place: Path) -> Path:
    """`place`, made if it was missing; ends the process with one clear line when we may not write there."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"chuan: {place} cannot be made: {error.strerror}")
    if not os.access(place, os.W_OK | os.X_OK):
        sys.exit(f"chuan: {place} belongs to another user: work as that user, or set DATA_DIR to a folder of your own")
    return place


def secret_key(place: Path) -> str:
    """The key of this installation, made on first use."""
    path = own_folder(place) / "secret-key"
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=place, prefix="secret-key-")  # readable by us alone
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # whole or not at all; who comes second takes the first one's
        os.unlink(draft)
    return path.read_text().strip()
