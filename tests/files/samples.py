"""Files to upload, made on the spot: good ones of every kind, and the tricks."""

import io
import zipfile

import pypdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", OFFICE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", OFFICE + "presentationml.presentation.main+xml"),
}


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    """As it arrives from a browser, whose word about the type counts for nothing."""
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def pdf(*, password: str = "", script: str = "", pages: int = 1) -> bytes:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        action = {
            NameObject("/S"): NameObject(script),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def office(kind: str = "docx", *, extra: dict[str, bytes] | None = None, types: str = "") -> bytes:
    part, main = MAIN[kind]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/{part}" ContentType="{types or main}"/></Types>',
        )
        archive.writestr(part, "<x/>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return made.getvalue()


def picture(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (40, 30),
    mode: str = "RGB",
    gps: bool = False,
) -> bytes:
    image, made = Image.new(mode, size, "green"), io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 2.0, 3.0), 3: "E", 4: (105.0, 5.0, 6.0)})
    image.save(made, kind, **({"exif": exif} if gps else {}))
    return made.getvalue()
