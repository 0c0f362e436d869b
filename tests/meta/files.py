"""The files of the repository, for the tests that read them."""

import subprocess
from functools import cache
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
APPS = ("core", "files", "people", "standards", "evaluations", "mentoring", "reports", "demo")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows or would take, relative to the repository; all files where there is no git."""
    command = ["git", "-c", f"safe.directory={BASE}", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=BASE, capture_output=True, check=True, text=True).stdout.split("\0")
        names = [Path(name) for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        ours = (*APPS, "config", "templates", "static", "tests", "docs", "scripts", "bench")
        names = [path.relative_to(BASE) for folder in ours for path in (BASE / folder).rglob("*")]
        names += [path.relative_to(BASE) for path in BASE.iterdir()]
    return tuple(sorted(name for name in names if (BASE / name).is_file()))


def text(name: Path) -> str:
    """The content of a text file of the repository."""
    return (BASE / name).read_text(encoding="utf-8")


def ending(*suffixes: str) -> list[Path]:
    """The tracked files with one of these endings."""
    return [name for name in tracked() if name.suffix in suffixes]
