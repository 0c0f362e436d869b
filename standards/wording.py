"""What changed between two texts, word by word; and how much two names have in common."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import log, sqrt

MOST_WORDS = 3000  # longer texts are compared line by line, then as a whole: the work grows with the square
MOST_PAIRS = 500_000  # of equal words, one in each text; prose of 700 words has as many, mostly spaces
MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # accents and Thai vowels belong to the letter before them
THAI = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"
WORDS = re.compile(rf"[{THAI}][{MARKS}]*|[^\W{THAI}][\w{MARKS}]*|\s+|.", re.DOTALL)
LETTERS = re.compile(rf"[\w{MARKS}]{{2,}}")
SHORT = 2
LITTLE = 0.3
COMMON = 80  # a word in more texts than this (or than one in so many) does not make two texts neighbours


@dataclass(frozen=True)
class Piece:
    """A run of words. `kind`: "same", "gone" (only in the old text) or "new" (only in the new one)."""

    kind: str
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The new text with what is gone from the old one, in reading order. Joined without "new" pieces it is the old
    text to the letter, without "gone" pieces the new one."""
    one, two = _words(old), _words(new)
    if _is_much(one, two):
        one, two = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if _is_much(one, two):
        return tuple(Piece(kind, text) for kind, text in (("gone", old), ("new", new)) if text)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(one[a:b])))
            continue
        found += [Piece(name, text) for name, text in (("gone", "".join(one[a:b])), ("new", "".join(two[c:d]))) if text]
    shared = sum(len(piece.text) for piece in found if piece.kind == "same")
    if old and new and shared * 2 < LITTLE * (len(old) + len(new)):  # another text: marks would only be in the way
        return Piece("gone", old), Piece("new", new)
    return tuple(_readable(found))


def _is_much(one: list[str], two: list[str]) -> bool:
    if max(len(one), len(two)) > MOST_WORDS:
        return True
    other = Counter(two)
    return sum(number * other[word] for word, number in Counter(one).items()) > MOST_PAIRS


def _words(text: str) -> list[str]:
    return WORDS.findall(text)


def _readable(found: list[Piece]) -> list[Piece]:
    """Joins changes that only a space or a letter or two keep apart: whole phrases are easier to read."""
    result: list[Piece] = []
    gone = new = ""
    for place, piece in enumerate(found):
        inner = 0 < place < len(found) - 1
        between = piece.kind == "same" and (gone or new) and inner and len(piece.text.strip()) <= SHORT
        if piece.kind == "same" and not between:
            result += [Piece(kind, text) for kind, text in (("gone", gone), ("new", new)) if text]
            result.append(piece)
            gone = new = ""
            continue
        gone += piece.text if piece.kind != "new" else ""
        new += piece.text if piece.kind != "gone" else ""
    return result + [Piece(kind, text) for kind, text in (("gone", gone), ("new", new)) if text]


def likeness(one: str, other: str) -> float:
    """How much of their words two texts share, from 0 to 1."""
    a, b = Counter(LETTERS.findall(one.casefold())), Counter(LETTERS.findall(other.casefold()))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def closest(
    texts: Mapping[str, Iterable[str]], others: Mapping[str, Iterable[str]]
) -> dict[str, list[tuple[str, float]]]:
    """For each of `texts` (by a key, each in several languages) the likest of `others`, best first, with a score from 0
    to 1. Words that many have in common count little. Fit for thousands on each side."""
    one = {key: _bag(words) for key, words in texts.items()}
    two = {key: _bag(words) for key, words in others.items()}
    spread = Counter(word for bag in two.values() for word in bag)
    weight = {word: log(1 + len(two) / count) for word, count in spread.items()}
    index: dict[str, list[str]] = defaultdict(list)
    for key, bag in two.items():
        for word in bag:
            index[word].append(key)
    size = {key: sqrt(sum(weight[word] ** 2 for word in bag)) for key, bag in two.items()}
    rare, often = log(1 + len(two)), max(COMMON, len(two) // COMMON)
    found = {}
    for key, bag in one.items():
        near = {other for word in bag if len(index[word]) <= often for other in index[word]}
        own = sqrt(sum(weight.get(word, rare) ** 2 for word in bag))
        scores = ((other, sum(weight[word] ** 2 for word in bag & two[other]) / (own * size[other])) for other in near)
        found[key] = sorted(scores, key=_by_score)[:5]
    return found


def _by_score(entry: tuple[str, float]) -> tuple[float, str]:
    return -entry[1], entry[0]


def _bag(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in LETTERS.findall(text.casefold())}
