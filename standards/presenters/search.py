"""Searching in texts: every word must occur; without accents in the question, accents in the text don't matter."""

import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

LONGEST = 100
ACCENTS = dict.fromkeys(range(0x300, 0x370)) | {0x111: "d", 0x110: "d"}


class Search:
    """One question. `bool()` is whether anything is asked; `asked` is what to show in the field again."""

    def __init__(self, question: str):
        self.asked = " ".join(unicodedata.normalize("NFC", question[:LONGEST]).split())
        self.words = sorted({word.casefold() for word in self.asked.split()}, key=len, reverse=True)
        self.plain = all(fold(word) == word for word in self.words)

    def __bool__(self) -> bool:
        return bool(self.words)

    def finds(self, texts: Iterable[str]) -> bool:
        """Whether every word occurs in one of the texts."""
        text = "\n".join(texts)
        # thousands of texts: no look at single characters, which only marking needs
        text = (
            unicodedata.normalize("NFD", text).translate(ACCENTS) if self.plain else unicodedata.normalize("NFC", text)
        )
        text = text.casefold()
        return all(word in text for word in self.words)

    def mark(self, text: str) -> SafeString:
        """The text, escaped, with the words found in <mark>."""
        text = unicodedata.normalize("NFC", text)
        if not self.words or len(folded := self._folded(text)) != len(text):
            return conditional_escape(text)
        inside = [False] * len(text)
        for word in self.words:
            start = folded.find(word)
            while start >= 0:
                inside[start : start + len(word)] = [True] * len(word)
                start = folded.find(word, start + len(word))
        return mark_safe("".join(_runs(text, inside)))  # noqa: S308 - each run is escaped

    def _folded(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        return fold(text) if self.plain else "".join(_same_length(c, c.casefold()) for c in text)


def fold(text: str) -> str:
    """Lower case without accents, one character for each, so that places stay the same ("Đạo đức" -> "dao duc")."""
    return "".join(_same_length(c, _base(c)) for c in unicodedata.normalize("NFC", text))


def _base(character: str) -> str:
    if character in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", character)[0].casefold()


def _same_length(character: str, changed: str) -> str:
    return changed if len(changed) == 1 else character


def _runs(text: str, inside: Sequence[bool]) -> Iterable[str]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or inside[end] != inside[start]:
            run = text[start:end]
            yield format_html("<mark>{}</mark>", run) if inside[start] else conditional_escape(run)
            start = end
