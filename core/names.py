"""Personal names: cleaning what spreadsheets bring, and sorting them as Vietnamese readers expect."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter


def clean_text(value: object) -> str:
    """Text as a person meant it: composed Unicode (NFC), no invisible characters, single spaces, trimmed."""
    text = unicodedata.normalize("NFC", str(value))
    visible = (char for char in text if char.isspace() or unicodedata.category(char) not in {"Cf", "Cc"})
    return re.sub(r"\s+", " ", "".join(visible)).strip()


def proper_name(value: object) -> str:
    """A cleaned personal name. Names in capitals ("LÊ THU OANH") come back as written by hand ("Lê Thu Oanh")."""
    name = clean_text(value)
    if name.isupper() or name.islower():
        name = re.sub(r"\w+", lambda word: word.group().capitalize(), name)
    return name


def name_key(full_name: str, *, given_name_first: bool = True) -> str:
    """Sort key of a name for a "C" collation: given name (last word) first, then family name, then middle names.

    Vietnamese alphabet (a ă â b c d đ …) decides first, tones (ngang huyền hỏi ngã sắc nặng) only between equals.
    """
    words = clean_text(full_name).lower().split()
    if given_name_first and len(words) > 1:
        words = [words[-1], words[0], *words[1:-1]]
    letters, tones = [], []
    for word in words:
        for char in word:
            base, tone = _split_tone(char)
            index = _LETTERS.find(base)
            letters.append(f"{index:02d}" if index >= 0 else f"~{base}")
            tones.append(tone)
        letters.append("!")  # sorts before every letter: a shorter word comes first
        tones.append("!")
    return "".join(letters)[:300] + "|" + "".join(tones)[:100]


def _split_tone(char: str) -> tuple[str, str]:
    """("ấ") -> ("â", "4"): the letter without its tone, and the tone's rank."""
    if char == "đ":
        return "đ", "0"
    tone, kept = "0", ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        elif part in _SHAPES or not unicodedata.combining(part):
            kept += part
    return unicodedata.normalize("NFC", kept), tone
