"""The sheets of a framework's workbook and their columns: what each is called, what it holds, how wide it is.

Every column has a machine code that stands under its title ("criterion.name.vi", "criterion.descriptors.T.vi"), so that a
workbook filled in one language is read in any other. A title alone is understood too, in every language of the interface.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.localized import language_name, localized
from standards.exchange import words
from standards.exchange.words import in_every_language, word_key

LANGUAGES = ("vi", "en", "th", "ru")
"""Languages that a template offers; any other of two letters is read as well."""
MACHINE = re.compile(r"([a-z]+)\.([A-Za-z_]+(?:\.\S+)?)")


@dataclass(frozen=True)
class Field:
    """What stands in a column. `per`: "" for one column, "language" for one a language, "level" for one a level and
    language. `usual` False: shown only where the framework says something there."""

    name: str
    title: Promise
    kind: str = "text"  # text, code, long, number, yes, day, list, hidden
    per: str = ""
    width: int = 14
    usual: bool = True
    choices: Mapping[str, Promise | str] | str = (
        ""  # words of a drop-down, or the name of a sheet whose codes are offered
    )


def _text(name: str, title: Promise, width: int = 40, **more: Any) -> Field:
    return Field(name, title, kind="long", per="language", width=width, **more)


def _source(name: str, title: Promise, **more: Any) -> Field:
    return Field(name, title, kind="code", choices="source", **more)


WAS = Field("was", _("Came from (leave as it is)"), kind="hidden", width=10)
SHEETS: dict[str, Promise] = {
    "about": _("About"),
    "level": _("Levels"),
    "result": _("Results"),
    "rank": _("Ranks"),
    "standard": pgettext_lazy("sheet of a workbook", "Standards"),
    "criterion": _("Criteria"),
    "example": _("Examples"),
    "rule": _("Rule"),
    "group": _("Groups"),
    "vector": _("Worked examples"),
    "article": _("Articles"),
    "guidance": _("Guidance"),
    "source": _("Sources"),
}
HINTS: dict[str, Promise] = {
    "about": _("One line for each fact. Dates day first: 22/8/2018."),
    "level": _("The lowest level first. The code is short and is what ratings store."),
    "result": _("What the overall result can be where it is not one of the levels; the lowest first."),
    "rank": _("What is expected of each rank."),
    "standard": _(
        "In the order of the text. “Part of” names the code of the standard above; empty for those at the top."
    ),
    "criterion": _("One line for each criterion, in the order of the text. “Standard” is the code of its standard."),
    "example": _("One line for each example of evidence."),
    "rule": _("From the highest result down: the first result whose lines all hold is the overall result."),
    "group": _("Named groups of criteria that the rule speaks of."),
    "vector": _("Cases with a known result. The framework can be published only when the rule gives each of them."),
    "article": _("Citations that standards and the rule name by their key."),
    "guidance": _("Letters and dispatches that guide the text."),
    "source": _("Where the texts come from, and whether they are the official wording."),
}
FIELDS: dict[str, tuple[Field, ...]] = {
    "about": (
        Field("field", _("Field (leave as it is)"), kind="hidden", width=24),
        Field("label", _("What is asked"), width=34),
        Field("value", _("Answer"), width=30),
        _text("text", _("Answer in words")),
    ),
    "level": (
        Field("scale", _("Scale"), kind="code", usual=False),
        Field("code", _("Code"), kind="code"),
        Field("points", _("Points"), usual=False),
        _text("name", pgettext_lazy("of a framework", "Name"), 20),
        _text("short", _("Short form"), 12),
        _text("description", _("Description")),
        WAS,
    ),
    "result": (
        Field("code", _("Code"), kind="code"),
        _text("name", pgettext_lazy("of a framework", "Name"), 24),
        _text("description", _("Description")),
    ),
    "rank": (
        Field("code", _("Code"), kind="code"),
        _text("position", _("Position"), 30),
        _text("expected", _("What is expected"), 30),
        _text("description", _("Description")),
    ),
    "standard": (
        Field("parent", _("Part of"), kind="code"),
        Field("code", _("Code"), kind="code"),
        Field("label", _("Number in the text"), usual=False),
        Field("article", _("Article"), kind="code", choices="article"),
        _text("name", pgettext_lazy("of a framework", "Name"), 34),
        _text("alternative_name", _("Other name"), 30, usual=False),
        _text("description", _("Description"), 50),
        Field("descriptors", _("Level"), kind="long", per="level", width=40, usual=False),
        _source("provenance.name", _("Source of the name"), usual=False),
        _source("provenance.description", _("Source of the description"), usual=False),
        WAS,
    ),
    "criterion": (
        Field("standard", _("Standard"), kind="code", choices="standard"),
        Field("code", _("Code"), kind="code"),
        Field("number", _("No."), kind="number", width=8),
        Field("label", _("Number in the text"), usual=False),
        Field("key", _("Key criterion"), kind="yes", width=12, choices=words.YES_NO),
        Field("scale", _("Scale"), kind="code", usual=False),
        _text("name", pgettext_lazy("of a framework", "Name"), 34),
        _text("alternative_name", _("Other name"), 30, usual=False),
        _text("description", _("Description"), usual=False),
        Field("descriptors", _("Level"), kind="long", per="level", width=44),
        _source("provenance.name", _("Source of the name")),
        _source("provenance.description", _("Source of the description"), usual=False),
        _source("provenance.descriptors", _("Source of the levels' texts")),
        _source("provenance.examples", _("Source of the examples")),
        WAS,
    ),
    "example": (
        Field("criterion", _("Criterion"), kind="code", choices="criterion"),
        Field("level", _("Level"), kind="code", choices="level"),
        _text("text", _("Example"), 60),
    ),
    "rule": (
        Field("result", _("Result"), kind="code", choices="level"),
        Field("article", _("Article"), kind="code", choices="article"),
        Field("together", _("Taken together (any-1, all-1)"), kind="code"),
        Field("kind", _("Condition"), width=28, choices=words.CONDITIONS),
        Field("group", _("Group"), width=20, choices=words.GROUPS),
        Field("criteria", _("Criteria (codes)"), kind="list", width=34),
        Field("level", _("Level"), kind="code", choices="level"),
        Field("share", _("Share (2/3)")),
        Field("count", _("Number"), kind="number"),
        Field("json", _("In the data format"), kind="long", width=50, usual=False),
    ),
    "group": (
        Field("code", _("Code"), kind="code"),
        Field("criteria", _("Criteria (codes)"), kind="list", width=80),
    ),
    "vector": (
        Field("why", _("What this case shows"), kind="long", width=40),
        Field("expected", _("Expected result"), kind="code"),
        Field("value", _("Expected value"), usual=False),
        Field("ratings", _("Ratings"), kind="code", per="criterion", width=9),
        Field("json", _("In the data format"), kind="long", width=50, usual=False),
        WAS,
    ),
    "article": (Field("key", _("Key"), kind="code"), _text("text", _("Citation"))),
    "guidance": (
        Field("number", _("Number in the text"), width=26),
        Field("issued", _("Issued on"), kind="day"),
        _text("name", pgettext_lazy("of a framework", "Name")),
    ),
    "source": (
        Field("code", _("Code"), kind="code", width=24),
        Field("status", _("Status"), width=20, choices=words.STATUSES),
        _text("text", _("Where the text comes from"), 60),
    ),
}


@dataclass(frozen=True)
class Column:
    """A column as it stands in a sheet: its machine code, its title in the reader's language."""

    code: str
    title: str
    field: Field


