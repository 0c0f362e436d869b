"""Texts of packages as texts of frameworks: language, plain words, codes that are safe in addresses."""

import re
import unicodedata
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any
from zlib import crc32

from core.localized import FALLBACK

THREE_LETTERS = {
    "eng": "en",
    "vie": "vi",
    "tha": "th",
    "rus": "ru",
    "spa": "es",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "jpn": "ja",
    "zho": "zh",
    "chi": "zh",
    "kor": "ko",
    "por": "pt",
    "ita": "it",
    "nld": "nl",
    "dut": "nl",
    "lao": "lo",
    "khm": "km",
    "ind": "id",
    "msa": "ms",
    "may": "ms",
    "ara": "ar",
    "hin": "hi",
}
NAMES = {"english": "en", "vietnamese": "vi", "thai": "th", "russian": "ru", "spanish": "es", "french": "fr"}
OF_COUNTRY = {"VN": "vi", "TH": "th", "RU": "ru"}
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
BREAKS = {"br", "p", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
CODE_LENGTH = 40


def language_of(value: Any, default: str = "en") -> str:
    """Two letters for a language tag, an ISO 639-2 code or an English name."""
    text = value.strip().lower().replace("_", "-") if isinstance(value, str) else ""
    first = text.split("-")[0]
    if re.fullmatch("[a-z]{2}", first):
        return first
    return THREE_LETTERS.get(first) or NAMES.get(text) or default


def country_of(value: Any) -> str:
    """The country of a language tag (en-US), of a language of one country, else ZZ: unknown."""
    text = value.strip().replace("_", "-") if isinstance(value, str) else ""
    found = re.search(r"-([A-Za-z]{2})$", text)
    if found:
        return found[1].upper()
    return next(
        (country for country, language in OF_COUNTRY.items() if text and language == language_of(text, "")), "ZZ"
    )


def main_language(pack: Mapping[str, Any]) -> str:
    """The language a framework is written in: its country's where the title has it, else the first that it has."""
    framework = pack.get("framework")
    title = pack.get("title")
    country = framework.get("jurisdiction") if isinstance(framework, Mapping) else None
    if not isinstance(title, Mapping) or not title:
        return FALLBACK[0]
    wanted = (OF_COUNTRY.get(country) if isinstance(country, str) else None, *FALLBACK, *sorted(map(str, title)))
    return next(code for code in wanted if code in title)


def told(text: Any, language: str) -> tuple[str, str]:
    """The words of a localized text and their language: `language`, else English, else the nearest; nothing for what is
    no text."""
    if not isinstance(text, Mapping):
        return "", language
    for code in (language, "en", *FALLBACK, *sorted(map(str, text))):
        found = text.get(code)
        if isinstance(found, str) and found.strip():
            return found, code
    return "", language


def words(text: Any, language: str) -> str:
    """The words alone."""
    return told(text, language)[0]


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.silent += 1
        elif tag in BREAKS:
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.silent = max(0, self.silent - 1)
        elif tag in BREAKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def plain(text: str) -> str:
    """The words of a statement without HTML tags, its lines kept. Markdown stays: it reads as text."""
    if TAG.search(text):
        reader = _Plain()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    elif "&" in text:
        text = unescape(text)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def safe_code(text: str) -> str:
    """A text as a code: letters, digits, dots, hyphens, underscores, at most 40; empty when nothing is left."""
    text = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    text = re.sub(r"[^A-Za-z0-9._-]+", "-", "".join(c for c in text if not unicodedata.combining(c)))
    return text.lstrip("._-")[:CODE_LENGTH].rstrip("-._")


class Codes:
    """Gives every node a code of its own."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self.taken = taken or set()
        self.made = self.changed = 0

    def give(self, wanted: str, identifier: str) -> str:
        """`wanted` made safe and single; of the identifier where nothing is wanted."""
        code, mark = safe_code(wanted), f"{crc32(identifier.encode()):08x}"
        if len(safe_code(wanted[:200])) == CODE_LENGTH and len(wanted.strip()) > CODE_LENGTH:
            code = f"{code[:31].rstrip('-._')}-{mark}"
        if not code:
            self.made += 1
            code = f"i-{mark}"
        single, count = code, 1
        while single in self.taken:
            count += 1
            single = f"{code[: CODE_LENGTH - 1 - len(str(count))]}-{count}"
        self.changed += bool(wanted.strip()) and single != wanted.strip()
        self.taken.add(single)
        return single
