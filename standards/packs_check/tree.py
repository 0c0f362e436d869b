"""The tree: standards of any depth, their criteria and the texts of their levels."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check import names
from standards.packs_check.head import HeadReader
from standards.packs_check.problems import known
from standards.rating import SENTENCES

DEEPEST = 32
MOST_CRITERIA = 20_000


class TreeReader(HeadReader):
    """Reads the tree; afterwards `criteria` are the codes in order."""

    def __init__(self) -> None:
        super().__init__()
        self.standards: set[str] = set()
        self.criteria: set[str] = set()
        self.numbers: set[int] = set()
        self.may_be_empty = False

    def tree(self, pack: Mapping[str, Any]) -> None:
        """All standards. Only a text that judges nobody may list standards without criteria."""
        rule = pack["rule"]
        self.may_be_empty = isinstance(rule, Mapping) and rule.get("kind") == "none"
        for place, item in self.items(pack["standards"], "standards"):
            self.standard(item, place, 1)
        if len(self.criteria) > MOST_CRITERIA or len(self.standards) > MOST_CRITERIA:
            self.say("standards", _("A framework has at most %(count)s criteria.") % {"count": MOST_CRITERIA})

    def standard(self, item: Any, place: str, depth: int) -> set[str]:
        """One node; the scales of the criteria in it and below."""
        if depth > DEEPEST:
            self.say(place, _("The tree is deeper than %(depth)s levels.") % {"depth": DEEPEST})
            return set()
        if not self.fields(item, place, names.STANDARD, names.STANDARD_OPTIONAL):
            return set()
        self.code(item["code"], f"{place}.code")
        self.unique(item["code"], f"{place}.code", self.standards)
        self.label(item, place)
        self.text(item["name"], f"{place}.name")
        self.optional_texts(item, place, "description", "alternative_name")
        self.identity(item, place)
        self.extensions(item, place)
        if item.get("article", "") != "" and not known(item["article"], self.articles):
            self.say(f"{place}.article", _("There is no article “%(code)s”.") % {"code": item["article"]})
        if not item.get("criteria") and not item.get("standards") and not self.may_be_empty:
            self.say(place, _("A standard needs criteria or standards below it."))
        scales = {""}
        for below, child in self.items(item.get("criteria", []), f"{place}.criteria", empty=True):
            scales.add(self.criterion(child, below))
        for below, child in self.items(item.get("standards", []), f"{place}.standards", empty=True):
            scales |= self.standard(child, below, depth + 1)
        levels = frozenset().union(*(self.levels[scale] for scale in scales))
        for level in self.texts(item.get("descriptors", {}), f"{place}.descriptors"):
            self.known_level(level, f"{place}.descriptors.{level}", levels)
        self.own_sources(item, place, names.STANDARD_SOURCES)
        return scales

    def criterion(self, item: Any, place: str) -> str:
        """One criterion; the code of its scale."""
        if not self.fields(item, place, names.CRITERION, names.CRITERION_OPTIONAL):
            return ""
        self.code(item["code"], f"{place}.code")
        self.unique(item["code"], f"{place}.code", self.criteria)
        self.criterion_number(item["number"], f"{place}.number")
        self.label(item, place)
        self.text(item["name"], f"{place}.name")
        self.optional_texts(item, place, "description", "alternative_name")
        self.identity(item, place)
        self.extensions(item, place)
        if not isinstance(item.get("key", False), bool):
            self.say(f"{place}.key", _("This must be true or false."))
        scale = item.get("scale", "")
        if scale != "" and not known(scale, self.scales):
            self.say(f"{place}.scale", _("There is no scale “%(code)s”.") % {"code": scale})
            return ""
        levels = self.levels[scale]
        for level in self.texts(item.get("descriptors", {}), f"{place}.descriptors"):
            self.known_level(level, f"{place}.descriptors.{level}", levels)
        self.examples(item.get("examples", {}), f"{place}.examples", levels)
        self.own_sources(item, place, names.CRITERION_SOURCES)
        return scale

    def criterion_number(self, number: Any, path: str) -> None:
        if not isinstance(number, int) or isinstance(number, bool) or number < 1 or number in self.numbers:
            self.say(path, _("The number must be a whole number from 1 that no other criterion has."))
        elif number > 32_767:
            self.say(path, _("The number of a criterion is at most %(most)s.") % {"most": 32_767})
        else:
            self.numbers.add(number)

    def label(self, item: Mapping[str, Any], place: str) -> None:
        label = item.get("label", "")
        if not isinstance(label, str) or len(label) > 40 or label != label.strip():
            self.say(f"{place}.label", _("A label is a text of at most 40 characters."))

    def examples(self, examples: Any, place: str, levels: Collection[str]) -> None:
        if not isinstance(examples, Mapping):
            self.say(place, _(SENTENCES["not_an_object"]))
            return
        for level, texts in examples.items():
            self.known_level(level, f"{place}.{level}", levels)
            for below, text in self.items(texts, f"{place}.{level}"):
                self.text(text, below)

    def known_level(self, value: str, path: str, levels: Collection[str]) -> None:
        if not known(value, levels):
            self.say(path, _(SENTENCES["unknown_level"]) % {"value": value})

    def own_sources(self, item: Mapping[str, Any], place: str, kinds: set[str]) -> None:
        own = item.get("provenance", {})
        if self.fields(own, f"{place}.provenance", set(), kinds):
            self.known_sources(own, f"{place}.provenance")
