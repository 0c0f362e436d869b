"""Cells as people type them, made into values: texts, codes, dates, yes and no, words of a drop-down in any language."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.spreadsheets.tables import Value
from core.spreadsheets.writing import ILLEGAL
from standards.enums import Precision, Purpose, SourceStatus, SubjectRole

CELL = 32_000
"""Characters written into one cell; spreadsheets hold 32,767."""
UNWRITABLE = {**ILLEGAL, 0xFFFE: None, 0xFFFF: None}
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(3_654, 109_575)  # 1910 … 2199
DAY_FIRST = re.compile(r"(?:ngay )?(\d{1,2})(?: thang | )(\d{1,2})(?: nam | )(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})(?: 00 00 00)?")

PLAIN = re.compile(r"[!-^`-~]+(?: [!-^`-~]+)*")
"""Texts of plain signs and single spaces, without the underscore that spreadsheets escape with."""
ODD = re.compile(r"[^\n !-~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027\u0e01-\u0e5b\u0400-\u04ff]")
"""Anything but the letters and signs of the languages we know: looked at one by one."""

YES_NO: dict[str, Promise] = {"yes": _("yes"), "no": _("no")}
GROUPS: dict[str, Promise] = {"all": _("all criteria"), "key": _("the key criteria")}
CONDITIONS: dict[str, Promise] = {
    "all_at_least": pgettext_lazy("condition of a rule", "all at least"),
    "share_at_least": pgettext_lazy("condition of a rule", "this share at least"),
    "named_at_least": pgettext_lazy("condition of a rule", "these at least"),
    "at_most": pgettext_lazy("condition of a rule", "at most so many below"),
    "any_below": pgettext_lazy("condition of a rule", "any below"),
    "more_than_below": pgettext_lazy("condition of a rule", "more than so many below"),
    "always": pgettext_lazy("condition of a rule", "in every case that is left"),
}
MISSING: dict[str, Promise] = {
    "incomplete": pgettext_lazy("what a rule does with a criterion that is not rated", "no result"),
    "left_out": pgettext_lazy("what a rule does with a criterion that is not rated", "left out"),
    "lowest": pgettext_lazy("what a rule does with a criterion that is not rated", "counts as the lowest level"),
}
KINDS: dict[str, Promise] = {
    "conditions": pgettext_lazy("kind of rule", "conditions, from the highest result down"),
    "none": pgettext_lazy("kind of rule", "no overall result"),
    "mean": pgettext_lazy("kind of rule", "means"),
    "points": pgettext_lazy("kind of rule", "points"),
    "bands": pgettext_lazy("kind of rule", "bands"),
}
ROLES = {str(choice.value): choice.label for choice in SubjectRole}
PURPOSES = {str(choice.value): choice.label for choice in Purpose}
PRECISIONS = {str(choice.value): choice.label for choice in Precision}
STATUSES = {str(choice.value): choice.label for choice in SourceStatus}
RATED: dict[str, Promise] = {
    "not_observed": pgettext_lazy("rating", "not observed"),
    "not_applicable": pgettext_lazy("rating", "not applicable"),
}
EXTRA = {
    "yes": "yes", "y": "yes", "x": "yes", "1": "yes", "true": "yes", "co": "yes", "v": "yes", "dung": "yes",
    "no": "no", "n": "no", "0": "no", "false": "no", "khong": "no", "sai": "no",
}  # fmt: skip


def plain(value: object) -> str:
    """A text as somebody meant it: composed Unicode, no invisible characters, no spaces too many; lines stay lines."""
    return _plain(value if isinstance(value, str) else str(value))


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    if PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("_x000D_", "")
    if ODD.search(text):
        text = "".join(
            char if char == "\n" else " " if char.isspace() else char
            for char in text
            if char.isspace() or unicodedata.category(char) not in {"Cf", "Cc", "Cs"}
        )
    return "\n".join(re.sub(" +", " ", line).strip() for line in text.split("\n")).strip()


def cell_text(value: Value) -> str:
    """A cell as text: whole numbers without ".0", days as 2026-08-22, true and false as x and nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return plain(value)


def writable(text: str) -> str:
    """A text as a cell can hold it: cut, without characters that the file format has no sign for."""
    return text[:CELL].translate(UNWRITABLE).encode("utf-8", "ignore").decode()


def as_written(text: str) -> str:
    """What a cell with this text gives back when it is read."""
    return plain(writable(text))


@lru_cache(maxsize=20_000)
def word_key(text: str) -> str:
    """ "  TÊN TIÊU CHÍ (*) " -> "ten tieu chi": letters and figures without accents, small, single spaces."""
    text = unicodedata.normalize("NFD", plain(text).lower().replace("đ", "d"))
    text = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join(text.split())


_forms: dict[int, dict[str, str]] = {}  # id of a list -> word key -> code


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages of the interface."""
    return tuple(code for code, _name in settings.LANGUAGES)


def in_every_language(word: Promise | str) -> list[str]:
    """The word in each language of the interface."""
    found = []
    for code in languages():
        with translation.override(code):
            found.append(str(word))
    return found


def choice(text: str, words: Mapping[str, Promise | str]) -> str:
    """The code that a cell means, whether the code or its word in any language stands there; the text itself if none.
    `words` is one of the lists above, which never change."""
    if text in words:
        return text
    if id(words) not in _forms:
        forms: dict[str, str] = {}
        for code, word in words.items():
            for form in (code, *in_every_language(word)):
                forms.setdefault(word_key(form), code)
        _forms[id(words)] = forms
    key = word_key(text)
    found = _forms[id(words)].get(key) or EXTRA.get(key)
    return found if found in words else text


def day(value: Value) -> str:
    """A day as 2026-08-22 from a date, a day number of Excel, 22/8/2026, 22-08-2026, 2026-08-22 or words; a year alone
    is its first day. Day first, always. A text that names no day comes back as it is."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = cell_text(value)
    if re.fullmatch(r"\d{4,5}", text):
        number = int(text)
        if 1900 <= number <= 2200:
            return f"{number}-01-01"
        return (EXCEL_DAY_ZERO + timedelta(days=number)).isoformat() if number in EXCEL_DAYS else text
    key = word_key(text)
    try:
        if found := YEAR_FIRST.fullmatch(key):
            return date(*map(int, found.groups())).isoformat()
        if found := DAY_FIRST.fullmatch(key):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        pass
    return text
