"""Workbooks of frameworks: what is written comes back to the letter, and what people do to it is understood."""

import copy
import io
import string

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.spreadsheets import UnreadableFile
from standards.enums import DraftOrigin
from standards.exchange import carried
from standards.exchange.columns import SHEETS
from standards.exchange.files import Read, read_file
from standards.exchange.template import empty_pack
from standards.exchange.writing import FIRST_ROW, workbook_of
from standards.pack_files import fingerprint
from tests.examples import examples
from tests.standards.packs import SHIPPED, TT20, shipped, small_pack, text

TITLES, CODES = FIRST_ROW - 2, FIRST_ROW - 1


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(page, code: str) -> int:
    return next(cell.column for cell in page[CODES] if cell.value == code)


def cell(book: openpyxl.Workbook, sheet: str, code: str, row: int = FIRST_ROW):
    page = book[sheet]
    return page.cell(row, column(page, code))


def read(book: openpyxl.Workbook) -> Read:
    return read_file(saved(book))


def said(found: Read) -> str:
    return " | ".join(f"{wrong.sheet}!{wrong.cell} {wrong.sentence}" for wrong in found.problems)


def without_data(content: bytes) -> bytes:
    book = opened(content)
    del book[carried.SHEET]
    return saved(book)


# --- the round trip -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize(("written", "reading"), [("vi", "en"), ("en", "vi")])
def test_every_shipped_pack_comes_back_to_the_letter(code, written, reading):
    with translation.override(written):
        content = workbook_of(SHIPPED[code])
    with translation.override(reading):
        found = read_file(content)
    assert found.kind == DraftOrigin.WORKBOOK
    assert not found.problems, said(found)
    assert fingerprint(found.pack) == fingerprint(SHIPPED[code])
    assert {name: found.pack[name] for name in SHIPPED[code]} == SHIPPED[code]


def test_the_visible_sheets_alone_say_everything_of_a_rule_of_conditions():
    found = read_file(without_data(workbook_of(SHIPPED[TT20])))
    assert not found.problems, said(found)
    assert fingerprint(found.pack) == fingerprint(SHIPPED[TT20])


ODD = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"\t\n _x000D_\u200b\u00a0\u0301ạđ😀"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
        st.sampled_from(string.printable),
    ),
    min_size=1,
    max_size=30,
).filter(lambda words: bool(words.strip()))


@settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failure smaller takes minutes
)
@given(data=st.data())
def test_any_text_comes_back_to_the_letter(data):
    pack = small_pack()
    one, other = pack["standards"][0]["criteria"][0], pack["standards"][0]["standards"][0]["criteria"]
    one["name"] = {"vi": data.draw(ODD), "en": data.draw(ODD)}
    other[0]["descriptors"]["Y"] = {"vi": data.draw(ODD)}
    other[1]["examples"]["Y"] = [{"vi": data.draw(ODD)}, {"en": data.draw(ODD)}]
    pack["extensions"] = {"left": [data.draw(ODD), 1.5, None, {"deep": data.draw(ODD)}]}
    pack["legal"]["articles"] = {"10.2": {"vi": data.draw(ODD)}}
    pack["vectors"][0]["why"] = data.draw(ODD)
    found = read_file(workbook_of(pack))
    assert not found.problems, said(found)
    assert found.pack == pack


def test_long_texts_and_many_pieces_survive():
    pack = small_pack()
    pack["standards"][0]["criteria"][0]["description"] = {"vi": "Mô tả rất dài. " * 4000}
    pack["extensions"] = {"left": "x" * 200_000}
    content = workbook_of(pack)
    assert max(len(str(c.value or "")) for page in opened(content) for row in page for c in row) <= 32_767
    assert fingerprint(read_file(content).pack) == fingerprint(pack)


