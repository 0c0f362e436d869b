"""The geometry of charts: nothing invented, nothing lost, readable in grey."""

import re
from itertools import pairwise
from pathlib import Path as FilePath

import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from core import palette
from core.charts import columns, heat_map, horizontal_bars, progress_ring, shares, sparkline, stacked_bars
from core.charts.drawing import Path, Rect, Text, contrast, hatch, luminance, mix, wrap

LEVELS = [("CD", "Chưa đạt"), ("D", "Đạt"), ("K", "Khá"), ("T", "Tốt")]
FILLS = [fill for fill, _ink in palette.LEVELS]


def bars_of(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.height == 26]


def words_of(drawing):
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6))
def test_percentages_are_rounded_each_for_itself(counts):
    total = sum(counts)
    result = shares(counts)
    assert all(abs(part - 100 * count / total) <= 0.5 for part, count in zip(result, counts, strict=True) if total)
    assert len({(count, part) for part, count in zip(result, counts, strict=True)}) == len(set(counts))


@given(st.lists(st.integers(0, 300), min_size=4, max_size=4).filter(any))
def test_segments_fill_the_bar_in_the_order_of_levels(counts):
    segments = bars_of(stacked_bars([("School", counts)], LEVELS, title="Results", width=560))
    assert sum(segment.width for segment in segments) == pytest.approx(560)
    assert [FILLS.index(segment.fill) for segment in segments] == [i for i, count in enumerate(counts) if count]
    for left, right in pairwise(segments):
        assert left.x + left.width == pytest.approx(right.x)


def test_a_hidden_distribution_is_hatched_named_and_shows_no_figure():
    drawing = stacked_bars([("Small school", None)], LEVELS, title="Results", hidden="fewer than 5 people")
    assert not [bar for bar in bars_of(drawing) if bar.fill in FILLS]
    assert any(isinstance(shape, Path) for shape in drawing.shapes)
    assert "fewer than 5 people" in words_of(drawing)
    assert drawing.table.rows == (("Small school", *["fewer than 5 people"] * 5),)


def test_nobody_yet_is_said_and_not_drawn_as_a_level():
    drawing = stacked_bars([("New school", (0, 0, 0, 0))], LEVELS, title="Results")
    assert "nobody yet" in words_of(drawing)


def test_the_table_has_the_same_figures():
    drawing = stacked_bars([("School", (1, 4, 18, 9))], LEVELS, title="Results")
    assert drawing.table.head == ("", "Chưa đạt", "Đạt", "Khá", "Tốt", "All")
    assert drawing.table.rows == (("School", "1 (3 %)", "4 (13 %)", "18 (56 %)", "9 (28 %)", "32"),)


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole():
    drawing = horizontal_bars([("A", 10, 40), ("B", 50, 40), ("C", 0, 0)], title="Done", value_head="Done", width=400)
    filled = [shape.width for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill == palette.ACCENT]
    assert filled == [100, 400]
    assert drawing.table.rows == (("A", "10 of 40"), ("B", "50 of 40"), ("C", "0 of 0"))


def test_columns_stand_on_one_line_and_a_hidden_one_has_a_key():
    drawing = columns([("2024", 5), ("2025", None), ("2026", 10)], title="Years", value_head="People", height=200)
    tall = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill == palette.ACCENT]
    assert {shape.y + shape.height for shape in tall} == {200}
    assert tall[1].height == pytest.approx(2 * tall[0].height)
    assert "too few to show" in words_of(drawing)


def test_heat_map_says_each_share_and_hatches_what_is_hidden():
    drawing = heat_map(["1. Ethics"], ["A", "B"], [[0.5, None]], title="At K or above", width=600)
    assert "50 %" in words_of(drawing)
    assert "too few to show" in words_of(drawing)
    assert drawing.table.rows == (("1. Ethics", "50 %", "too few to show"),)


def test_a_heat_map_as_wide_as_it_needs_breaks_no_word_of_its_heads():
    rows = ["4. Planning teaching and education to develop pupils' qualities"]
    drawing = heat_map(rows, ["Not met", "Satisfactory", "Very good"], [[0, 0.5, 0.5]], title="x")
    assert "Satisfactory" in words_of(drawing)


