"""The set-up names what is missing in one line with the command to type."""

import subprocess

import pytest

from scripts import setup


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine without Pango, browser and Redis, and a person without root."""

    def refuse(name):
        raise OSError(name)

    monkeypatch.setattr(setup.ctypes, "CDLL", refuse)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None if name in (*setup.BROWSERS, "redis-server") else name)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(setup, "install_packages", lambda kind: pytest.fail("nothing may be installed yet"))


def test_an_ordinary_user_is_told_what_to_type(bare_machine):
    with pytest.raises(SystemExit) as ended:
        setup.main("dev")
    line = str(ended.value)
    assert "\n" not in line
    packages = f"libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 {setup.browser_package()} redis-server"
    assert line.endswith(f"Please type: sudo apt-get install --yes {packages}")


def test_running_needs_neither_browser_nor_redis(bare_machine):
    assert setup.missing_packages("run") == ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]


def test_root_installs_after_a_look_at_the_lists(bare_machine, monkeypatch):
    typed = []

    def fake(command, **options):
        typed.append(" ".join(command))
        return subprocess.CompletedProcess(command, 100 if len(typed) == 1 else 0, "", "")

    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.subprocess, "run", fake)
    setup.install_system(["redis-server"])
    install = "apt-get install --yes --no-install-recommends redis-server"
    assert typed == [install, "apt-get update", install]


def test_nothing_is_missing_here():
    assert setup.missing_packages("dev") == []