def test_scales_ranks_results_and_deep_conditions_survive():
    pack = small_pack()
    pack["results"] = [{"code": "LOW", "name": text("Low")}, {"code": "HIGH", "name": text("High")}]
    pack["scales"] = {"three": {"levels": [{"code": c, "name": text(c)} for c in "abc"], "name": text("Three")}}
    pack["standards"][0]["criteria"][0] |= {
        "scale": "three",
        "label": "1.1",
        "id": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    }
    inner = {"kind": "all_at_least", "group": "both", "level": "Y"}
    named = {"kind": "named_at_least", "criteria": ["A1"], "level": "b"}
    deep = {"kind": "any_of", "conditions": [{"kind": "all_of", "conditions": [inner, named]}, named]}
    pack["rule"] = {
        "kind": "conditions",
        "groups": {"both": ["A2", "A3"]},
        "not_observed": "left_out",
        "results": [
            {"result": "HIGH", "conditions": [inner, {"kind": "any_of", "conditions": [inner, named]}, deep]},
            {"result": "LOW", "conditions": [{"kind": "always"}]},
        ],
    }
    pack["vectors"] = [{"ratings": {"A1": "c", "A2": "Y", "A3": "Y"}, "expected": "HIGH", "why": "all"}]
    for content in (workbook_of(pack), without_data(workbook_of(pack))):
        found = read_file(content)
        assert not found.problems, said(found)
        assert found.pack["rule"] == pack["rule"]
        assert found.pack["vectors"] == pack["vectors"]
    assert fingerprint(read_file(workbook_of(pack)).pack) == fingerprint(pack)


# --- the file as people meet it -------------------------------------------------------------------------------------


def test_the_workbook_helps_to_fill_it_in():
    with translation.override("en"):
        book = opened(workbook_of(SHIPPED[TT20]))
    assert book.sheetnames[0] == "Help"
    assert book[carried.SHEET].sheet_state == "hidden"
    page = book["Criteria"]
    assert page.freeze_panes == f"E{FIRST_ROW}"
    assert page.row_dimensions[CODES].hidden
    assert not page.protection.sheet
    assert page.column_dimensions["E"].width > 30
    sources = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(column(page, "criterion.key"))
    assert "Lists" in sources[f"{letter}{FIRST_ROW}:{letter}3000"]
    assert (
        cell(book, "Criteria", "criterion.name.vi").value == SHIPPED[TT20]["standards"][0]["criteria"][0]["name"]["vi"]
    )
    assert not any(c.data_type == "f" for sheet in book for row in sheet for c in row)


def test_texts_that_begin_like_formulas_stay_texts():
    pack = small_pack()
    pack["standards"][0]["criteria"][0]["name"] = {"vi": '=HYPERLINK("http://evil.example")', "en": "- a list"}
    book = opened(workbook_of(pack))
    found = cell(book, str(SHEETS["criterion"]), "criterion.name.vi")
    assert found.data_type == "s"
    assert found.quotePrefix


def test_an_empty_template_filled_in_by_an_office():
    book = opened(workbook_of(empty_pack(SHIPPED[TT20], ["vi"]), languages=["vi"], blank=True))
    about = {row[0].value: row for row in book["About"].iter_rows(min_row=FIRST_ROW)}
    value, words_ = column(book["About"], "about.value") - 1, column(book["About"], "about.text.vi") - 1
    for path, fact in {
        "code": "xx-moi-2027", "framework.code": "xx-moi", "framework.jurisdiction": "vn",
        "framework.subject_role": "Teachers", "valid_from": "1/9/2027", "legal.number": "1/2027/TT-XX",
        "legal.issued": "ngày 5 tháng 8 năm 2027",
    }.items():  # fmt: skip
        about[path][value].value = fact
    for path in ("title", "framework.title", "legal.name"):
        about[path][words_].value = "Chuẩn mẫu"
    book["Standards"].append(["", "S1", "", "Tiêu chuẩn một"])
    page = book["Criteria"]
    page.append(["S1", "TC1", None, "x", "Tiêu chí một", "Không", "Có", "Tốt hơn", "Mẫu mực"])
    page.append([None, "TC2", None, "", "Tiêu chí hai"])
    page.append([None, None, None, None, None])
    rule = book["Rule"]
    rule.append(["Tốt", None, None, "these at least", "the key criteria", None, "Khá"])
    rule.append([None, None, None, "this share at least", "all criteria", None, "D", "1 / 2"])
    rule.append(["CD", None, None, "in every case that is left"])
    found = read(book)
    assert not found.problems, said(found)
    pack = found.pack
    assert pack["valid_from"] == "2027-09-01"
    assert pack["legal"]["issued"] == "2027-08-05"
    assert pack["framework"]["jurisdiction"] == "VN"
    assert [c["number"] for c in pack["standards"][0]["criteria"]] == [1, 2]
    assert pack["standards"][0]["criteria"][0]["key"] is True
    assert pack["rule"]["results"][0]["result"] == "T"
    assert pack["rule"]["results"][0]["conditions"][1]["share"] == "1/2"
    assert pack["provenance"]["default"]["name"] == "unchecked"
    assert any("not verified" in note for note in found.notes)


