"""Is this a pack? Every problem with its place and a sentence; `packs/schema.json` says the same for other programs."""

from typing import Any

from standards.packs_check import names
from standards.packs_check.plain import check_plain
from standards.packs_check.problems import Problem, Reader, TooMany
from standards.packs_check.rules import PackReader, is_ratings, sentence_of

__all__ = ["Problem", "check", "is_ratings", "sentence_of"]


def check(pack: Any) -> list[Problem]:
    """Every problem of a pack, in reading order, up to 200; an empty list means that it may be loaded.

    The rule is tried only when everything before it is well, the vectors only when the rule is.
    """
    plain, reader = Reader(), PackReader()
    try:
        check_plain(plain, pack)
        if plain.problems or not reader.fields(pack, "", names.PACK, names.PACK_OPTIONAL):
            return plain.problems or reader.problems
        reader.head(pack)
        reader.tree(pack)
        if not reader.problems:
            reader.rule(pack)
    except TooMany:
        pass
    return plain.problems or reader.problems
