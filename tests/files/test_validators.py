"""What may come in, judged by content, and the sentence for everything else."""

import io

import pytest
from django.utils.translation import override
from PIL import Image, ImageFile

from core.decisions import Refused
from files import documents, formats, pictures
from files.validators import check_upload
from tests.files.samples import office, pdf, picture, upload


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("minutes.pdf", pdf(), "pdf"),
        ("MINUTES.PDF", pdf(), "pdf"),
        ("plan.docx", office("docx"), "docx"),
        ("marks.xlsx", office("xlsx"), "xlsx"),
        ("lesson.pptx", office("pptx"), "pptx"),
        ("class.jpg", picture(), "jpg"),
        ("class.jpeg", picture(), "jpg"),
        ("board.png", picture("PNG", mode="RGBA"), "png"),
        ("IMG_0001.HEIC", picture("HEIF"), "heic"),
    ],
)
def test_every_accepted_kind_is_taken(name, data, code, language):
    with override(language):
        checked = check_upload(upload(name, data))
    assert checked.format.code == code
    assert checked.size == len(data)
    assert (checked.preview is not None) == (code in ("jpg", "png", "heic"))


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        check_upload(upload(name, data))
    assert "%(" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.pdf", b"", "is empty"),
        ("locked.pdf", pdf(password="secret"), "locked with a password"),
        ("damaged.pdf", b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        ("cut.pdf", pdf()[:200], "damaged"),
        ("clever.pdf", pdf(script="/JavaScript"), "contains a program"),
        ("launch.pdf", pdf(script="/Launch"), "contains a program"),
        ("nopages.pdf", pdf(pages=0), "no pages"),
        ("cut.docx", office()[:-40], "damaged"),
        ("macro.docx", office(extra={"word/vbaProject.bin": b"x"}), "macros"),
        (
            "macro.xlsx",
            office("xlsx", types="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            "macros",
        ),
        ("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
        ("cut.jpg", picture(size=(400, 400))[:900], "damaged"),
        ("cut.png", picture("PNG", size=(400, 400))[:300], "damaged"),
        ("run.exe", b"MZ" + b"\0" * 600, "only PDF"),
        ("report.pdf.exe", pdf(), "only PDF"),
        ("page.html", b"<html><script>alert(1)</script>", "only PDF"),
        ("draw.svg", b"<svg onload='alert(1)'/>", "only PDF"),
        ("macro.docm", office(), "only PDF"),
        ("noending", b"hello", "of no known kind"),
        ("letter.pdf", b"hello", "save it again as that kind"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(name, data, words):
    assert words in refusal(name, data)


@pytest.mark.parametrize(
    ("name", "data", "both"),
    [
        ("report.pdf", office("docx"), ("PDF document", "Word document")),
        ("report.docx", pdf(), ("Word document", "PDF document")),
        ("report.docx", office("xlsx"), ("Word document", "Excel workbook")),
        ("photo.jpg", picture("PNG"), ("JPEG picture", "PNG picture")),
        ("photo.jpg", picture("HEIF"), ("JPEG picture", "HEIC picture")),
        ("photo.png", b"<html>", ("PNG picture", "web page")),
        ("photo.png", b"MZ\x90", ("PNG picture", "program")),
        ("paper.pdf", b"GIF89a....", ("PDF document", "GIF")),
    ],
)
def test_a_file_that_is_not_what_its_name_says_names_both(name, data, both):
    sentence = refusal(name, data)
    assert name in sentence
    assert all(words in sentence for words in both)


def test_a_plain_archive_named_as_a_document_is_refused():
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("photo.txt", "x")
    assert "archive" in refusal("photos.docx", made.getvalue())


def test_limits_are_told_with_their_number(monkeypatch):
    monkeypatch.setattr("files.validators.MAX_BYTES", 1000)
    assert "larger than" in refusal("big.pdf", pdf() + b"\n" * 1001)


def test_bombs_are_refused_before_they_unpack(monkeypatch):
    monkeypatch.setattr(documents, "MAX_UNPACKED", 10_000)
    assert "unreasonable size" in refusal("bomb.docx", office(extra={"word/media/a": b"\0" * 20_000}))
    monkeypatch.setattr(documents, "MAX_ENTRIES", 3)
    assert "unreasonable size" in refusal("many.docx", office(extra={f"a{n}": b"" for n in range(5)}))
    monkeypatch.setattr(pictures, "MAX_PIXELS", dict.fromkeys(pictures.MAX_PIXELS, 500))
    assert "million pixels" in refusal("wall.png", picture("PNG", size=(30, 30)))


def test_pictures_too_large_for_the_memory_are_refused_before_they_are_decoded(monkeypatch):
    """Only the head of the file is there: decoding would fail with another sentence."""
    for mode, size, limit in (("RGB", (8000, 5001), "40"), ("RGBA", (5000, 4001), "20")):
        content = io.BytesIO()
        Image.new(mode, size).save(content, "PNG", compress_level=1)
        assert f"at most {limit} are possible" in refusal("wall.png", content.getvalue()[:200])
    assert "damaged" in refusal("cut.png", picture("PNG", size=(300, 300))[:200])
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40_000)  # as the 200 million of a telephone are for Pillow itself
    monkeypatch.setattr(pictures, "MAX_PIXELS", dict.fromkeys(pictures.MAX_PIXELS, 40_000))
    assert "at most 0 are possible" in refusal("phone.jpg", picture("JPEG", size=(300, 300)))


def test_a_turned_picture_is_shown_upright():
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    Image.new("RGB", (4000, 1000), "red").save(content, "JPEG", exif=exif)
    preview = check_upload(upload("side.jpg", content.getvalue())).preview
    with Image.open(io.BytesIO(preview)) as made:
        assert made.size == (400, 1600)
        assert not made.getexif()


def test_a_pdf_with_ordinary_actions_and_links_passes():
    import pypdf
    from pypdf.annotations import Link
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org"))
    go = {
        NameObject("/S"): NameObject("/GoTo"),
        NameObject("/D"): ArrayObject([page.indirect_reference, NumberObject(0)]),
    }
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(go)
    made = io.BytesIO()
    writer.write(made)
    assert check_upload(upload("linked.pdf", made.getvalue())).format is formats.PDF


def test_a_template_loaded_from_elsewhere_is_refused_and_a_hyperlink_is_not():
    def relations(kind: str) -> dict[str, bytes]:
        return {
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
                f'Target="https://example.org/x" TargetMode="External"/></Relationships>'
            ).encode()
        }

    assert "somewhere else" in refusal("letter.docx", office(extra=relations("attachedTemplate")))
    assert check_upload(upload("letter.docx", office(extra=relations("hyperlink"))))


def test_an_entity_bomb_inside_a_document_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "damaged" in refusal("bomb.docx", office(extra={"_rels/.rels": bomb}))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/minutes.pdf", "minutes.pdf"),
        ("C:\\Users\\an\\minutes.pdf", "minutes.pdf"),
        ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("a\x00b\x1fc\n.pdf", "ab c.pdf"),
        ("Bie\u0302n bản họp tổ.pdf", "Biên bản họp tổ.pdf"),
        ("  spaced   out .pdf", "spaced out.pdf"),
        ("<img src=x>.pdf", "img src=x.pdf"),
        ("báo-cáo.exe.pdf", "báo-cáo.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("scan", "scan.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert check_upload(_named(given, pdf())).name == kept


def _named(name: str, data: bytes):
    """UploadedFile cleans names a little itself; here the raw one arrives."""
    made = upload("x", data)
    made._name = name
    return made


def test_a_preview_is_upright_small_and_carries_no_place():
    data = picture(size=(2400, 1200), gps=True)
    checked = check_upload(upload("class.jpg", data))
    assert checked.has_place
    with Image.open(io.BytesIO(checked.preview)) as small:
        assert max(small.size) == 1600
        assert not small.getexif()


def test_a_transparent_picture_stands_on_white():
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    checked = check_upload(upload("clear.png", made.getvalue()))
    with Image.open(io.BytesIO(checked.preview)) as small:
        assert small.getpixel((5, 5)) == (255, 255, 255)


def test_a_cut_picture_is_refused_also_where_documents_are_made(monkeypatch):
    """WeasyPrint, once imported, makes Pillow accept what is cut off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(Refused):
        check_upload(upload("cut.png", picture("PNG", size=(400, 400))[:300]))
    assert ImageFile.LOAD_TRUNCATED_IMAGES
