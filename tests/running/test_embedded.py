"""What is filled in when the environment says nothing."""

import os

import pytest

from config import embedded


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """An environment that says nothing but where to keep things."""
    for name in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_secret_is_made_once_and_private(bare, monkeypatch):
    monkeypatch.setattr("sys.argv", ["manage.py", "help"])
    assert embedded.prepare_environment() is None
    secret = os.environ["SECRET_KEY"]
    assert len(secret) >= 40
    assert (bare / "secret-key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SECRET_KEY", "")
    embedded.prepare_environment()
    assert os.environ["SECRET_KEY"] == secret


def test_given_values_are_left_alone(bare, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setenv("DATABASE_URL", "postgres://given/one")
    assert embedded.prepare_environment() is None
    assert embedded.prepare_test_environment() is None
    assert os.environ["SECRET_KEY"] == "given"
    assert os.environ["DATABASE_URL"] == "postgres://given/one"
    assert not bare.exists()


def test_links_of_commands_lead_to_the_running_product(bare, monkeypatch):
    bare.mkdir()
    (bare / "address").write_text("http://127.0.0.1:9000")
    monkeypatch.setattr("sys.argv", ["manage.py", "help"])
    monkeypatch.delenv("SITE_URL", raising=False)
    embedded.prepare_environment()
    assert os.environ.pop("SITE_URL") == "http://127.0.0.1:9000"


def test_a_place_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"chuan: .*cannot be made"):
        embedded.own_folder(tmp_path / "file" / "data")
