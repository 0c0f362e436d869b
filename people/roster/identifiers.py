"""Personal identifiers: figures that Excel took for numbers get their zeros back, where that is certain."""

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.spreadsheets.tables import Value
from people.roster.words import is_blank_word, text_of

NATIONAL_LENGTH = 12
NATIONAL_ZEROS = 2  # 001… is Hà Nội; what has nine figures is an identity card of old
NATIONAL = re.compile(r"0(0[12468]|[1-8]\d|9[1-6])\d{9}")  # begins with the number of a province
MOST_ZEROS = 4
SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
SHAPE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]{0,19}")


class BadIdentifier(ValueError):
    """An identifier that cannot be right; `str()` is the sentence."""


@dataclass(frozen=True)
class Pattern:
    """What the trusted identifiers of a school look like: their one length, and whether they begin with zero."""

    length: int = 0
    zero_first: bool = False
    most_zeros: int = MOST_ZEROS


def pattern_of(identifiers: Iterable[str], *, national: bool = False) -> Pattern:
    """The pattern that figure-only identifiers written as text agree on (at least 9 in 10 of them, at least two).

    `national`: the column says it is the national identity number, whose length is known.
    """
    if national:
        return Pattern(NATIONAL_LENGTH, zero_first=True, most_zeros=NATIONAL_ZEROS)
    figures = [text for text in identifiers if text.isdigit()]
    if len(figures) < 2:
        return Pattern()
    longest = max(map(len, figures))
    full = [text for text in figures if text.startswith("0") or len(text) == longest]
    length, count = Counter(map(len, full)).most_common(1)[0]
    if count * 10 < len(full) * 9 or count < 2:
        return Pattern()
    zero_first = any(text.startswith("0") for text in full if len(text) == length)
    return Pattern(length, zero_first, NATIONAL_ZEROS if length == NATIONAL_LENGTH else MOST_ZEROS)


def as_figures(text: str) -> str:
    """An identifier without what Excel and people put around and between its figures."""
    text = re.sub(r"(?<=\d)\s+(?=\d)", "", text.lstrip("'`‘’ "))
    return re.sub(r"^(\d+)\.0$", r"\1", text)


def with_zeros(text: str, pattern: Pattern) -> str:
    """The identifier that `text` would be if Excel had eaten its zeros, "" where it cannot be one."""
    missing = pattern.length - len(text)
    if not (text.isdigit() and pattern.zero_first and 0 < missing <= pattern.most_zeros) or text.startswith("0"):
        return ""
    whole = text.zfill(pattern.length)
    return whole if pattern.length != NATIONAL_LENGTH or NATIONAL.fullmatch(whole) else ""


def read_identifier(value: Value, pattern: Pattern, known: Container[str] = ()) -> tuple[str, bool]:
    """(identifier, whether zeros were put back). Empty for an empty cell. Raises BadIdentifier with a sentence.

    `known`: identifiers of people, which are right as they are written. Any other gets back the
    zeros that it lacks beside the rest of its column, a text too: columns are set to Text when it is too late.
    """
    text = text_of(value).lstrip("'`‘’ ")
    if is_blank_word(text):
        return "", False
    if (isinstance(value, float) and not value.is_integer()) or SCIENTIFIC.fullmatch(text):
        raise BadIdentifier(
            _("The identifier “%(text)s” lost its figures in Excel. Set the column to Text and type it again.")
            % {"text": text}
        )
    if isinstance(value, float) and value >= 1e15:
        raise BadIdentifier(_("The identifier “%(text)s” is too long.") % {"text": text})
    text = as_figures(text)
    if not SHAPE.fullmatch(text):
        raise BadIdentifier(
            _("The identifier “%(text)s” may hold figures and letters only, at most 20.") % {"text": text[:60]}
        )
    whole = with_zeros(text, pattern)
    if whole and text not in known:
        return whole, True
    return text, False
