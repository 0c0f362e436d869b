"""The generated reference pages are as fresh as the code."""

from pathlib import Path

import pytest
from django.conf import settings

from evaluations.reference import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_reference_page_is_what_the_code_says_today(name: str) -> None:
    assert (Path(settings.BASE_DIR) / name).read_text() == PAGES[name](), "run manage.py render_reference"
