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
    "khac": Gender.OTHER, "other": Gender.OTHER,
}  # fmt: skip
LONGEST_EMAIL = 254
SCIENTIFIC = re.compile(r"\d[eE]\+?\d")
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


def is_for_women(title: str) -> bool:
    """A column to tick for women."""
    return word_key(title) in ("nu", "la nu")


def read_gender(value: Value, *, title: str = "") -> str | None:
    """A Gender, "" for an empty cell, None for an unknown word. A column titled "Nữ" is ticked for women."""
    key = word_key(text_of(value))
    if not key and read_tick(value) is False:
        return ""
    if is_for_women(title) and key not in GENDERS:
        return {True: Gender.FEMALE, False: Gender.MALE}.get(read_tick(value))
    if not key:
        return ""
    return GENDERS.get(key) or (GENDERS.get(key.split()[-1]) if key.split()[0] in ("giao", "gv") else None)


_ELSEWHERE = r"to (truong|pho)( to)? (cong doan|dang|dan pho)"
_OFFICE = r"to (truong|pho)( to)? (van phong|bao ve|hanh chinh|cap duong|nuoi duong)"
_LEADER = r"(to truong|nhom truong|khoi truong|truong khoi|ttcm|\btt\b|truong bo mon|group leader|head of (group|department)|team leader)"
_DEPUTY_LEADER = r"(to pho|khoi pho|pho to truong|tpcm|pho to|nhom pho|pho nhom|deputy group leader|p to truong)"
_HEAD = r"(hieu truong|^ht\b|\bht$|principal|head ?teacher|headmaster|headmistress|^head$|school head|giam doc|director|^q hieu truong)"
_DEPUTY = r"(hieu pho|(pho|p) ?(hieu truong|ht\b|giam doc)|^pht\b|\bpht$|vice ?principal|deputy ?(head|principal)|assistant principal)"
_TEACHER = (
    r"(giao vien|\bgv\b|\bgvcn\b|\bgvbm\b|chu nhiem|tong phu trach|\btpt|teacher|giang vien|teaching|bi thu|chu tich cong doan|"
    r"thu ky hoi dong|truong ban|ctcd|pho bi thu|uy vien|dang uy|day hop dong)"
)
_STAFF = (
    r"(nhan vien|\bnv\b|ke toan|van thu|thu quy|thu vien|y te|bao ve|phuc vu|tap vu|cap duong|nau an|lai xe|thiet bi|"
    r"cong nghe thong tin|cham soc|nuoi duong|lao cong|giao vu|ho tro|quan sinh|staff|accountant|clerk|librarian|nurse|guard|"
    r"cook|driver|cashier|office|giam thi|caretaker|janitor)"
)


def read_role(value: Value) -> ReadRole:
    """The role of a cell such as "Tổ trưởng", "GV", "P. Hiệu trưởng", "Kế toán". An empty cell is a teacher."""
    key = word_key(text_of(value))
    if not key:
        return ReadRole(Role.TEACHER)
    if re.search(_DEPUTY, key):
        return ReadRole(Role.DEPUTY_HEAD)
    if re.search(_OFFICE, key):
        return ReadRole(None, staff=True)
    if re.search(_ELSEWHERE, key) and not re.search(r"hieu truong|chuyen mon|\bcm\b", key):
        return ReadRole(Role.TEACHER)
    if re.search(_DEPUTY_LEADER, key):
        return ReadRole(Role.TEACHER, deputy_of_group=True)
    if re.search(_HEAD, key) and not re.search(r"nguyen hieu truong|tro ly", key):
        return ReadRole(Role.HEAD)
    if re.search(_LEADER, key):
        return ReadRole(Role.GROUP_LEADER)
    if re.search(_TEACHER, key):
        return ReadRole(Role.TEACHER)
    if re.search(_STAFF, key):
        return ReadRole(None, staff=True)
    return ReadRole(None)


_GONE = (
    r"\b(nghi huu|huu tri|ve huu|thoi viec|nghi viec|bo viec|nghi han|chuyen (truong|di|cong tac|don vi|nganh|khoi)|da chuyen(?! den)"
    r"|da nghi|tu tran|da mat|qua doi|cham dut|retired|left|resigned|transferred|deceased|inactive|terminated)\b"
)
_HERE = (
    r"\b(dang|con|cho|sap|chuan bi|hop dong|bien che|co huu|thinh giang|biet phai|thai san|om"
    r"|di hoc|tap su|thu viec|chuyen den|den tu|moi|active"
    r"|working|employed|on leave|seconded)\b"
)


def is_gone(value: Value) -> bool | None:
    """True for somebody who has left ("Nghỉ hưu", "Chuyển trường"), False for somebody at work, None for another word."""
    key = word_key(text_of(value))
    if not key or re.search(_HERE, key):
        return False
    return True if re.search(_GONE, key) else None


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
    """(number, whether its first zero was put back): Excel eats the zero of phone numbers too. "" for what is none."""
    text = text_of(value)
    if is_blank_word(text):
        return "", False
    number = re.sub(r"[^\d+]", "", phones_in(text)[0])
    if re.fullmatch(r"[1-9]\d{8}|2\d{9}", number):  # a mobile phone, or one at a desk
        return f"0{number}", True
    return (number, False) if re.fullmatch(r"\+?\d{8,15}", number) and not SCIENTIFIC.search(text) else ("", False)


def phones_in(text: str) -> list[str]:
    """The numbers of a cell that holds several."""
    return [part for part in re.split(r"[/;,\n]| - ", text) if re.search(r"\d", part)] or [""]
