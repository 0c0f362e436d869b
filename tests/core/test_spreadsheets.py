"""Files from strangers: read without running anything, refused with a sentence."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import (
    MAX_BYTES,
    Formula,
    Sheet,
    UnreadableFile,
    escaped,
    looks_like_formula,
    read_tables,
    workbook_bytes,
)


def xlsx(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def refused(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_tables(content)
    assert str(caught.value).endswith("."), "a sentence"
    return caught.value


def with_part(name: str, content: bytes = b"x") -> bytes:
    target = io.BytesIO(xlsx(lambda page: page.append(["a"])))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"x" * (MAX_BYTES + 1), "too-big"),
        (b"%PDF-1.7 not a table", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web-page"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "other-kind"),
        (b"a,b\0\x01c,d", "other-kind"),
        ("Họ và tên,Ngày sinh\nLê Văn Á,1990".encode("windows-1258", "replace") + b"\xd0\xf2", "encoding"),
        (zipped(word__document_dot_xml=b"<w/>"), "other-office"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=b"<x/>"), "opendocument"),
        (zipped(readme_dot_txt=b"hello"), "other-zip"),
        (with_part("xl/vbaProject.bin"), "macros"),
        (with_part("xl/media/zeros.bin", b"\0" * (61_000_000 + 2_000_000)), "bomb"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, code):
    assert refused(content).code == code


def test_a_workbook_with_a_broken_sheet_is_damaged():
    good = xlsx(lambda page: page.append(["a"]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else old.read(name))
    assert refused(target.getvalue()).code == "damaged"


def test_an_entity_bomb_is_damaged():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    good = xlsx(lambda page: page.append(["a"]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if "sheet1" in name else old.read(name))
    assert refused(target.getvalue()).code == "damaged"


def test_too_many_rows():
    assert refused(xlsx(lambda page: [page.append([n]) for n in range(5300)])).code == "too-many-rows"
    assert refused(b"a,b\n" * 5300).code == "too-many-rows"


def test_a_stray_cell_far_away_costs_nothing():
    def fill(page):
        page.append(["Họ và tên"])
        page["XFD1"] = "far"
        page["A900000"] = None

    assert read_tables(xlsx(fill))[0].rows == [["Họ và tên"]]


def test_a_merged_range_over_the_whole_sheet_costs_nothing():
    content = xlsx(lambda page: page.append(["one", "two"]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                part = part.replace(b"</sheetData>", merged)
            new.writestr(name, part)
    assert read_tables(target.getvalue())[0].rows == [["one", "one"]]


def test_merged_cells_carry_the_first_value():
    def fill(page):
        page.append(["Tổ", "Tên"])
        page.append(["Toán", "A"])
        page.append([None, "B"])
        page.merge_cells("A2:A3")

    assert read_tables(xlsx(fill))[0].rows == [["Tổ", "Tên"], ["Toán", "A"], ["Toán", "B"]]


def test_formulas_are_told_and_not_computed():
    value = read_tables(xlsx(lambda page: page.append(["=1+1"])))[0].rows[0][0]
    assert isinstance(value, Formula)
    assert value == "=1+1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_its_encodings_and_separators(encoding, separator):
    text = separator.join(["Mã", "Họ và tên", "Ghi chú"]) + "\r\n" + separator.join(["01", "Lê Văn Ân", '"a, b; c"'])
    assert read_tables(text.encode(encoding))[0].rows == [
        ["Mã", "Họ và tên", "Ghi chú"],
        ["01", "Lê Văn Ân", "a, b; c"],
    ]


def test_csv_keeps_the_numbers_of_its_lines_under_a_separator_line():
    assert read_tables(b"sep=;\nMa;Ten\n1;A")[0].rows == [[], ["Ma", "Ten"], ["1", "A"]]


def test_csv_zeros_guarded_by_a_formula_are_text():
    assert read_tables('Mã,Tên\n="0012",A'.encode())[0].rows[1] == ["0012", "A"]


@pytest.mark.parametrize("text", ["=1", "@x", "+cmd", "-1+1", "\t=1", "'=1", "  =HYPERLINK()", "#REF!", "#N/A"])
def test_what_a_spreadsheet_would_run(text):
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["+84 912 345 678", "-", "–", "-5", "+1.5", "Lê Thị Đào", "a=b", "12", None, 5])
def test_what_it_would_not(text):
    assert not looks_like_formula(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_written_texts_come_back_as_texts(text):
    rows = read_tables(workbook_bytes([Sheet("S", ["Tên", "x"], [[text, "end"]])]))[0].rows
    value = rows[1][0]
    assert not isinstance(value, Formula)
    if text.strip():
        assert value in (text, f"'{text}")
        assert not str(value).startswith(("=", "+", "-", "@"))


def test_escaping_leaves_numbers_alone():
    assert escaped(-5) == -5
    assert escaped("=1") == "'=1"
    assert escaped("Tổ Toán") == "Tổ Toán"
