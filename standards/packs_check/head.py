"""What stands before the tree: identity, legal basis, sources, levels, scales, results and ranks."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check import names
from standards.packs_check.problems import Reader, known
from standards.rating import SENTENCES


class HeadReader(Reader):
    """Reads the head and remembers the codes that the tree and the rule may name."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: Collection[str] = ()
        self.sources: Collection[str] = ()
        self.levels: dict[str, frozenset[str]] = {"": frozenset()}  # scale -> its level codes
        self.scales: set[str] = set()
        self.results: set[str] = set()

    def head(self, pack: Mapping[str, Any]) -> None:
        """Everything but the tree, the rule and the vectors."""
        if pack["format"] != 1:
            self.say("format", _("This program reads format 1."))
        self.code(pack["code"], "code")
        self.free(pack["code"], "code", names.RESERVED_VERSIONS)
        self.identity(pack, "")
        self.extensions(pack, "")
        self.framework(pack["framework"])
        self.text(pack["title"], "title")
        self.optional_texts(pack, "", "audience", "key_name")
        self.validity(pack)
        self.legal(pack["legal"])
        self.provenance(pack["provenance"])
        self.levels[""] = self.level_list(pack["levels"], "levels", empty=True)
        self.scale_list(pack.get("scales", {}))
        self.result_list(pack.get("results", []))
        self.ranks(pack.get("ranks", []))

    def framework(self, item: Any) -> None:
        if self.fields(item, "framework", names.FRAMEWORK, names.FRAMEWORK_OPTIONAL):
            self.code(item["code"], "framework.code")
            if not re.fullmatch("[A-Z]{2}", str(item["jurisdiction"])):
                self.say("framework.jurisdiction", _("A jurisdiction is a country code of two capital letters."))
            self.one_of(item["subject_role"], "framework.subject_role", names.ROLES)
            self.one_of(item.get("purpose", "evaluation"), "framework.purpose", names.PURPOSES)
            self.text(item["title"], "framework.title")

    def validity(self, pack: Mapping[str, Any]) -> None:
        self.one_of(pack.get("precision", "day"), "precision", names.PRECISIONS)
        start = self.day(pack["valid_from"], "valid_from")
        end = self.day(pack.get("valid_to"), "valid_to", optional=True)
        if start and end and end < start:
            self.say("valid_to", _("The last day in force comes before the first."))

    def legal(self, legal: Any) -> None:
        if not self.fields(legal, "legal", names.LEGAL, names.LEGAL_OPTIONAL):
            return
        self.string(legal["number"], "legal.number")
        self.text(legal["name"], "legal.name")
        self.optional_texts(legal, "legal", "status_note")
        self.day(legal["issued"], "legal.issued", optional=True)
        self.day(legal["effective"], "legal.effective", optional=True)
        self.day(legal.get("repealed_from"), "legal.repealed_from", optional=True)
        successor = legal.get("repealed_by")
        if successor is not None and self.fields(successor, "legal.repealed_by", {"number", "name"}):
            self.string(successor["number"], "legal.repealed_by.number")
            self.text(successor["name"], "legal.repealed_by.name")
        for place, item in self.items(legal.get("guidance", []), "legal.guidance", empty=True):
            if self.fields(item, place, {"number", "name"}, {"issued"}):
                self.string(item["number"], f"{place}.number")
                self.text(item["name"], f"{place}.name")
                self.day(item.get("issued"), f"{place}.issued", optional=True)
        self.articles = self.texts(legal.get("articles", {}), "legal.articles")
        for key in self.articles:
            if len(str(key)) > 40:
                self.say("legal.articles", _("The key of an article has at most 40 characters."))

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
                self.one_of(source["status"], f"{place}.status", names.STATUSES)
        default = provenance["default"]
        if self.fields(default, "provenance.default", names.DEFAULT_SOURCES, names.FALLBACK_SOURCES):
            self.known_sources(default, "provenance.default")

    def level_list(self, data: Any, path: str, *, empty: bool = False) -> frozenset[str]:
        """The codes of a scale's levels."""
        codes: set[str] = set()
        for place, item in self.items(data, path, empty=empty):
            if not self.fields(item, place, names.LEVEL, names.LEVEL_OPTIONAL):
                continue
            self.short_code(item["code"], f"{place}.code", names.RESERVED_LEVELS)
            self.unique(item["code"], f"{place}.code", codes)
            self.text(item["name"], f"{place}.name")
            self.optional_texts(item, place, "short", "description")
            self.identity(item, place)
            if item.get("points") is not None:
                self.number(item["points"], f"{place}.points")
        return frozenset(codes)

    def scale_list(self, scales: Any) -> None:
        if not isinstance(scales, Mapping):
            self.say("scales", _(SENTENCES["not_an_object"]))
            return
        for code, item in scales.items():
            place = f"scales.{code}"
            self.code(code, place)
            self.levels[code], self.scales = frozenset(), self.scales | {code}
            if isinstance(item, Mapping) and "score" in item:
                if self.fields(item, place, names.SCORE_SCALE, names.SCORE_SCALE_OPTIONAL):
                    self.score(item["score"], f"{place}.score")
            elif self.fields(item, place, names.SCALE, names.SCALE_OPTIONAL):
                self.levels[code] = self.level_list(item["levels"], f"{place}.levels")
            else:
                continue
            self.optional_texts(item, place, "name")
            self.identity(item, place)

    def score(self, item: Any, path: str) -> None:
        if not self.fields(item, path, names.SCORE, names.SCORE_OPTIONAL):
            return
        lowest, highest = self.number(item["min"], f"{path}.min"), self.number(item["max"], f"{path}.max")
        if lowest is not None and highest is not None and lowest >= highest:
            self.say(f"{path}.max", _("The highest score must be above the lowest."))
        digits = item.get("digits", 0)
        if not isinstance(digits, int) or isinstance(digits, bool) or not 0 <= digits <= 6:
            self.say(f"{path}.digits", _("The digits after the point are a whole number from 0 to 6."))
        self.one_of(item.get("unit", "points"), f"{path}.unit", names.UNITS)

    def result_list(self, results: Any) -> None:
        codes: set[str] = set()
        for place, item in self.items(results, "results", empty=True):
            if self.fields(item, place, names.RESULT, names.RESULT_OPTIONAL):
                self.short_code(item["code"], f"{place}.code", ("INCOMPLETE", "NONE", "ERROR"))
                self.unique(item["code"], f"{place}.code", codes)
                self.text(item["name"], f"{place}.name")
                self.optional_texts(item, place, "description")
                self.identity(item, place)
        self.results = codes or set(self.levels[""])

    def ranks(self, ranks: Any) -> None:
        codes: set[str] = set()
        for place, item in self.items(ranks, "ranks", empty=True):
            if self.fields(item, place, names.RANK, names.RANK_OPTIONAL):
                self.code(item["code"], f"{place}.code")
                self.unique(item["code"], f"{place}.code", codes)
                self.text(item["position"], f"{place}.position")
                self.text(item["expected"], f"{place}.expected")
                self.optional_texts(item, place, "description")

    def string(self, value: Any, path: str) -> None:
        """A plain text without languages: a document's number."""
        if not isinstance(value, str) or not value.strip():
            self.say(path, _("The text is empty."))

    def known_sources(self, item: Mapping[str, Any], path: str) -> None:
        for name, code in item.items():
            if not known(code, self.sources):
                self.say(f"{path}.{name}", _("There is no source “%(code)s”.") % {"code": code})
