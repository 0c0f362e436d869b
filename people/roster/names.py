"""The name of a person out of what stands in its cells: titles, posts and remarks are taken off and told."""

import re
from itertools import pairwise

NAME_FIELDS = ("full_name", "family_name", "middle_name", "given_name")
BRACKETS = re.compile(r"\s*([(\[][^)\]]*[)\]])\s*")
BEHIND = re.compile(r"\s+[-–—]\s+(.+)$|\s*[,;]\s*(.+)$")  # "Lê Thị Hà - TTCM", "Lê Thị Hà, ThS"
TITLE = re.compile(
    r"(?:(?:pgs|gs|tskh|ts|th\.?s|ncs|cn|ks|bs|ng[uư]t|ngnd|đ/c|mr|mrs|ms|dr)(?:\.\s*|\s+)"
    r"|(?:phó giáo sư|giáo sư|tiến s[iĩỹ]|thạc s[iĩỹ]|cử nhân|nhà giáo (?:ưu tú|nhân dân)|đồng chí|thầy|cô|bà)[.:]?\s+"
    r"|ông(?:[.:]\s*|\s+(?!(?:thị|văn)\b)(?=\S+\s+\S+\s+\S)))+(?=\S)",  # "Ông" is a family name too: "Ông Cao Thắng"
    re.IGNORECASE,
)
OLD_FONT = re.compile(r"[µ¶¸¹¨®]|a[àáâãäåûúù]|e[âãàáåäûùú]|[aou][øï]|oâ")  # pairs that no Vietnamese word has


def without_remarks(text: str) -> tuple[str, list[str]]:
    """(the name alone, what was taken off it as written)."""
    found = BRACKETS.findall(text)
    text = BRACKETS.sub(" ", text).strip()
    if match := BEHIND.search(text):
        found.append(match[1] or match[2])
        text = text[: match.start()]
    if match := TITLE.match(text):
        found.insert(0, match[0].strip())
        text = text[match.end() :]
    return text, found


def holds_parts(whole: str, family: str, given: str) -> bool:
    """A whole name beside family name and given name counts only if it begins and ends with them."""
    whole = whole.lower()
    return whole.startswith(family.lower()) and whole.endswith(given.lower())


def may_be_two(value: object) -> bool:
    """A cell of several lines, each long enough to be somebody's name."""
    lines = str(value or "").split("\n")
    return len(lines) > 1 and all(len(line.split()) > 1 for line in lines)


def is_name(text: str) -> bool:
    """Letters, and what stands between them in names: "H'Bia Niê-Kdăm", "Nguyễn T. Anh"."""
    return bool(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[ '’‘ʼ´`.-])*", text))


def is_old_font(text: str) -> bool:
    """Letters of TCVN3 ("NguyÔn ThÞ Hµ") or VNI ("Traàn Thò Haø") shown as Unicode shows them."""
    capital_inside = any(a.islower() and "À" <= b <= "Þ" for a, b in pairwise(text))
    return capital_inside or bool(OLD_FONT.search(text.lower()))
