"""Reading the smaller cells: gender, role, qualification, rank, party, e-mail, phone. Words in Vietnamese and English."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.spreadsheets.tables import Value
from people.enums import Gender, Role
from people.roster.words import is_blank_word, text_of, word_key

GENDERS = {
    "nu": Gender.FEMALE, "f": Gender.FEMALE, "female": Gender.FEMALE, "woman": Gender.FEMALE, "gai": Gender.FEMALE,
    "ba": Gender.FEMALE, "co": Gender.FEMALE, "ms": Gender.FEMALE, "mrs": Gender.FEMALE, "n": Gender.FEMALE,
    "nam": Gender.MALE, "m": Gender.MALE, "male": Gender.MALE, "man": Gender.MALE, "trai": Gender.MALE,
    "ong": Gender.MALE, "thay": Gender.MALE, "mr": Gender.MALE,
    "khac": Gender.OTHER, "other": Gender.OTHER, "x": Gender.OTHER,
}  # fmt: skip
LONGEST_EMAIL = 254
TICKS = {
    "x",
    "co",
    "yes",
    "y",
    "1",
    "v",
    "true",
    "dang vien",
    "da ket nap",
    "chinh thuc",
    "du bi",
    "ok",
    "dung",
    "roi",
    "dv",
}
CROSSES = {"", "khong", "no", "n", "0", "false", "chua", "chua vao", "quan chung", "doan vien", "sai", "khong phai"}
QUALIFICATIONS = (
    ("tien si", "Tiến sĩ"), ("tien sy", "Tiến sĩ"), ("ts", "Tiến sĩ"), ("phd", "Tiến sĩ"), ("doctor", "Tiến sĩ"),
    ("thac si", "Thạc sĩ"), ("thac sy", "Thạc sĩ"), ("ths", "Thạc sĩ"), ("th s", "Thạc sĩ"), ("cao hoc", "Thạc sĩ"),
    ("master", "Thạc sĩ"), ("sau dai hoc", "Thạc sĩ"),
    ("dai hoc", "Đại học"), ("dhsp", "Đại học"), ("dh", "Đại học"), ("cu nhan", "Đại học"), ("bachelor", "Đại học"),
    ("university", "Đại học"), ("ky su", "Đại học"),
    ("cao dang", "Cao đẳng"), ("cdsp", "Cao đẳng"), ("cd", "Cao đẳng"), ("college", "Cao đẳng"),
    ("trung cap", "Trung cấp"), ("tcsp", "Trung cấp"), ("thsp", "Trung cấp"), ("tc", "Trung cấp"), ("trung hoc su pham", "Trung cấp"),
)  # fmt: skip
DEGREES = {name for _start, name in QUALIFICATIONS}
RANKS = {"1": "I", "i": "I", "2": "II", "ii": "II", "3": "III", "iii": "III", "4": "IV", "iv": "IV"}


@dataclass(frozen=True)
class ReadRole:
    """`role` is None where the word is not known or names no teacher (`staff` True: somebody who does not teach)."""

    role: Role | None
    deputy_of_group: bool = False
    staff: bool = False


def read_gender(value: Value, *, title: str = "") -> str | None:
    """A Gender, "" for an empty cell, None for an unknown word. A column titled "Nữ" is ticked for women."""
    key = word_key(text_of(value))
    if word_key(title) in ("nu", "la nu"):
        return Gender.MALE if key in CROSSES else Gender.FEMALE
    if not key:
        return ""
    return GENDERS.get(key) or (GENDERS.get(key.split()[-1]) if key.split()[0] in ("giao", "gv") else None)


_LEADER = r"(to truong|nhom truong|ttcm|\btt\b|truong bo mon|group leader|head of (group|department)|team leader)"
_DEPUTY_LEADER = r"(to pho|pho to truong|tpcm|pho to|nhom pho|pho nhom|deputy group leader|p to truong)"
_HEAD = r"(hieu truong|^ht\b|\bht$|principal|head ?teacher|headmaster|headmistress|^head$|school head|giam doc|director|^q hieu truong)"
_DEPUTY = (
    r"((pho|p) ?(hieu truong|ht\b|giam doc)|^pht\b|\bpht$|vice ?principal|deputy ?(head|principal)|assistant principal)"
)
_TEACHER = (
    r"(giao vien|\bgv\b|\bgvcn\b|\bgvbm\b|chu nhiem|tong phu trach|\btpt|teacher|giang vien|teaching|bi thu|chu tich cong doan|"
    r"thu ky hoi dong|truong ban|ctcd|pho bi thu|uy vien|dang uy|day hop dong)"
)
_STAFF = (
    r"(nhan vien|\bnv\b|ke toan|van thu|thu quy|thu vien|y te|bao ve|phuc vu|tap vu|cap duong|nau an|lai xe|thiet bi|"
    r"cong nghe thong tin|cham soc|nuoi duong|lao cong|giao vu|ho tro|quan sinh|staff|accountant|clerk|librarian|nurse|guard|"
    r"cook|driver|cashier|office)"
)


def read_role(value: Value) -> ReadRole:
    """The role of a cell such as "Tổ trưởng", "GV", "P. Hiệu trưởng", "Kế toán". An empty cell is a teacher."""
    key = word_key(text_of(value))
    if not key:
        return ReadRole(Role.TEACHER)
    if re.search(_DEPUTY, key):
        return ReadRole(Role.DEPUTY_HEAD)
    if re.search(_DEPUTY_LEADER, key):
        return ReadRole(Role.TEACHER, deputy_of_group=True)
    if re.search(_HEAD, key) and not re.search(r"nguyen hieu truong|tro ly", key):
        return ReadRole(Role.HEAD)
    if re.search(_LEADER, key) and not re.search(r"to truong (van phong|bao ve|hanh chinh)", key):
        return ReadRole(Role.GROUP_LEADER)
    if re.search(_TEACHER, key):
        return ReadRole(Role.TEACHER)
    if re.search(_STAFF, key) or re.search(r"to truong (van phong|bao ve|hanh chinh)", key):
        return ReadRole(None, staff=True)
    return ReadRole(None)


def read_qualification(value: Value) -> str:
    """ "ĐHSP Toán" -> "Đại học". Words that are not known stay as written."""
    text = text_of(value)
    if is_blank_word(text):
        return ""
    key = word_key(text)
    found = next((name for start, name in QUALIFICATIONS if key == start or key.startswith(start + " ")), "")
    return (found or text)[:80]


def read_rank(value: Value) -> str:
    """ "Hạng III", "3", "GV THCS hạng 2" -> "III", "III", "II". Other texts stay as written, at most 20 characters."""
    text = text_of(value)
    if is_blank_word(text):
        return ""
    key = word_key(text)
    match = re.search(r"\bhang (iv|iii|ii|i|[1-4])\b", key) or re.fullmatch(r"(iv|iii|ii|i|[1-4])", key)
    return RANKS[match[1]] if match else text[:20]


def read_tick(value: Value) -> bool | None:
    """True for a tick (x, có, 1, a date), False for an empty cell or a no, None for another word."""
    if value is True or (value is not None and not isinstance(value, str | int | float | bool)):
        return True
    key = word_key(text_of(value))
    if key in CROSSES:
        return False
    if key in TICKS or text_of(value) in ("✓", "✔", "☑") or re.search(r"\d{4}", key):
        return True
    return None


def read_email(value: Value) -> str | None:
    """The address in small letters, "" for an empty cell, None when it is not an address."""
    text = re.sub(r"^mailto:", "", text_of(value), flags=re.IGNORECASE).strip(" .,;<>")
    if is_blank_word(text):
        return ""
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text.lower() if len(text) <= LONGEST_EMAIL else None


def read_phone(value: Value) -> tuple[str, bool]:
    """(number, whether its first zero was put back): Excel eats the zero of mobile numbers too."""
    text = text_of(value)
    if is_blank_word(text):
        return "", False
    number = re.sub(r"[^\d+]", "", re.split(r"[/;,]| - ", text)[0])  # the first of several
    if not isinstance(value, str) and len(number) == 9 and not number.startswith("0"):
        return f"0{number}", True
    if re.fullmatch(r"\+?\d{8,15}", number):
        return number, False
    return text[:30], False