@dataclass
class SheetPlan:
    """A sheet to be written: `rows` are code -> value."""

    key: str
    columns: list[Column]
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """What the columns depend on. `levels`: code to name of every level that texts can belong to; `criteria`: codes that
    test cases rate; `used`: codes of unusual columns that are needed ("criterion.label")."""

    languages: Sequence[str]
    levels: Mapping[str, Any]
    criteria: Sequence[str] = ()
    used: frozenset[str] = frozenset()


def columns_of(key: str, shape: Shape) -> list[Column]:
    """The columns of a sheet for a framework of this shape."""
    columns = []
    for item in FIELDS[key]:
        code = f"{key}.{item.name}"
        if not item.usual and code not in shape.used:
            continue
        if item.per == "language":
            columns += [
                Column(f"{code}.{tongue}", _named(item.title, tongue, shape), item) for tongue in shape.languages
            ]
        elif item.per == "level":
            columns += [
                Column(f"{code}.{level}.{tongue}", _named(_level_title(level, name), tongue, shape), item)
                for level, name in shape.levels.items()
                for tongue in shape.languages
            ]
        elif item.per == "criterion":
            columns += [Column(f"{code}.{criterion}", criterion, item) for criterion in shape.criteria]
        else:
            columns.append(Column(code, str(item.title), item))
    return columns