# --- what people do to workbooks ------------------------------------------------------------------------------------


def test_titles_are_enough_in_any_language_and_order():
    with translation.override("vi"):
        book = opened(without_data(workbook_of(SHIPPED[TT20])))
    for page in book.worksheets[1:]:
        if page.sheet_state == "visible":
            page.delete_rows(CODES)
    for page in book.worksheets[1:]:
        page.insert_rows(1, 2)
        page["A1"] = "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    criteria = book.worksheets[[p.title for p in book.worksheets].index(_sheet("criterion", "vi"))]
    criteria.move_range("A3:C30", cols=40)
    with translation.override("en"):
        found = read(book)
    assert not found.problems, said(found)
    changed = {name: value for name, value in found.pack.items() if name != "vectors"}
    kept = {name: value for name, value in SHIPPED[TT20].items() if name in changed}
    assert fingerprint(changed) == fingerprint(kept)


def _sheet(key: str, language: str) -> str:
    with translation.override(language):
        return str(SHEETS[key])


def test_decomposed_letters_invisible_ones_and_spaces_change_nothing():
    import unicodedata

    book = opened(workbook_of(SHIPPED[TT20]))
    for page in book.worksheets[1:-1]:
        for row in page.iter_rows(min_row=FIRST_ROW):
            for one in row:
                if isinstance(one.value, str) and len(one.value) > 8 and not one.value.startswith("{"):
                    one.value = "\u200b  " + unicodedata.normalize("NFD", one.value).replace(" ", "\u00a0") + " "
    found = read(book)
    assert not found.problems, said(found)
    assert fingerprint(found.pack) == fingerprint(SHIPPED[TT20])


def test_another_code_for_a_criterion_is_followed_everywhere():
    book = opened(workbook_of(SHIPPED[TT20]))
    cell(book, "Criteria", "criterion.code").value = "TC01b"
    found = read(book)
    assert not found.problems, said(found)
    assert found.came_from["criterion/TC01b"] == "TC01"
    assert (
        found.pack["standards"][0]["criteria"][0]["examples"]
        == SHIPPED[TT20]["standards"][0]["criteria"][0]["examples"]
    )


def test_examples_follow_their_criterion_only_when_they_say_so():
    book = opened(workbook_of(shipped(TT20)))
    cell(book, "Examples", "example.criterion").value = "TC99"
    assert "There is no criterion “TC99”" in said(read(book))


def test_a_criterion_without_its_standard_is_said_once():
    book = opened(workbook_of(shipped(TT20)))
    cell(book, "Criteria", "criterion.standard").value = "S9"
    assert [(wrong.sheet, wrong.cell) for wrong in read(book).problems] == [("Criteria", "A4")]


def test_taking_a_cell_away_takes_the_text_away_and_a_column_does_not():
    book = opened(workbook_of(small_pack()))
    page = book["Criteria"]
    cell(book, "Criteria", "criterion.name.vi").value = None
    page.delete_cols(column(page, "criterion.name.en"))
    found = read(book)
    assert not found.problems, said(found)
    assert found.pack["standards"][0]["criteria"][0]["name"] == {"en": "First"}
    assert found.pack["standards"][0]["standards"][0]["criteria"][0]["name"] == text("Second")


