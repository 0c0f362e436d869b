"""Searching names without their accents, in the database itself, on servers of any locale."""

import unicodedata

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def plain(text: str) -> str:
    """ "Mai Thị Hương" -> "mai thi huong": small letters without accents."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("\0", ""))
    return "".join(char for char in letters if not unicodedata.combining(char))


class Translate(Func):
    """PostgreSQL's translate() with the Vietnamese letters: immutable, so that a generated column may use it."""

    function = "TRANSLATE"
    template = "%(function)s(%(expressions)s, '{}', '{}')".format(
        _MARKED + _MARKED.upper(), "".join(plain(letter) for letter in _MARKED) * 2
    )


def Plain(expression) -> Lower:  # noqa: N802  reads as the database functions beside it
    """`plain` as the database computes it."""
    return Lower(Translate(expression))


def joined(*fields: str) -> Lower:
    """The fields one after the other as `Plain`, with a space between: a word is in it when it is in one of them."""
    parts = [part for field in fields for part in (Value(" "), field)]
    return Plain(Concat(*parts, output_field=TextField()))


def containing(rows: QuerySet, words: str, *fields: str) -> QuerySet:
    """Narrows `rows` to those where every word stands in one of `fields`, with or without accents."""
    wanted = plain(words).split()
    if wanted:
        rows = rows.alias(searched=joined(*fields))
    for word in wanted:
        rows = rows.filter(searched__contains=word)
    return rows


def contains(text: str, words: str) -> bool:
    """The same of one text outside the database: every word stands in it."""
    text = plain(text)
    return all(word in text for word in plain(words).split())
