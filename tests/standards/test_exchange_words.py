"""The words of a workbook: distinct in every language, understood in any, days in every spelling."""

import pytest
from django.utils import translation

from standards.exchange import words
from standards.exchange.columns import FIELDS, SHEETS


@pytest.mark.parametrize(
    "choices", ["YES_NO", "GROUPS", "CONDITIONS", "MISSING", "KINDS", "ROLES", "PURPOSES", "STATUSES"]
)
def test_words_of_a_list_differ_in_every_language(choices):
    found = getattr(words, choices)
    for language in words.languages():
        with translation.override(language):
            keys = [words.word_key(str(word)) for word in found.values()]
        assert len(set(keys)) == len(keys), f"{choices} in {language}"
    for code, word in found.items():
        assert all(words.choice(form, found) == code for form in words.in_every_language(word))


@pytest.mark.parametrize("key", FIELDS)
def test_titles_of_a_sheet_differ_in_every_language(key):
    for language in words.languages():
        with translation.override(language):
            titles = [words.word_key(str(item.title)) for item in FIELDS[key] if item.per in ("", "language")]
        assert len(set(titles)) == len(titles), f"{key} in {language}: {titles}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sheets_differ_in_every_language(language):
    with translation.override(language):
        assert len({words.word_key(str(name))[:31] for name in SHEETS.values()}) == len(SHEETS)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("22/8/2018", "2018-08-22"), ("22-08-2018", "2018-08-22"), ("2018-08-22", "2018-08-22"), (43334, "2018-08-22"),
        ("ngày 22 tháng 8 năm 2018", "2018-08-22"), ("2018", "2018-01-01"), (2018.0, "2018-01-01"), ("31/2/2018", "31/2/2018"),
        ("soon", "soon"), (None, ""),
    ],
)  # fmt: skip
def test_days(written, read_as):
    assert words.day(written) == read_as
