"""The rule and its golden examples: a pack whose examples do not come out as they say is refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check import names
from standards.packs_check.problems import known
from standards.packs_check.tree import TreeReader
from standards.rating import SENTENCES, CodedError, Rule, RuleError, Shape, parse_rule, rate


def sentence_of(error: CodedError) -> str:
    """The sentence of a rule's or rating's error in the reader's language."""
    return _(SENTENCES[error.code]) % error.params


def is_ratings(value: Any) -> bool:
    """Whether `value` has the shape of ratings: criterion codes to level codes or numbers, or to null where not
    rated."""
    return isinstance(value, Mapping) and all(level is None or isinstance(level, str) for level in value.values())


class PackReader(TreeReader):
    """Reads a whole pack; the rule only when everything before it is well."""

    def rule(self, pack: Mapping[str, Any]) -> None:
        """The rule, the articles it names and the vectors."""
        try:
            rule = parse_rule(pack["rule"], Shape.of_pack(pack))
        except RuleError as error:
            self.say(f"rule.{error.path}" if error.path else "rule", sentence_of(error))
            return
        for place, article in _articles(pack["rule"], "rule"):
            if article and not known(article, self.articles):
                self.say(place, _("There is no article “%(code)s”.") % {"code": article})
        self.vectors(pack.get("vectors", []), rule)

    def vectors(self, vectors: Any, rule: Rule) -> None:
        """Golden examples must come out as they say."""
        for place, item in self.items(vectors, "vectors", empty=True):
            if not self.fields(item, place, names.VECTOR, names.VECTOR_OPTIONAL):
                continue
            if not is_ratings(item.get("ratings")):
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


def _articles(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every article that a rule names, with its place; the rule itself is known to be well-formed."""
    if isinstance(data, Mapping):
        if "article" in data:
            yield f"{path}.article", data["article"]
        for name, value in data.items():
            yield from _articles(value, f"{path}.{name}")
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _articles(value, f"{path}[{place}]")
