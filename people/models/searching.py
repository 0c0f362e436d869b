"""Searching names without their accents, in the database itself, on servers of any locale."""

import unicodedata

from django.db.models import Func
from django.db.models.functions import Lower

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
