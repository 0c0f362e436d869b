"""Interface texts: what was compiled is spoken at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from core import texts

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A word of this test"\nmsgstr "Một từ"\n'


@pytest.fixture
def catalogue(tmp_path, settings, monkeypatch) -> Iterator[Path]:
    """A catalogue of Vietnamese of this test's own, read before it was compiled."""
    path = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(texts, "po_path", lambda language: path)
    with translation.override("vi"):
        assert translation.gettext("A word of this test") == "A word of this test"
    yield path
    translation_file_changed(None, path.with_suffix(".mo"))


def test_a_process_that_has_read_texts_speaks_those_it_compiles(catalogue):
    assert texts.compile_file("vi")
    with translation.override("vi"):
        assert translation.gettext("A word of this test") == "Một từ"
    assert not texts.compile_file("vi"), "nothing changed"