@pytest.mark.parametrize(
    ("sheet", "code", "value", "place", "sentence"),
    [
        ("Criteria", "criterion.standard", "S9", "A4", "There is no standard “S9”"),
        ("Criteria", "criterion.code", "TC02", "B5", "used twice"),
        ("Criteria", "criterion.key", "perhaps", "", "Write yes or no"),
        ("Criteria", "criterion.number", "2", "C5", "no other criterion has"),
        ("Criteria", "criterion.name.vi", "=1+1", "E4", "holds a formula"),
        ("Standards", "standard.parent", "S9", "A4", "There is no standard “S9”"),
        ("Rule", "rule.share", "0,67", "H4", "two whole numbers"),
        ("Rule", "rule.level", "Z", "G4", "There is no level “Z”"),
        ("Rule", "rule.kind", "maybe", "D4", "no kind of rule"),
        ("Sources", "source.status", "true", "", "must be one of"),
        ("Worked examples", "vector.expected", "CD", "", "not CD as expected"),
        ("About", "about.value", "a b", "C4", "A code has 1 to 40"),
    ],
)
def test_problems_name_the_sheet_and_the_cell(sheet, code, value, place, sentence):
    book = opened(workbook_of(SHIPPED[TT20]))
    cell(book, sheet, code).value = value
    found = read(book)
    assert found.pack is None, "nothing half read"
    assert sentence in said(found)
    assert any(wrong.sheet == sheet and wrong.cell.startswith(place) for wrong in found.problems), said(found)


def test_standards_in_a_circle_are_refused_with_their_place():
    book = opened(workbook_of(small_pack()))
    cell(book, "Standards", "standard.parent").value = "AA"
    found = read(book)
    assert "stand in a circle" in said(found)
    assert found.problems[0].sheet == "Standards"


def test_a_sheet_taken_away_keeps_what_was_there():
    book = opened(workbook_of(SHIPPED[TT20]))
    for name in ("Examples", "Rule", "Worked examples", "Levels", "Sources"):
        del book[name]
    found = read(book)
    assert not found.problems, said(found)
    assert fingerprint(found.pack) == fingerprint(SHIPPED[TT20])


def test_a_spoilt_data_sheet_is_not_used():
    book = opened(workbook_of(SHIPPED[TT20]))
    book[carried.SHEET]["A3"] = "|{}|"
    found = read(book)
    assert any("was changed" in note for note in found.notes)
    assert fingerprint(found.pack) == fingerprint(SHIPPED[TT20])


def test_copied_lines_are_new_and_merged_cells_count_for_every_row():
    book = opened(workbook_of(small_pack() | {"vectors": []}))
    page = book["Criteria"]
    copied = [one.value for one in page[FIRST_ROW]]
    page.append(copied)
    page.cell(page.max_row, column(page, "criterion.code")).value = "A4"
    page.cell(page.max_row, column(page, "criterion.number")).value = 4
    found = read(book)
    assert not found.problems, said(found)
    assert [c["code"] for c in found.pack["standards"][0]["criteria"]] == ["A1", "A4"]
    assert "criterion/A4" not in found.came_from


def test_reading_leaves_the_pack_that_is_carried_alone():
    pack = shipped(TT20)
    before = copy.deepcopy(pack)
    workbook_of(pack)
    assert pack == before


# --- too much -------------------------------------------------------------------------------------------------------


def test_bombs_and_endless_sheets_are_refused_with_a_sentence(monkeypatch):
    import dataclasses

    from standards.exchange import files

    content = workbook_of(small_pack())
    for name, value, sentence in (("unpacked", 10_000, "far larger than a framework"), ("size", 1000, "larger than")):
        monkeypatch.setattr(files, "LIMITS", dataclasses.replace(files.LIMITS, **{name: value}))
        with pytest.raises(UnreadableFile, match=sentence):
            read_file(content)
        monkeypatch.undo()
    book = opened(content)
    for number in range(230):
        book["Examples"].append([f"X{number}"])
    monkeypatch.setattr(files, "LIMITS", dataclasses.replace(files.LIMITS, rows=20))
    with pytest.raises(UnreadableFile, match="more than 20 rows"):
        read(book)


def test_a_stray_cell_far_away_costs_nothing():
    book = opened(workbook_of(small_pack()))
    book["Criteria"]["XFD1048576"] = "stray"
    found = read(book)
    assert fingerprint(found.pack) == fingerprint(small_pack())
