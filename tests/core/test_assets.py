"""What a browser loads first: small, pinned, ours."""

import hashlib
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SHEETS = sorted(path for path in (STATIC / "css").glob("*.css") if not path.name.startswith("pdf"))  # of pages
BASE = (Path(settings.BASE_DIR) / "templates/base.html").read_text()


def first_load() -> list[Path]:
    """The files base.html asks for, and every module that its script may load."""
    named = [STATIC / path for path in re.findall(r'static "((?:css|js|vendor)/[^"]+)"', BASE)]
    modules = [STATIC / "js" / name for name in re.findall(r'"\./([\w-]+\.js)"', (STATIC / "js/app.js").read_text())]
    return sorted({*named, *modules})


def test_first_load_is_small():
    sizes = {path.name: len(brotli.compress(path.read_bytes())) for path in first_load()}
    assert sum(sizes.values()) < 70_000, sizes  # 100,000 with the sheet and the module of the largest page


def test_vendored_files_are_the_ones_written_down():
    rows = re.findall(
        r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (STATIC / "vendor/VERSIONS.md").read_text(), re.MULTILINE
    )
    files = {path.name for path in (STATIC / "vendor").iterdir()} - {"VERSIONS.md"}
    assert {name for name, _digest in rows} == files
    for name, digest in rows:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_are_layered_and_load_nothing_from_elsewhere(sheet):
    text = sheet.read_text()
    assert "@layer" in text
    assert "http" not in text
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("module", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_modules_load_nothing_from_elsewhere_and_evaluate_nothing(module):
    text = module.read_text()
    assert not re.search(r"https?://|\beval\(|new Function|document\.write", text)
    for name in re.findall(r'["\']\./([\w-]+\.js)["\']', text):
        assert (module.parent / name).exists()


def test_imports_end_as_the_storage_rewrites_them():
    """Static imports need their semicolon, or the hashed name is not written (django.contrib.staticfiles.storage)."""
    for module in (STATIC / "js").glob("*.js"):
        for line in module.read_text().splitlines():
            if line.startswith(("import ", "export ")) and "./" in line and "import(" not in line:
                assert line.rstrip().endswith(";"), f"{module.name}: {line}"


def test_modules_are_served_under_hashed_names(tmp_path, settings):
    """A release never mixes old and new modules: every import names the hash."""
    from core.staticfiles import StaticStorage

    settings.STATIC_ROOT = str(tmp_path)
    names = [str(path.relative_to(STATIC)) for path in (*(STATIC / "js").glob("*.js"), *SHEETS)]
    names += ["vendor/bootstrap.min.css"]
    storage = StaticStorage(location=tmp_path)
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((STATIC / name).read_bytes())
    for _name, _hashed, outcome in storage.post_process({name: (storage, name) for name in names}):
        if isinstance(outcome, Exception):
            raise outcome
    app = (tmp_path / storage.stored_name("js/app.js")).read_text()
    assert re.findall(r'["\']\./([\w.-]+)["\']', app)
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in re.findall(r'["\']\./([\w.-]+)["\']', app))
    layers = (tmp_path / storage.stored_name("css/layers.css")).read_text()
    assert re.search(r"bootstrap\.min\.[0-9a-f]{12}\.css", layers)
