"""Is this a pack? Every problem with its place and a sentence; `packs/schema.json` says the same for other programs."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from standards.rating import SENTENCES, CodedError, Rule, RuleError, parse_rule, rate

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2}")
STATUSES = ("official", "summary", "illustrative", "unverified")
ROLES = ("teacher", "leader")
DEEPEST = 8

PACK = {"format", "code", "framework", "title", "valid_from", "legal", "levels", "standards", "rule", "provenance"}
PACK_OPTIONAL = {"$schema", "audience", "valid_to", "key_name", "vectors"}
FRAMEWORK = {"code", "jurisdiction", "subject_role", "title"}
LEGAL = {"number", "name", "issued", "effective"}
LEGAL_OPTIONAL = {"repealed_by", "repealed_from", "status_note", "guidance", "articles"}
LEVEL, LEVEL_OPTIONAL = {"code", "name"}, {"short", "description"}
STANDARD, STANDARD_OPTIONAL = {"code", "name"}, {"article", "description", "criteria", "standards"}
CRITERION = {"code", "number", "name"}
CRITERION_OPTIONAL = {"key", "descriptors", "examples", "provenance"}
DEFAULT_SOURCES = {"level", "standard", "description", "name", "descriptors", "examples", "rule"}
VECTOR, VECTOR_OPTIONAL = {"ratings", "expected"}, {"why"}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a pack: where (`standards[0].criteria[2].name`) and a sentence in the reader's language."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


def check(pack: Any) -> list[Problem]:
    """Every problem of a pack, in reading order; an empty list means that it may be loaded."""
    checker = _Checker()
    checker.pack(pack)
    return checker.problems


def sentence_of(error: CodedError) -> str:
    """The sentence of a rule's or rating's error in the reader's language."""
    return _(SENTENCES[error.code]) % error.params


