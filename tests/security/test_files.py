"""Attack x refusal: uploads, downloads, spreadsheets."""

import io
import time
import zipfile

import pypdf
import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from core.decisions import Refused
from core.spreadsheets import Sheet, UnreadableFile, read_tables, workbook_bytes
from evaluations.actions.evidence import add_file, add_link
from files.documents import UNC
from files.validators import check_upload
from tests.factories.evaluations import evaluation_world
from tests.files.samples import office, pdf, picture, upload

SCRIPT = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}


def pdf_with(change) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer, writer._root_object)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def indirect_name(writer, root):
    name = writer._add_object(NameObject("/JavaScript"))
    root[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): name})


def after_a_harmless_action(writer, root):
    first = {NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): ArrayObject([DictionaryObject(SCRIPT)])}
    root[NameObject("/OpenAction")] = DictionaryObject(first)


def on_a_field(writer, root):
    field = DictionaryObject({NameObject("/AA"): DictionaryObject({NameObject("/K"): DictionaryObject(SCRIPT)})})
    parent = DictionaryObject({NameObject("/Kids"): ArrayObject([writer._add_object(field)])})
    root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([parent])})


def in_an_xml_form(writer, root):
    root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})


def on_a_bookmark(writer, root):
    mark = writer._add_object(DictionaryObject({NameObject("/A"): DictionaryObject(SCRIPT)}))
    root[NameObject("/Outlines")] = DictionaryObject({NameObject("/First"): mark})


def bookmarks_in_a_circle(writer, root):
    mark = DictionaryObject()
    mark[NameObject("/Next")] = writer._add_object(mark)
    root[NameObject("/Outlines")] = DictionaryObject({NameObject("/First"): mark[NameObject("/Next")]})


@pytest.mark.parametrize(
    "trick",
    [indirect_name, after_a_harmless_action, on_a_field, in_an_xml_form, on_a_bookmark, bookmarks_in_a_circle],
)
def test_a_program_hides_in_a_pdf(trick):
    with pytest.raises(Refused, match="contains a program"):
        check_upload(upload("a.pdf", pdf_with(trick)))


def test_an_ordinary_pdf_with_bookmarks_and_links_is_taken():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_outline_item(title="Phần 1", page_number=0)
    writer.add_uri(page_number=0, uri="https://example.org", rect=(0, 0, 10, 10))
    made = io.BytesIO()
    writer.write(made)
    assert check_upload(upload("a.pdf", made.getvalue())).format.code == "pdf"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("a.svg", b"<svg/>"),
        ("a.html", b"<p>"),
        ("a.pdf", picture("PNG")),
        ("a.png.exe", picture("PNG")),
        ("a.docx", pdf()),
        ("a.png", picture("PNG")[:60]),
    ],
)
def test_one_kind_of_file_under_the_name_of_another(name, data):
    with pytest.raises(Refused):
        check_upload(upload(name, data))


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "C:\\x\\a.png", "a\u202egnp.png", 'a".png', "a\r\nX: y.png"])
def test_a_name_that_leaves_its_folder_or_its_header(name):
    kept = check_upload(upload(name, picture("PNG"))).name
    assert not set(kept) & set('/\\"\r\n\u202e:')
    assert kept.endswith(".png")


def test_a_document_fetches_a_picture_from_a_share():
    relation = (
        '<Relationships><Relationship Id="1" Type="http://x/image" TargetMode="External" Target="{}"/></Relationships>'
    )
    rels = {"word/_rels/document.xml.rels": relation.format("file:////thief/share/a.png").encode()}
    with pytest.raises(Refused, match="somewhere else"):
        check_upload(upload("a.docx", office(extra=rels)))
    assert UNC.match("\\\\thief\\share\\a.png")
    assert UNC.match("file://thief/a.png")
    for own in ("file:///C:/anh/a.png", "https://example.org/a.png", "media/a.png"):
        assert not UNC.match(own)


# --- spreadsheets -------------------------------------------------------------------------------------------------------
def workbook_with(tail: bytes, rows: int = 3000) -> bytes:
    """A real workbook whose sheet's XML ends in `tail`."""
    book, made, changed = Workbook(), io.BytesIO(), io.BytesIO()
    for _row in range(rows):
        book.active.append(["Họ và tên"] * 20)
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", b"</sheetData>" + tail)
            target.writestr(entry.filename, data)
    return changed.getvalue()


def test_merged_ranges_without_end_cost_a_minute_each():
    cells = b'<mergeCell ref="A1:CV6000"/>' * 3000
    with pytest.raises(UnreadableFile, match="far larger"):
        read_tables(workbook_with(b"<mergeCells>" + cells + b"</mergeCells>"))


def test_a_tag_that_is_never_closed_is_not_searched_over_and_over():
    comment = b"<!--" + b"<mergeCell " * 200_000 + b"-->"
    began = time.monotonic()
    read_tables(workbook_with(comment, rows=3))
    assert time.monotonic() - began < 20


def test_entities_that_multiply():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    made, changed = io.BytesIO(workbook_with(b"", rows=3)), io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                data = laughs + data
            target.writestr(entry.filename, data)
    with pytest.raises(UnreadableFile):
        read_tables(changed.getvalue())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1+1", '=HYPERLINK("http://x")'])
def test_a_cell_that_runs_in_the_workbook_with_the_errors(text):
    book = load_workbook(io.BytesIO(workbook_bytes([Sheet("Lỗi", [text], [[text]])])))
    for (cell,) in book.active.iter_rows():
        assert cell.data_type == "s"
        assert str(cell.value).startswith("'")


# --- sending ------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def made(module_db):
    return evaluation_world()


@pytest.mark.parametrize("kind", ["file", "preview"])
def test_a_file_is_opened_by_others_cached_or_run(world, kind):
    shown, _place = add_file(
        evaluation=world.mine, upload=upload("a.png", picture("PNG")), criteria=[], by=world.teacher
    )
    address = f"/evaluations/{world.mine.pk}/evidence/{shown.pk}/{kind}/"
    client = Client()
    client.force_login(world.teacher)
    answer = client.get(address)
    assert b"".join(answer.streaming_content)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    others = (world.head, world.deputy, world.colleague, world.other_head, world.other_teacher, world.far_officer)
    for person in others:  # a draft is the teacher's alone, for leaders of the school too
        client.force_login(person)
        assert client.get(address).status_code in (403, 404), person
    assert Client().get(address).status_code == 302


def test_evidence_of_somebody_else_under_the_address_of_ones_own_evaluation(world):
    theirs = add_link(evaluation=world.theirs, title="a", url="https://example.org", criteria=[], by=world.colleague)
    client = Client()
    client.force_login(world.teacher)
    base = f"/evaluations/{world.mine.pk}/evidence/{theirs.pk}/"
    for address in (base, f"{base}file/", f"{base}preview/", f"{base}delete/"):
        assert client.get(address).status_code == 404
    assert client.post(base, {"title": "x", "url": "https://example.com"}).status_code == 404
    client.post(f"{base}delete/")
    client.post(f"/evaluations/{world.mine.pk}/evidence/for/TC01/", {"evidence": str(theirs.pk)})
    client.post(f"/evaluations/{world.mine.pk}/evidence/earlier/", {"evidence": str(theirs.pk)})
    theirs.refresh_from_db()
    assert theirs.title == "a"
    assert not theirs.uses.exists()
    assert not world.mine.evidence.exists()
