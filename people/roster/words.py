"""Comparing words as offices write them: capitals, accents, dots and spaces do not matter."""

import re
import unicodedata
from functools import lru_cache

from core.names import clean_text
from core.spreadsheets.tables import Value


def text_of(value: Value) -> str:
    """A cell as clean text: whole numbers without ".0", no invisible characters, an escaping apostrophe removed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = _clean(value) if isinstance(value, str) else clean_text(value)
    return text[1:].lstrip() if re.match(r"'[\w=+@-]", text) else text


@lru_cache(maxsize=8192)
def _clean(text: str) -> str:
    return clean_text(text)


@lru_cache(maxsize=8192)
def word_key(text: str) -> str:
    """ "  HỌ VÀ TÊN (*) " -> "ho va ten": letters and figures without accents, in small letters, single spaces."""
    text = unicodedata.normalize("NFD", clean_text(text).lower().replace("đ", "d"))
    text = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join(text.split())


def group_key(name: str) -> str:
    """Two spellings of one professional group have one key: "tổ Toán - Tin" and "TỔ CHUYÊN MÔN TOÁN TIN"."""
    key = word_key(name)
    key = re.sub(r"^(to|nhom|khoi|bo phan)( chuyen mon| cm| bo mon)? ", "", key)
    return key.replace(" va ", " ").replace(" ", "")


def is_group_title(text: str) -> bool:
    """ "Tổ Toán - Tin", "NHÓM VĂN", "Khoi 4 + 5"; not "Tô Thị Lan", "Tổ trưởng", "TỔ CHỨC CÁN BỘ"."""
    written = text.lower() if text.isascii() else unicodedata.normalize("NFC", text.lower())
    return bool(
        re.match(r"(to|nhom|khoi|bo mon)\b" if text.isascii() else r"(tổ|nhóm|khối|bộ môn)\b", written)
        and not re.match(r"to (truong|pho|chuc|quoc|dan pho|cong doan)\b", word_key(text))
    )


def is_blank_word(text: str) -> bool:
    """Dashes, dots and words that people write instead of leaving a cell empty."""
    key = word_key(text)
    return not key or key in {
        "khong",
        "khong co",
        "chua co",
        "none",
        "n a",
        "na",
        "null",
        "k",
        "ko",
    }
