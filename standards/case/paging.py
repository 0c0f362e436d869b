"""Questions to the list of documents: limit, offset, sort, orderBy, filter, fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from standards.case.fields import ABOUT_PLACE, ALWAYS, FIELDS
from standards.case.normal import Json

KNOWN = {*FIELDS["CFDocument"], "CFPackageURI"}
REQUIRED = (*ALWAYS, "creator", "title", ABOUT_PLACE[0])
USUAL, MOST = 100, 1000
CONDITION = re.compile(r"\s*([A-Za-z]+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")
TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda found, wanted: found == wanted,
    "!=": lambda found, wanted: found != wanted,
    ">": lambda found, wanted: found > wanted,
    "<": lambda found, wanted: found < wanted,
    ">=": lambda found, wanted: found >= wanted,
    "<=": lambda found, wanted: found <= wanted,
    "~": lambda found, wanted: wanted in found,
}


class BadQuestion(ValueError):
    """A parameter that can't be answered. `code` is CASE's word for it, `parameter` its name, `str()` the sentence."""

    def __init__(self, parameter: str, code: str, sentence: str):
        super().__init__(sentence)
        self.parameter, self.code = parameter, code


@dataclass(frozen=True)
class Question:
    """What is asked of a list. `conditions` must all hold, or any of them where `any_of`."""

    limit: int = USUAL
    offset: int = 0
    sort: str = ""
    descending: bool = False
    conditions: tuple[tuple[str, str, str], ...] = ()
    any_of: bool = False
    fields: frozenset[str] = field(default_factory=frozenset)

    def answer(self, rows: list[Json]) -> tuple[list[Json], int]:
        """The page of `rows` that is asked for, and how many there are on all pages."""
        found = [row for row in rows if self.holds(row)]
        if self.sort:
            found.sort(key=lambda row: _text(row.get(self.sort)).casefold(), reverse=self.descending)
        page = found[self.offset : self.offset + self.limit]
        if self.fields:
            page = [{name: row[name] for name in row if name in self.fields or name in REQUIRED} for row in page]
        return page, len(found)

    def holds(self, row: Json) -> bool:
        """Whether a document fulfils the filter; words are compared whatever their letters' size."""
        results = (_holds(row.get(name), test, wanted) for name, test, wanted in self.conditions)
        return not self.conditions or (any(results) if self.any_of else all(results))


def question(query: QueryDict) -> Question:
    """Reads the parameters of an address. Raises BadQuestion."""
    sort = query.get("sort", "")
    if sort and sort not in KNOWN:
        raise BadQuestion("sort", "invalid_sort_field", _("There is no field “%(name)s”.") % {"name": sort})
    order = query.get("orderBy", "asc")
    if order not in {"asc", "desc"}:
        raise BadQuestion("orderBy", "invalid_sort_field", _("orderBy is asc or desc."))
    fields = [name.strip() for value in query.getlist("fields") for name in value.split(",") if name.strip()]
    if unknown := [name for name in fields if name not in KNOWN]:
        raise BadQuestion(
            "fields", "invalid_selection_field", _("There is no field “%(name)s”.") % {"name": unknown[0]}
        )
    conditions, any_of = _conditions(query.get("filter", ""))
    return Question(
        limit=min(_whole(query, "limit", USUAL, 1), MOST),
        offset=_whole(query, "offset", 0, 0),
        sort=sort,
        descending=order == "desc",
        conditions=conditions,
        any_of=any_of,
        fields=frozenset(fields),
    )


def links(address: str, query: QueryDict, asked: Question, total: int) -> str:
    """The Link header: first, prev, next and last page, with everything else that was asked."""
    last = max(0, (total - 1) // asked.limit * asked.limit)
    pages = {"first": 0, "last": last}
    if asked.offset > 0:
        pages["prev"] = max(0, asked.offset - asked.limit)
    if asked.offset + asked.limit < total:
        pages["next"] = asked.offset + asked.limit
    others = [(name, value) for name in query for value in query.getlist(name) if name not in {"limit", "offset"}]
    return ", ".join(
        f'<{address}?{urlencode([*others, ("limit", asked.limit), ("offset", offset)])}>; rel="{name}"'
        for name, offset in pages.items()
    )


def _whole(query: QueryDict, name: str, usual: int, least: int) -> int:
    text = query.get(name)
    if text is None:
        return usual
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < least:
        sentence = _("%(name)s is a whole number from %(least)s.") % {"name": name, "least": least}
        raise BadQuestion(name, "invalid_selection_field", sentence)
    return int(text)


def _conditions(text: str) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    if not text.strip():
        return (), False
    parts = re.split(r"\s+(AND|OR)\s+(?=(?:[^']*'[^']*')*[^']*$)", text)
    joiners = set(parts[1::2])
    found = []
    for part in parts[::2]:
        match = CONDITION.fullmatch(part)
        if not match or match[1] not in KNOWN:
            sentence = _("A filter looks like title~'math' AND language='en'; it names fields of a document.")
            raise BadQuestion("filter", "invalid_selection_field", sentence)
        found.append((match[1], match[2], match[3]))
    if len(joiners) > 1:
        raise BadQuestion("filter", "invalid_selection_field", _("A filter joins with AND or with OR, not with both."))
    return tuple(found), joiners == {"OR"}


def _holds(value: Any, test: str, wanted: str) -> bool:
    values = value if isinstance(value, list) else [value]
    results = (TESTS[test](_text(one).casefold(), wanted.casefold()) for one in values)
    return all(results) if test == "!=" else any(results)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("title", ""))
    return "" if value is None else str(value)
