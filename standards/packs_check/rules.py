"""The rule and its golden examples: a pack whose examples do not come out as they say is refused."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check import names
from standards.packs_check.problems import known
from standards.packs_check.tree import TreeReader
from standards.rating import SENTENCES, CodedError, Outcome, Rule, RuleError, Shape, parse_rule, rate, rate_panel


def sentence_of(error: CodedError) -> str:
    """The sentence of a rule's or rating's error in the reader's language."""
    return _(SENTENCES[error.code]) % error.params


def is_ratings(value: Any) -> bool:
    """Whether `value` has the shape of ratings: criterion codes to level codes or exact numbers, or to null where not
    rated. A float is not exact."""
    return isinstance(value, Mapping) and all(
        level is None or (isinstance(level, str | int | Decimal) and not isinstance(level, bool))
        for level in value.values()
    )


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
            if self.fields(item, place, names.VECTOR, names.VECTOR_OPTIONAL) and (
                outcome := self.rate(item, place, rule)
            ):
                self.compare(item, place, outcome)

    def rate(self, item: Mapping[str, Any], place: str, rule: Rule) -> Outcome | None:
        """What the rule says about one example; None where its ratings can't be read."""
        if ("ratings" in item) == ("assessors" in item):
            self.say(place, _("An example has either ratings or assessors, not both and not neither."))
            return None
        sheets = list(self.items(item["assessors"], f"{place}.assessors")) if "assessors" in item else []
        for path, sheet in sheets or [(f"{place}.ratings", item.get("ratings"))]:
            if not is_ratings(sheet):
                self.say(path, _("Ratings are an object of criterion codes and level codes or exact numbers."))
                return None
        try:
            return rate_panel(rule, [sheet for _path, sheet in sheets]) if sheets else rate(rule, item["ratings"])
        except CodedError as error:
            self.say(f"{place}.{'assessors' if sheets else 'ratings'}", sentence_of(error))
            return None

    def compare(self, item: Mapping[str, Any], place: str, outcome: Outcome) -> None:
        """Whether the answer, its number and the scores named are those expected."""
        if outcome.answer != item["expected"]:
            params = {"result": outcome.answer, "expected": item["expected"]}
            self.say(place, _("The rule gives %(result)s here, not %(expected)s as expected.") % params)
        if item.get("value") is not None:
            self.same_number(outcome.value, item["value"], f"{place}.value")
        scores = item.get("scores", {})
        if not isinstance(scores, Mapping):
            self.say(f"{place}.scores", _(SENTENCES["not_an_object"]))
            return
        for code, expected in scores.items():
            path = f"{place}.scores.{code}"
            if not self.fields(expected, path, set(), {"value", "result"}):
                continue
            if (score := outcome.scores.get(code)) is None:
                self.say(path, _("The rule gives no score for “%(code)s”.") % {"code": code})
                continue
            if expected.get("value") is not None:
                self.same_number(score.value, expected["value"], f"{path}.value")
            if "result" in expected and score.result != expected["result"]:
                params = {"result": score.result or "–", "expected": expected["result"]}
                self.say(path, _("The rule gives %(result)s here, not %(expected)s as expected.") % params)

    def same_number(self, found: str | None, expected: Any, path: str) -> None:
        """Whether two numbers are the same, however many noughts they end in."""
        number = self.number(expected, path)
        if number is not None and (not found or "/" in found or Decimal(found) != number):
            params = {"result": found or "–", "expected": expected}
            self.say(path, _("The rule gives %(result)s here, not %(expected)s as expected.") % params)


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