def test_drawings_of_nothing_do_not_fail():
    assert stacked_bars([], LEVELS, title="x").height > 0
    assert horizontal_bars([], title="x", value_head="y").table.rows == ()
    assert columns([], title="x", value_head="y").table.rows == ()
    assert heat_map([], [], [], title="x").table.rows == ()
    assert sparkline([], title="x").shapes == ()
    assert progress_ring(0, 0, title="x").shapes


@pytest.mark.parametrize(("value", "arcs"), [(0, 1), (1, 2), (8, 2), (15, 2), (20, 2)])
def test_ring_has_its_track_and_at_most_one_arc(value, arcs):
    drawing = progress_ring(value, 15, title="Criteria")
    assert len([shape for shape in drawing.shapes if isinstance(shape, Path)]) == arcs


def test_sparkline_stays_inside_its_box():
    line = next(shape for shape in sparkline([3, 9, 1], title="x").shapes if isinstance(shape, Path))
    numbers = [float(number) for number in re.findall(r"[\d.]+", line.d)]
    assert all(0 <= x <= 96 for x in numbers[::2])
    assert all(0 <= y <= 24 for y in numbers[1::2])


@given(st.floats(5, 300), st.floats(5, 300))
def test_hatching_never_leaves_its_rectangle(width, height):
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", hatch(10, 20, width, height).d)]
    assert all(9.9 <= x <= 10.1 + width for x in numbers[::2])
    assert all(19.9 <= y <= 20.1 + height for y in numbers[1::2])


def test_long_names_are_wrapped_and_cut_with_an_ellipsis():
    lines = wrap("Sử dụng phương pháp dạy học và giáo dục theo hướng phát triển phẩm chất", 200, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


# --- colours --------------------------------------------------------------------------------------------------------
def test_levels_hold_in_grey_and_carry_readable_words():
    lightness = [116 * luminance(*(int(fill[i : i + 2], 16) for i in (1, 3, 5))) ** (1 / 3) - 16 for fill in FILLS]
    assert all(lighter - darker > 15 for lighter, darker in pairwise(lightness))
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in palette.LEVELS)


@given(st.floats(0, 1))
def test_every_cell_of_a_heat_map_is_readable(share):
    assert contrast(*mix(share)) >= 4.5


@pytest.mark.parametrize(
    ("of", "tones"), [(1, [4]), (2, [1, 4]), (3, [1, 2, 4]), (4, [1, 2, 3, 4]), (5, [1, 1, 2, 3, 4])]
)
def test_any_scale_ends_in_the_darkest_tone(of, tones):
    assert [palette.tone(position, of) for position in range(1, of + 1)] == tones
    assert palette.tone(0, of) == 0


def test_palette_and_style_sheet_agree():
    sheet = (FilePath(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet))
    for name in ("PAPER", "SURFACE", "INK", "INK_SOFT", "RULE", "RULE_STRONG", "ACCENT", "ACCENT_TINT"):
        assert tokens[name.lower().replace("_", "-")] == getattr(palette, name)
    for place, (fill, ink) in enumerate(palette.LEVELS, 1):
        assert tokens[f"level-{place}"] == fill
        assert tokens[f"on-level-{place}"] == ink


# --- as SVG ---------------------------------------------------------------------------------------------------------
def test_svg_is_named_escaped_and_without_styles():
    drawing = stacked_bars([("<School> & Co", (1, 0, 0, 3))], LEVELS, title="Results", description="Two levels")
    svg = Template("{% load charts %}{% chart_svg drawing %}").render(Context({"drawing": drawing}))
    assert 'role="img"' in svg
    assert "<title>Results</title><desc>Two levels</desc>" in svg
    assert "&lt;School&gt; &amp; Co" in svg
    assert "style" not in svg


def test_figure_has_its_table_beside_it():
    drawing = heat_map(["Row"], ["Column"], [[0.25]], title="Shares")
    html = Template("{% load charts %}{% chart drawing %}").render(Context({"drawing": drawing}))
    assert "<figcaption>Shares</figcaption>" in html
    assert '<th scope="row">Row</th><td class="num">25 %</td>' in html


def test_numbers_in_svg_have_a_point_in_every_language():
    from django.utils.translation import override

    drawing = columns([("a", 1), ("b", 2), ("c", 3)], title="x", value_head="y", width=500)
    with override("vi"):
        svg = Template("{% load charts %}{% chart_svg drawing %}").render(Context({"drawing": drawing}))
    assert not re.search(r' (x|y|width|height)="[^"]*,', svg)
