"""Which header means which field: Vietnamese with or without accents, English, long and short forms."""

import re
import unicodedata
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

from people.roster.words import word_key

SYNONYMS: dict[str, tuple[str, ...]] = {
    "ordinal": ("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "nr", "number", "order", "s tt", "s t t", "t t", "index"),
    "person_code": (
        "ma dinh danh", "ma dinh danh ca nhan", "ma dinh danh gv", "ma dinh danh giao vien", "ma dinh danh cbgv",
        "ma dinh danh bo gd", "ma dinh danh bo gddt", "so dinh danh", "so dinh danh ca nhan", "dinh danh", "ma gv",
        "ma giao vien", "ma can bo", "ma cb", "ma cbgv", "ma cbgvnv", "ma cb gv", "ma cb gv nv", "ma nv",
        "ma nhan vien", "ma nhan su", "ma vien chuc", "ma cc vc", "ma ccvc", "ma so", "ma so gv", "ma so giao vien",
        "ma", "ma nguoi dung", "cccd", "so cccd", "can cuoc", "so can cuoc", "can cuoc cong dan",
        "so can cuoc cong dan", "cmnd", "so cmnd", "cmnd cccd", "cccd cmnd", "so cmnd cccd", "so cccd cmnd",
        "id", "staff id", "teacher id", "employee id", "person id", "personal id", "identifier", "staff code",
        "teacher code", "employee code", "code", "personal identifier", "id number", "national id", "staff no",
        "staff number", "employee number", "personal code", "ma hs gv", "ma dd", "ma dinh danh csdl", "ma csdl",
        "ma dinh danh bo gd dt", "ma dinh danh bo giao duc",
        "ma moet", "ma so can bo", "ma so cbgv", "ma so vien chuc", "so hieu", "so hieu vien chuc",
        "so hieu cong chuc", "so hieu cong chuc vien chuc", "ma cbvc", "ma so cbvc", "ma so can bo vien chuc",
        "employee no", "teacher no", "ddcn", "so ddcn", "so ddcn cccd", "so ddcn hoac cccd",
    ),
    "full_name": (
        "ho va ten", "ho ten", "ho va ten giao vien", "ho ten giao vien", "ten giao vien", "ho va ten gv",
        "ho ten gv", "ho va ten can bo", "ho va ten cbgv", "ho va ten cbgvnv", "ho ten cbgv", "ho va ten khai sinh",
        "ho va ten can bo giao vien", "ho ten can bo", "ho va ten cb gv", "ho va ten cb gv nv", "ten day du",
        "hoten", "full name", "fullname", "name", "teacher name", "name of teacher", "staff name", "teacher",
        "giao vien", "can bo giao vien", "nguoi duoc danh gia", "ho chu dem va ten", "ho chu dem va ten khai sinh",
        "ho ten dem va ten", "ho dem va ten", "ho dem ten", "ho lot va ten", "ho chu lot va ten", "full name of teacher",
    ),
    "family_name": (
        "ho", "ho dem", "ho va dem", "ho lot", "ho va ten dem", "ho ten dem", "ho va chu dem", "ho chu dem",
        "ho va lot", "ho va ten lot", "ho va chu lot", "ho dem gv", "family name", "last name", "surname",
        "lastname", "family and middle name", "surname and middle name", "ho va ten ho dem",
        "last name and middle name",
    ),
    "middle_name": ("dem", "ten dem", "chu dem", "chu lot", "ten lot", "lot", "middle name", "middlename"),
    "given_name": (
        "ten", "ho va ten ten", "ten gv", "given name", "first name", "firstname", "givenname", "ten goi", "ten rieng",
        "given names", "first names", "other names", "forename", "forenames",
    ),
    "birth_date": (
        "ngay sinh", "ngay thang nam sinh", "nam sinh", "ngay thang sinh", "sinh ngay", "ngay sinh dd mm yyyy", "ntns",
        "ntn sinh", "ns", "date of birth", "birth date", "birthdate", "dob", "birthday", "born", "year of birth",
        "birth year", "d o b", "ngay thang nam", "sinh nam", "ngay thang nam sinh dd mm yyyy", "ng sinh", "n sinh",
    ),
    "gender": ("gioi tinh", "gioi", "phai", "gt", "nam nu", "gender", "sex", "nu", "la nu", "gioi tinh nam nu"),
    "ethnicity": ("dan toc", "dt", "d toc", "ethnicity", "ethnic group", "nationality", "ethnic"),
    "group": (
        "to chuyen mon", "to", "to cm", "to bo mon", "nhom chuyen mon", "nhom", "to cong tac", "to nhom",
        "to nhom chuyen mon", "ten to", "thuoc to", "to khoi", "khoi", "to khoi chuyen mon", "sinh hoat to",
        "sinh hoat to chuyen mon", "bo phan", "group", "department", "professional group", "subject group", "team",
        "dept", "bo mon", "phong ban", "to phong", "to chuyen mon nghiep vu", "section", "division", "to sinh hoat",
    ),
    "subject": (
        "mon day", "mon", "mon giang day", "day mon", "mon hoc", "bo mon giang day", "mon phu trach", "subject",
        "subjects", "teaching subject", "subject taught", "mon day chinh", "mon chinh", "chuyen mon giang day",
        "phan cong chuyen mon", "mon hoc giang day", "cac mon day", "day mon chinh", "giang day mon", "mon duoc phan cong",
    ),
    "role": (
        "chuc vu", "chuc danh", "vi tri viec lam", "vtvl", "vi tri", "nhiem vu", "cv", "chuc vu chinh quyen", "chuc vu hien tai",
        "chuc vu chuc danh", "chuc danh chuc vu", "chuc vu dang dam nhiem", "chuc vu hien nay", "cong viec", "nhiem vu duoc giao",
        "role", "position", "post", "job title", "duty", "function", "job", "chuc vu cong viec", "vai tro", "loai can bo",
        "nhom chuc vu", "loai cong viec", "chuc vu cong tac", "chuc vu dam nhiem", "job position", "c vu",
        "cap bac chuc vu",
    ),
    "qualification": (
        "trinh do chuyen mon", "trinh do", "trinh do dao tao", "tdcm", "bang cap", "hoc vi", "trinh do cm",
        "trinh do chuyen mon nghiep vu", "trinh do cmnv", "van bang", "td chuyen mon", "bang cap cao nhat",
        "trinh do chuyen mon cao nhat", "trinh do chinh", "td dao tao", "qualification", "degree", "education", "highest degree",
        "highest qualification", "education level", "qualifications", "trinh do hoc van", "trinh do dao tao cao nhat",
        "trinh do chuyen mon dao tao",
    ),
    "title_rank": (
        "hang cdnn", "hang chuc danh nghe nghiep", "hang", "hang giao vien", "hang gv", "chuc danh nghe nghiep",
        "cdnn", "hang chuc danh", "ngach hang", "hang vien chuc", "hang chuc danh nn", "rank", "title rank", "grade", "teacher rank",
        "professional title rank", "professional rank", "hang cd nn", "ngach", "professional title",
    ),
    "party_member": (
        "dang vien", "la dang vien", "dang", "dang vien x", "party member", "party", "communist party member", "dv", "ket nap dang",
        "dang vien dcsvn", "dang vien danh dau x",
    ),
    "joined_on": (
        "ngay vao nganh", "nam vao nganh", "vao nganh", "thang nam vao nganh", "ngay thang nam vao nganh", "vao nganh gd",
        "thang vao nganh", "thoi gian vao nganh", "ngay vao nganh gd", "ngay vao nganh giao duc", "ngay tuyen dung",
        "nam tuyen dung", "thoi diem vao nganh", "ngay bat dau cong tac", "ngay vao lam", "nam vao nganh giao duc", "nam vao nghe",
        "nam cong tac", "nam bat dau cong tac", "ngay thang vao nganh",
        "joined", "joined on", "date joined", "start date", "entry date", "hire date", "entered the profession", "date of joining",
        "year joined", "joining date", "employment date", "joined profession", "year of entry", "date of entry", "ngay vao nghe",
    ),
    "email": ("email", "e mail", "mail", "thu dien tu", "dia chi email", "dia chi mail", "gmail",
    "email address", "hop thu", "hop thu dien tu",
              "e mail address", "dia chi thu dien tu", "dia chi e mail", "email cong vu", "email ca nhan"),
    "status": (
        "trang thai", "trang thai can bo", "trang thai cong tac", "trang thai lam viec", "trang thai giao vien", "trang thai gv",
        "trang thai nhan su", "trang thai hoat dong", "trang thai ho so", "tinh trang", "tinh trang cong tac",
        "tinh trang lam viec", "tinh trang can bo", "status", "employment status", "work status",
    ),
    "phone": (
        "dien thoai", "so dien thoai", "sdt", "so dt", "dien thoai di dong", "dtdd", "di dong", "so dtdd", "phone",
        "phone number", "mobile", "telephone", "tel", "cell", "cell phone", "mobile phone", "mobile number", "dt di dong",
        "so di dong", "dt lien he", "dien thoai lien he", "sdt lien he", "so dien thoai lien he", "contact number", "so may",
    ),
}  # fmt: skip
FIELD_OF = {synonym: name for name, synonyms in SYNONYMS.items() for synonym in synonyms}

# Longer headers that only begin like a known one: "Họ và tên giáo viên được đánh giá", "Ngày sinh (ghi đủ ngày tháng)".
BEGINNINGS = (
    ("ho va ten dem", "family_name"), ("ho va ten", "full_name"), ("ho ten", "full_name"), ("ma dinh danh", "person_code"),
    ("so cccd", "person_code"), ("so can cuoc", "person_code"), ("ngay sinh", "birth_date"),
    ("ngay thang nam sinh", "birth_date"), ("to chuyen mon", "group"), ("mon day", "subject"), ("mon giang day", "subject"),
    ("chuc vu", "role"), ("trinh do chuyen mon", "qualification"), ("hang cdnn", "title_rank"),
    ("hang chuc danh", "title_rank"), ("dang vien", "party_member"), ("ngay vao nganh", "joined_on"),
    ("ngay thang nam vao nganh", "joined_on"),
    ("nam vao nganh", "joined_on"), ("dia chi email", "email"), ("so dien thoai", "phone"), ("dien thoai", "phone"),
    ("gioi tinh", "gender"),
    ("dan toc", "ethnicity"), ("full name", "full_name"), ("date of birth", "birth_date"),
)  # fmt: skip
NOT_OURS = re.compile(
    r"\b(vao dang|chinh thuc|cap|het han|noi|que|chi bo|chinh tri|tin hoc|ngoai ngu|boi duong|phu cap|luong|hon nhan|(?<!nu )khac)\b"
)
"""Words of columns that begin like ours and are not: "Ngày vào Đảng", "Ngày cấp", "Nơi sinh"."""

THEIRS = re.compile(
    r"\b(vo|chong|cha|me|con(?! so)|cu|phu thuoc|doan|nguoi than|than nhan|phu huynh|nguoi lien he|khan cap|khong dau|bi danh)\b"
)
"""Words behind a header that make it a relative's, an earlier name or a post elsewhere: "Ngày sinh vợ", "Họ tên cũ"."""
THEIRS_BY_ACCENT = re.compile(r"\bbố\b|\bđảng\b(?! viên)")
"""As THEIRS, where other words differ by an accent alone: "bộ" (cán bộ), "đang" (đang giữ)."""
THEIRS_WITHOUT_ACCENTS = re.compile(r"\bbo$|\bbo me\b|\bdang\b(?! (vien|giu|dam|lam|cong|phu))")

WEAK = {
    "ma", "id", "code", "so hieu", "ten", "name", "nam sinh", "ns", "to", "khoi", "nhom", "bo phan", "section",
    "trinh do", "hang", "dang", "nam vao nganh", "nam tuyen dung", "nam cong tac", "mon", "chuc danh", "cong viec",
    "loai can bo", "trinh do hoc van", "giao vien", "vi tri viec lam", "vtvl", "vi tri", "nhiem vu", "nhom chuc vu",
    "loai cong viec", "ngay thang nam", "ngay tuyen dung", "mail", "teacher", "year of birth", "nu",
}  # fmt: skip
"""Headers that give way when another column says the same more exactly ("Năm sinh" beside "Ngày sinh")."""


def field_of(title: str) -> str:
    """The field a header means, or ""."""
    return _match(title)[0]


def is_exact(title: str) -> bool:
    """True when the header is a known one, not only one that begins like it."""
    return _match(title)[1]


def _match(title: str) -> tuple[str, bool]:
    """(field or "", whether the whole header is known)."""
    key = word_key(title)
    if title.strip() in ("#", "№", "Nº"):
        return "ordinal", True
    if key == "dt":  # ĐT is a telephone, DT a people
        return ("phone" if "đ" in title.lower() else "ethnicity"), True
    if key in FIELD_OF:
        return FIELD_OF[key], True
    theirs = is_theirs(title)
    without_hint = word_key(re.sub(r"\(.*?\)|\[.*?\]|\*", " ", title))
    if without_hint in FIELD_OF and not theirs:
        return FIELD_OF[without_hint], True
    name = next((name for start, name in BEGINNINGS if key.startswith(start + " ")), "")
    if NOT_OURS.search(key) or (theirs and name != "party_member"):
        return "", False
    return name, False


def is_theirs(title: str) -> bool:
    """Said of a relative, of an earlier time, or of the Party and unions, not of the work at the school."""
    key, written = word_key(title), unicodedata.normalize("NFC", title).lower()
    if "chinh quyen" in key:
        return False  # "Chức vụ (Đảng, chính quyền, đoàn thể)" holds the post at the school too
    accents = THEIRS_WITHOUT_ACCENTS.search(key) if title.isascii() else THEIRS_BY_ACCENT.search(written)
    return bool(accents or THEIRS.search(key))


def is_weak(title: str) -> bool:
    """True when another column of the same meaning is to be preferred."""
    return word_key(title) in WEAK


def reason_title() -> str:
    """The title of the column that the workbook of rows with errors adds: no list of a school has it of its own."""
    return gettext("Why this row was left out")


def is_reason(title: str) -> bool:
    """The column that the workbook of rows with errors adds, in any language."""
    return word_key(title) in _reason_keys()


@cache
def _reason_keys() -> set[str]:
    keys = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            keys.add(word_key(reason_title()))
    return keys
