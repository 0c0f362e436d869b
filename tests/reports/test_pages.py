"""Where documents break: nothing to sign stands alone, heads repeat, and no drawing is cut off by the edge of a page."""

import re

import pytest

from core.charts.drawing import Drawing, Table, Text
from reports.drawings import PAGE, in_pieces
from tests.reports import papers


def people_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"Người (\d+)", page)]


@pytest.mark.parametrize("teachers", [1, 3, 14, 16, 31])
def test_the_totals_and_signatures_of_form_04_stand_below_at_least_two_teachers(teachers):
    pages = papers.pages_of(papers.school_paper(teachers))
    last = pages[-1]
    assert last.index("Tổng hợp") < last.index("HIỆU TRƯỞNG") < last.index("Mã kiểm tra nội dung")
    assert len(people_on(last.split("Tổng hợp")[0])) >= min(2, teachers)
    assert all("Họ và tên" in page and people_on(page) for page in pages), "every page has its head and somebody below"
    assert [number for page in pages for number in people_on(page)] == list(range(1, teachers + 1))


def test_form_04_of_two_teachers_is_one_page():
    assert len(papers.pages_of(papers.school_paper(2))) == 1


def test_form_04_of_teachers_with_long_names_of_groups_breaks_as_well():
    group = "Tổ Khoa học tự nhiên, Công nghệ và Giáo dục thể chất của hai cơ sở"
    last = papers.pages_of(papers.school_paper(9, group=group))[-1]
    assert len(people_on(last.split("Tổng hợp")[0])) >= 2


@pytest.mark.parametrize("length", [1, 4])
def test_the_signature_of_form_01_stands_below_the_result_and_what_was_said(length):
    words = " ".join([papers.NOTE] * length)
    last = papers.pages_of(papers.form_paper(9, words=words))[-1]
    assert last.index("Xếp loại kết quả đánh giá") < last.index("NGƯỜI TỰ ĐÁNH GIÁ") < last.index("Mã kiểm tra")
    assert "đầu năm học." in last.split("Xếp loại kết quả đánh giá")[0]


@pytest.mark.parametrize("happened", [1, 14, 40])
def test_the_signatures_of_the_result_sheet_stand_below_what_happened_last(happened):
    pages = papers.pages_of(papers.sheet_paper(happened))
    last = pages[-1]
    assert "Mã kiểm tra nội dung" in last
    above = re.findall(r"Việc thứ (\d+)", last.split("GIÁO VIÊN")[0])
    assert len(above) >= min(2, happened)
    assert above[-1] == str(happened)
    began = next(page for page in pages if "Diễn biến" in page)
    assert "Việc thứ 1" in began.split("Diễn biến")[1], "the heading stays with its first lines"


@pytest.mark.parametrize("schools", [1, 12, 40])
def test_every_page_of_the_aggregate_has_rows_or_bars_and_each_table_its_heading(schools):
    pages = papers.pages_of(papers.aggregate_paper(schools, "en"))
    for number, page in enumerate(pages, start=1):
        assert len(re.findall(r"Trường \d+|\b1?\d\. [A-Z]\w+", page)) >= 2, f"page {number} of {len(pages)}"
    for title, first in (
        ("Completion, in numbers", "Trường 1"),
        ("Overall results, in numbers", "Trường 1"),
        ("Results by criterion, in numbers", "1. "),
    ):
        page = next(page for page in pages if title in page)
        assert first in page.split(title)[1]
    by_criterion = next(page for page in pages if "Results by criterion, in numbers" in page)
    assert "15. " in by_criterion.split("Results by criterion, in numbers")[1], "fifteen criteria stay together"
    assert pages[-1] is by_criterion
    assert "How to read the figures" in by_criterion


@pytest.mark.parametrize("rows", [0, 1, 2, 7, 22, 23, 24, 90, 101])
def test_a_drawing_higher_than_a_page_is_made_in_pieces(rows):
    def draw(some):
        shapes = tuple(Text(0, 0, str(number)) for number in some)
        return Drawing(660, 20 + 40 * len(some), "", "", shapes, Table((), ()))

    pieces = in_pieces(range(rows), draw, PAGE)
    assert all(piece.height <= PAGE for piece in pieces)
    assert [shape.text for piece in pieces for shape in piece.shapes] == [str(number) for number in range(rows)]
    sizes = [len(piece.shapes) for piece in pieces]
    assert max(sizes) - min(sizes) <= 1


def test_one_row_higher_than_a_page_is_a_piece_of_its_own():
    pieces = in_pieces([1, 2], lambda some: Drawing(660, 950.0 * len(some), "", "", (), Table((), ())), PAGE)
    assert [piece.height for piece in pieces] == [950, 950]