class _Checker:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.articles: Collection[str] = ()
        self.sources: Collection[str] = ()
        self.levels: list[str] = []
        self.standards: set[str] = set()
        self.criteria: list[str] = []
        self.numbers: set[int] = set()
        self.key: list[str] = []

    def pack(self, pack: Any) -> None:
        if not self.fields(pack, "", PACK, PACK_OPTIONAL):
            return
        if pack["format"] != 1:
            self.say("format", _("This program reads format 1."))
        self.code(pack["code"], "code")
        self.framework(pack["framework"])
        self.text(pack["title"], "title")
        self.text(pack.get("audience"), "audience", optional=True)
        self.text(pack.get("key_name"), "key_name", optional=True)
        self.validity(pack)
        self.legal(pack["legal"])
        self.provenance(pack["provenance"])
        for place, item in self.items(pack["levels"], "levels"):
            self.level(item, place)
        for place, item in self.items(pack["standards"], "standards"):
            self.standard(item, place, 1)
        if not self.problems and (rule := self.rule(pack["rule"])):
            self.vectors(pack.get("vectors", []), rule)

    def framework(self, item: Any) -> None:
        if self.fields(item, "framework", FRAMEWORK):
            self.code(item["code"], "framework.code")
            if not re.fullmatch("[A-Z]{2}", str(item["jurisdiction"])):
                self.say("framework.jurisdiction", _("A jurisdiction is a country code of two capital letters."))
            if item["subject_role"] not in ROLES:
                roles = ", ".join(ROLES)
                self.say("framework.subject_role", _("This must be one of: %(known)s.") % {"known": roles})
            self.text(item["title"], "framework.title")

    def validity(self, pack: Mapping[str, Any]) -> None:
        start = self.day(pack["valid_from"], "valid_from")
        end = self.day(pack.get("valid_to"), "valid_to", optional=True)
        if start and end and end < start:
            self.say("valid_to", _("The last day in force comes before the first."))

    def legal(self, legal: Any) -> None:
        if not self.fields(legal, "legal", LEGAL, LEGAL_OPTIONAL):
            return
        self.text(legal["name"], "legal.name")
        self.text(legal.get("status_note"), "legal.status_note", optional=True)
        self.day(legal["issued"], "legal.issued")
        self.day(legal["effective"], "legal.effective")
        self.day(legal.get("repealed_from"), "legal.repealed_from", optional=True)
        successor = legal.get("repealed_by")
        if successor is not None and self.fields(successor, "legal.repealed_by", {"number", "name"}):
            self.text(successor["name"], "legal.repealed_by.name")
        for place, item in self.items(legal.get("guidance", []), "legal.guidance", empty=True):
            if self.fields(item, place, {"number", "name"}, {"issued"}):
                self.text(item["name"], f"{place}.name")
                self.day(item.get("issued"), f"{place}.issued", optional=True)
        self.articles = self.texts(legal.get("articles", {}), "legal.articles")

    def provenance(self, provenance: Any) -> None:
        if not self.fields(provenance, "provenance", {"sources", "default"}):
            return
        sources = provenance["sources"]
        if not isinstance(sources, Mapping):
            self.say("provenance.sources", _(SENTENCES["not_an_object"]))
            return
        self.sources = sources
        for code, source in sources.items():
            place = f"provenance.sources.{code}"
            if self.fields(source, place, {"status", "text"}):
                self.text(source["text"], f"{place}.text")
                if source["status"] not in STATUSES:
                    statuses = ", ".join(STATUSES)
                    self.say(f"{place}.status", _("This must be one of: %(known)s.") % {"known": statuses})
        if self.fields(provenance["default"], "provenance.default", DEFAULT_SOURCES):
            self.known_sources(provenance["default"], "provenance.default")

    def level(self, item: Any, place: str) -> None:
        if not self.fields(item, place, LEVEL, LEVEL_OPTIONAL):
            return
        self.unique(item["code"], f"{place}.code", self.levels)
        self.levels.append(item["code"])
        self.text(item["name"], f"{place}.name")
        self.text(item.get("short"), f"{place}.short", optional=True)
        self.text(item.get("description"), f"{place}.description", optional=True)

    def standard(self, item: Any, place: str, depth: int) -> None:
        if depth > DEEPEST:
            self.say(place, _("The tree is deeper than %(depth)s levels.") % {"depth": DEEPEST})
            return
        if not self.fields(item, place, STANDARD, STANDARD_OPTIONAL):
            return
        self.unique(item["code"], f"{place}.code", self.standards)
        self.standards.add(str(item["code"]))
        self.text(item["name"], f"{place}.name")
        self.text(item.get("description"), f"{place}.description", optional=True)
        if "article" in item and not known(item["article"], self.articles):
            self.say(f"{place}.article", _("There is no article “%(code)s”.") % {"code": item["article"]})
        if not item.get("criteria") and not item.get("standards"):
            self.say(place, _("A standard needs criteria or standards below it."))
        for below, child in self.items(item.get("criteria", []), f"{place}.criteria", empty=True):
            self.criterion(child, below)
        for below, child in self.items(item.get("standards", []), f"{place}.standards", empty=True):
            self.standard(child, below, depth + 1)

    def criterion(self, item: Any, place: str) -> None:
        if not self.fields(item, place, CRITERION, CRITERION_OPTIONAL):
            return
        code, number = item["code"], item["number"]
        self.unique(code, f"{place}.code", self.criteria)
        self.criteria.append(code)
        if not isinstance(number, int) or isinstance(number, bool) or number < 1 or number in self.numbers:
            self.say(f"{place}.number", _("The number must be a whole number from 1 that no other criterion has."))
        else:
            self.numbers.add(number)
        self.text(item["name"], f"{place}.name")
        if not isinstance(item.get("key", False), bool):
            self.say(f"{place}.key", _("This must be true or false."))
        elif item.get("key"):
            self.key.append(code)
        for level in self.texts(item.get("descriptors", {}), f"{place}.descriptors"):
            self.known_level(level, f"{place}.descriptors.{level}")
        examples = item.get("examples", {})
        if not isinstance(examples, Mapping):
            self.say(f"{place}.examples", _(SENTENCES["not_an_object"]))
            return
        for level, texts in examples.items():
            self.known_level(level, f"{place}.examples.{level}")
            for below, text in self.items(texts, f"{place}.examples.{level}"):
                self.text(text, below)
        own = item.get("provenance", {})
        if self.fields(own, f"{place}.provenance", set(), {"name", "descriptors", "examples"}):
            self.known_sources(own, f"{place}.provenance")

    def rule(self, data: Any) -> Rule | None:
        try:
            rule = parse_rule(data, criteria=self.criteria, levels=self.levels, key=self.key)
        except RuleError as error:
            self.say(f"rule.{error.path}" if error.path else "rule", sentence_of(error))
            return None
        for place, article in enumerate([rule.article, *(entry.article for entry in rule.results)]):
            if article and article not in self.articles:
                where = f"rule.results[{place - 1}].article" if place else "rule.article"
                self.say(where, _("There is no article “%(code)s”.") % {"code": article})
        return rule

    def vectors(self, vectors: Any, rule: Rule) -> None:
        """Golden examples must come out as they say."""
        for place, item in self.items(vectors, "vectors", empty=True):
            if not self.fields(item, place, VECTOR, VECTOR_OPTIONAL):
                continue
            if not is_ratings(item["ratings"]):
                self.say(f"{place}.ratings", _("Ratings are an object of criterion codes and level codes."))
                continue
            try:
                result = rate(rule, item["ratings"]).result or "INCOMPLETE"
            except CodedError as error:
                self.say(f"{place}.ratings", sentence_of(error))
                continue
            if result != item["expected"]:
                params = {"result": result, "expected": item["expected"]}
                self.say(place, _("The rule gives %(result)s here, not %(expected)s as expected.") % params)

    # --- small things ---------------------------------------------------------------------------------------------

    def say(self, path: str, sentence: str) -> None:
        self.problems.append(Problem(path, sentence))

    def fields(self, item: Any, path: str, required: set[str], optional: Collection[str] = ()) -> bool:
        """Whether `item` is an object that has every required field; says what is missing and what is strange."""
        if not isinstance(item, Mapping):
            self.say(path, _(SENTENCES["not_an_object"]))
            return False
        for name in item:
            if name not in required and name not in optional:
                self.say(path, _(SENTENCES["unknown_field"]) % {"value": name})
        missing = sorted(required - item.keys())
        for name in missing:
            self.say(path, _("The field “%(name)s” is missing.") % {"name": name})
        return not missing

    def items(self, data: Any, path: str, *, empty: bool = False) -> Iterator[tuple[str, Any]]:
        if not isinstance(data, list) or not (data or empty):
            self.say(path, _(SENTENCES["not_a_list"]))
            return
        for place, item in enumerate(data):
            yield f"{path}[{place}]", item

    def text(self, value: Any, path: str, *, optional: bool = False) -> None:
        if value is None and optional:
            return
        if not isinstance(value, Mapping) or not value:
            self.say(path, _('A text is an object of language codes and texts, for example {"vi": "…"}.'))
            return
        for language, words in value.items():
            if not LANGUAGE.fullmatch(str(language)):
                self.say(path, _("“%(code)s” is not a language code of two letters.") % {"code": language})
            if not isinstance(words, str) or not words.strip():
                self.say(f"{path}.{language}", _("The text is empty."))

    def texts(self, value: Any, path: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.say(path, _(SENTENCES["not_an_object"]))
            return {}
        for name, text in value.items():
            self.text(text, f"{path}.{name}")
        return value

    def day(self, value: Any, path: str, *, optional: bool = False) -> date | None:
        if value is None and optional:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.say(path, _("“%(value)s” is not a date; write 2018-10-10.") % {"value": value})
            return None

    def code(self, value: Any, path: str) -> None:
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.say(path, _("A code has 1 to 40 letters, digits, dots, hyphens or underscores."))

    def unique(self, value: Any, path: str, taken: Collection[str]) -> None:
        self.code(value, path)
        if known(value, taken):
            self.say(path, _("The code “%(code)s” is used twice.") % {"code": value})

    def known_level(self, value: str, path: str) -> None:
        if not known(value, self.levels):
            self.say(path, _(SENTENCES["unknown_level"]) % {"value": value})

    def known_sources(self, item: Mapping[str, Any], path: str) -> None:
        for name, code in item.items():
            if not known(code, self.sources):
                self.say(f"{path}.{name}", _("There is no source “%(code)s”.") % {"code": code})


def known(value: Any, codes: Collection[str]) -> bool:
    """Whether `value` is one of `codes`; anything that is no text is not."""
    return isinstance(value, str) and value in codes


def is_ratings(value: Any) -> bool:
    """Whether `value` has the shape of ratings: criterion codes to level codes, or to null where not rated."""
    return isinstance(value, Mapping) and all(level is None or isinstance(level, str) for level in value.values())
