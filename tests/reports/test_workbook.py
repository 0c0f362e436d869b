"""The aggregate as a workbook: numbers that are numbers, texts that are texts."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from reports import kinds
from reports.aggregates import Line
from reports.documents.pages import Made
from reports.documents.workbook import aggregate_workbook
from reports.enums import ReportKind
from reports.summaries.aggregate import aggregate
from tests.factories.evaluations import CycleFactory

pytestmark = pytest.mark.django_db


def workbook(w, **subject):
    figures = aggregate(w.cycle, subject.get("unit", w.commune), "en")
    return load_workbook(io.BytesIO(aggregate_workbook(figures, Made("ab" * 32, date(2026, 11, 21)))))


def values(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_four_sheets_with_frozen_heads(world):
    book = workbook(world)
    assert book.sheetnames == ["Completion", "Overall results", "By criterion", "Notes"]
    assert all(book[name].freeze_panes == "B2" for name in book.sheetnames[:3])


def test_completion_in_full(world):
    assert values(workbook(world)["Completion"])[1:] == [
        [world.school.name, 4, 3, 0.75, 1, 1, 0.25, 0],
        [world.other_school.name, 1, 1, 1, 1, 1, 1, 0],
        ["Together", 5, 4, 0.8, 2, 2, 0.4, 0],
    ]
    sheet = workbook(world)["Completion"]
    assert (sheet["B2"].number_format, sheet["D2"].number_format) == ("#,##0", "0.0%")


def test_small_numbers_are_stars(world):
    sheet = workbook(world)["Overall results"]
    assert values(sheet)[0][:6] == ["School", "Not met", "Satisfactory", "Good", "Very good", "Rated"]
    assert all(cell in ("*", 0) for row in values(sheet)[1:] for cell in row[1:5])
    assert [row[5] for row in values(sheet)[1:]] == [1, 1, 2]


def test_shares_of_nobody_are_no_numbers(world):
    figures = aggregate(world.cycle, world.commune, "en")
    nobody = Line("Nobody yet", 0, (0, 0, 0, 0))
    figures = replace(figures, published=replace(figures.published, overall=nobody))
    book = load_workbook(io.BytesIO(aggregate_workbook(figures, Made("ab" * 32, date(2026, 11, 21)))))
    assert values(book["Overall results"])[-1] == ["Together", 0, 0, 0, 0, 0, "–", "–", "–", "–"]


def test_a_name_is_never_a_formula(world):
    for name in ("=1+1", "+84 Trường", "-Trường", "@Trường", '=HYPERLINK("http://example.org")'):
        world.school.name = name
        world.school.save()
        cell = workbook(world)["Completion"]["A2"]
        assert (cell.value, cell.data_type) == (f"'{name}", "s")


def test_the_notes_name_denominators_threshold_and_day(world):
    notes = {name: text for name, text in values(workbook(world)["Notes"]) if name != "Note"}
    assert notes["Made on"] == "21 November 2026"
    assert notes["Smallest number shown"] == "3"
    assert notes["Fingerprint of the content"] == "ABAB ABAB ABAB ABAB"
    texts = [text for name, text in values(workbook(world)["Notes"]) if name == "Note"]
    assert any("people rated" in text for text in texts)
    assert any("Numbers from 1 to 2 are hidden" in text for text in texts)


def test_a_cycle_without_schools_has_an_empty_workbook_not_an_error(world):
    world.cycle = CycleFactory(owner=world.commune, created_by=world.officer)
    assert values(workbook(world)["Completion"])[1:] == [["Together", 0, 0, "–", 0, 0, "–", 0]]
    for kind in (ReportKind.AGGREGATE_PDF, ReportKind.AGGREGATE_XLSX):
        subject = kinds.Subject(kind, world.cycle, world.commune, None, "en", world.officer)
        assert kinds.make(subject).data
