"""What was typed into a request, and files as answers."""

from urllib.parse import quote

import pytest

from core.http import attachment, posted_number


@pytest.mark.parametrize("text", [None, "", "-1", "1.0", " 1", "²", "٣", "7" * 10, "7" * 5000])
def test_what_is_no_small_number_is_the_default(text):
    assert (posted_number(text), posted_number(text, None)) == (0, None)


def test_small_numbers_are_read():
    assert (posted_number("0", None), posted_number("007"), posted_number("999999999")) == (0, 7, 999_999_999)


def test_a_file_is_kept_by_who_asked_for_it_only():
    answer = attachment(b"x", "C-01-errors.xlsx", "text/csv")
    assert answer.content == b"x"
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"] == 'attachment; filename="C-01-errors.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
    assert attachment(b"x", "law.json", "application/json", public=True)["Cache-Control"] == "no-cache"


def test_any_name_of_a_file_fits_into_a_header():
    answer = attachment(b"x", "Phiếu.csv", "text/csv")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Phiếu.csv')}"
    assert attachment(b"x", 'a"b.csv', "text/csv")["Content-Disposition"] == 'attachment; filename="a\\"b.csv"'