def _level_title(code: str, name: Any) -> str:
    name = localized(name)
    return f"{code} – {name}" if name and name != code else code


def _named(title: Promise | str, tongue: str, shape: Shape) -> str:
    return f"{title} ({language_name(tongue)})" if len(shape.languages) > 1 else str(title)


# --- reading titles back --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _titles() -> dict[str, dict[str, Field]]:
    """Sheet key -> word key of a title in any language -> its field."""
    found: dict[str, dict[str, Field]] = {}
    for key, fields in FIELDS.items():
        found[key] = {}
        for item in fields:
            if item.per in ("", "language"):
                for title in in_every_language(item.title):
                    found[key].setdefault(word_key(title), item)
    return found


@lru_cache(maxsize=1)
def _sheet_names() -> dict[str, str]:
    return {word_key(name): key for key, title in SHEETS.items() for name in in_every_language(title)}


@lru_cache(maxsize=256)
def language_of_word(word: str) -> str:
    """The code of a language from its code or its name in any language; "" for other words."""
    if re.fullmatch("[a-z]{2}", word):
        return word
    key = word_key(word)
    names = {}
    for code in LANGUAGES:
        info = get_language_info(code)
        for name in (info["name"], info["name_local"], *in_every_language(lazy(language_name, str)(code))):
            names[word_key(name)] = code
    return names.get(key) or names.get(key.removeprefix("tieng ")) or names.get(f"tieng {key}", "")


def sheet_of_name(name: str) -> str:
    """The key of the sheet with this name in any language, or ""."""
    return _sheet_names().get(word_key(name), "")


def code_of_title(key: str, title: str, *, levels: Mapping[str, Any], main: str) -> str:
    """The machine code that a title means in the sheet `key`, or "". `levels`: code to name; `main`: the language of a
    column that names none."""
    bare, tongue = title, ""
    whole = _titles()[key].get(word_key(title))
    if whole and not whole.per:
        return f"{key}.{whole.name}"
    if found := re.fullmatch(r"(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*\*?", title, re.DOTALL):
        tongue = language_of_word(found[2])
        bare = found[1] if tongue else title
    item = _titles()[key].get(word_key(bare))
    if item and item.per == "language":
        return f"{key}.{item.name}.{tongue or main}"
    if any(item.per == "level" for item in FIELDS[key]) and (level := _level_of_title(bare, levels)):
        return f"{key}.descriptors.{level}.{tongue or main}"
    is_code = re.fullmatch(r"[A-Za-z0-9][\w.-]{0,39}", title)  # columns of test cases are titled by their criterion
    return f"{key}.ratings.{title}" if key == "vector" and is_code else ""


def _level_of_title(title: str, levels: Mapping[str, Any]) -> str:
    first = re.split(r"[\s–:-]+", title.strip(), maxsplit=1)[0]
    if first in levels:
        return first
    key = word_key(title)
    for code, name in levels.items():
        names = name.values() if isinstance(name, Mapping) else [name]
        if key in (word_key(code), *(word_key(str(form)) for form in names)):
            return code
    return ""
