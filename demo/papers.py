"""Small real files that the demo's teachers bring as evidence, made here: two PDFs, a workbook and two pictures."""

import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFont

from files import actions as files
from files.models import Purpose, StoredFile
from files.validators import check_upload
from people.models import User
from reports.kinds import pdf_bytes

FACE = Path(settings.BASE_DIR) / "static" / "fonts" / "NotoSans-Bold.ttf"
INK, PAPER, ACCENT, SOFT = "#1d2522", "#fbfaf5", "#12594a", "#d9993f"


@dataclass(frozen=True)
class Paper:
    """A file as it would come from a browser, and what a teacher writes over it."""

    name: str
    title: str
    about: str


PAPERS = (
    Paper("phieu-du-gio.pdf", "Phiếu dự giờ tiết 3, tháng 10", "Tổ trưởng dự giờ và xếp loại, có nhận xét từng mặt."),
    Paper("ke-hoach-bai-day.pdf", "Kế hoạch bài dạy có điều chỉnh", "Phần điều chỉnh và lí do ở trang đầu."),
    Paper("theo-doi-tien-bo.xlsx", "Bảng theo dõi sự tiến bộ của học sinh", "Tên học sinh đã được bỏ."),
    Paper("goc-hoc-tap.png", "Ảnh góc học tập của lớp", "Sản phẩm của học sinh sau dự án nhỏ."),
    Paper("bieu-do-ket-qua.png", "Biểu đồ kết quả khảo sát đầu năm và giữa kì", "Số em đạt từng mức trước và sau."),
)


class Archive:
    """Keeps papers as the product keeps uploads. `kept` are the files so far, to be discarded if all is rolled back."""

    def __init__(self) -> None:
        self.kept: list[StoredFile] = []

    def put(self, paper: Paper, by: User) -> tuple[StoredFile, StoredFile | None]:
        """The stored file and, of a picture, its preview."""
        checked = check_upload(SimpleUploadedFile(paper.name, content(paper.name)))
        stored = files.store_checked(checked=checked, purpose=Purpose.EVIDENCE, by=by)
        self.kept.append(stored)
        if not checked.preview:
            return stored, None
        name = PurePath(paper.name).stem + ".jpg"
        preview = files.store_bytes(
            data=checked.preview, name=name, content_type="image/jpeg", purpose=Purpose.PREVIEW, by=by
        )
        self.kept.append(preview)
        return stored, preview

    def discard(self) -> None:
        """Takes the bytes away whose rows were rolled back."""
        for stored in self.kept:
            files.discard(stored=stored)


@cache
def content(name: str) -> bytes:
    """The bytes of a paper; made once a process, the same in every run but for the dates inside office files."""
    if name.endswith(".pdf"):
        return pdf_bytes(render_to_string(f"pdf/demo/{PurePath(name).stem}.html"))
    if name.endswith(".xlsx"):
        return _workbook()
    return _board() if name == "goc-hoc-tap.png" else _chart()


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Lớp 7A2"
    sheet.append(["STT", "Đầu năm", "Giữa kì I", "Cuối kì I", "Nhận xét"])
    dice = random.Random(7)
    for number in range(1, 33):
        first = dice.randint(3, 7)
        second = min(10, first + dice.randint(0, 2))
        third = min(10, second + dice.randint(0, 2))
        sheet.append([number, first, second, third, "Tiến bộ" if third > first else "Giữ vững"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["E"].width = 16
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _board() -> bytes:
    """A pin board with the pupils' posters."""
    picture = Image.new("RGB", (960, 640), "#b98f5a")
    draw, dice = ImageDraw.Draw(picture), random.Random(3)
    draw.rectangle((0, 0, 959, 639), outline="#6b4a22", width=18)
    words = ("Nước sạch", "Rác thải", "Năng lượng", "Cây xanh", "Ngôi nhà", "Bữa ăn")
    for number, word in enumerate(words):
        x, y = 60 + number % 3 * 290, 60 + number // 3 * 280
        colour = ("#fff6d8", "#e3efe8", "#e7eef5", "#fbe9e5", "#f3f1e8", "#ffffff")[number]
        draw.rectangle((x, y, x + 250, y + 230), fill=colour, outline="#8a8a80")
        draw.text((x + 18, y + 14), word, font=_face(30), fill=INK)
        for line in range(4):
            draw.line(
                (x + 20, y + 80 + line * 22, x + dice.randint(130, 225), y + 80 + line * 22), fill="#777", width=3
            )
        draw.ellipse((x + 165, y + 160, x + 225, y + 215), fill=dice.choice((ACCENT, SOFT, "#4d6eab")))
        draw.ellipse((x + 118, y - 8, x + 134, y + 8), fill="#a1281d")
    return _png(picture)


def _chart() -> bytes:
    """Columns before and after, as a teacher would paste them into a slide."""
    picture = Image.new("RGB", (960, 600), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((60, 30), "Kết quả khảo sát lớp 7A2 (32 học sinh)", font=_face(34), fill=INK)
    draw.line((80, 500, 900, 500), fill=INK, width=3)
    for number, (name, before, after) in enumerate(
        (("Chưa đạt", 9, 3), ("Đạt", 13, 10), ("Khá", 7, 12), ("Tốt", 3, 7))
    ):
        x = 120 + number * 200
        for shift, value, colour in ((0, before, SOFT), (62, after, ACCENT)):
            draw.rectangle((x + shift, 500 - value * 27, x + shift + 54, 498), fill=colour)
            draw.text((x + shift + 12, 462 - value * 27), str(value), font=_face(26), fill=INK)
        draw.text((x, 512), name, font=_face(26), fill=INK)
    draw.text((80, 556), "Vàng: đầu năm. Xanh: giữa kì I.", font=_face(24), fill=INK)
    return _png(picture)


def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACE), size)


def _png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
