"""The rule, its groups and its test cases, from the rows of a workbook."""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from standards.exchange import words
from standards.exchange.grid import Row
from standards.exchange.rebuilding import Built, Cells, fresh, same
from standards.exchange.rule_rows import results_of_rows
from standards.exchange.words import cell_text, word_key


@dataclass
class Names:
    """What criteria can be called: their codes, the codes they had before (before -> now), their numbers."""

    codes: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def criterion(self, text: str) -> str:
        """The code of a criterion given as its code, its code before, or its number."""
        if text in self.codes:
            return text
        return self.renamed.get(text) or self.numbers.get(text, text)

    def listed(self, row: Row, code: str) -> list[str]:
        """A cell that lists criteria: codes or numbers, ranges of numbers too (1-4), separated by anything."""
        found = []
        for word in re.split(r"[,;\s]+", re.sub(r"(\d)\s*[-–]\s*(\d)", r"\1-\2", row.text(code))):
            match = re.fullmatch(r"(\d{1,3})-(\d{1,3})", word)
            if match and word not in self.codes and int(match[1]) < int(match[2]):
                found += [self.criterion(str(number)) for number in range(int(match[1]), int(match[2]) + 1)]
            elif word:
                found.append(self.criterion(word))
        return found


class RuleBuilder:
    """Puts the rule and the test cases into the pack of `built`, whose tree is there already."""

    def __init__(self, cells: Cells, names: Names, built: Built, base: Mapping[str, Any]):
        self.cells, self.names, self.built, self.base = cells, names, built, base
        self.pack = built.pack

    def run(self) -> None:
        """Does both."""
        self.rule()
        self.vectors()

    # --- the rule ---------------------------------------------------------------------------------------------------

    def rule(self) -> None:
        rule = self.pack.get("rule")
        rule = rule if isinstance(rule, dict) else {}
        base = self.base.get("rule")
        kind = rule.get("kind")
        rows = self.cells.grid.rows.get("rule", [])
        if not kind:
            kind = "conditions" if any(row.text("rule.kind") for row in rows) else "none"
        if self.cells.grid.has("rule"):
            if kind == "conditions":
                rule = self._conditions(rule, rows)
            elif kind != "none":
                rule = self._other_rule(rule, rows)
            elif isinstance(base, Mapping) and base.get("kind") != "none":
                kept = {"kind", "article", "not_rated", "not_observed", "not_applicable"}
                rule = {name: value for name, value in rule.items() if name in kept}
        if kind == "none" and not rule.get("kind"):
            self.built.notes.append(_("There is no rule: the framework gives no overall result until one is made."))
        self.pack["rule"] = rule | {"kind": rule.get("kind") or kind}

    def _conditions(self, rule: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
        results, places = results_of_rows([self._rule_row(row) for row in rows])
        for path, index in places.items():
            self.built.places[f"rule.{path}"] = rows[index].place("rule.kind")
            for name in ("level", "group", "criteria", "share", "count"):
                self.built.places[f"rule.{path}.{name}"] = rows[index].place(f"rule.{name}")
            self.built.places[f"rule.{path}.result"] = rows[index].place("rule.result")
            self.built.places[f"rule.{path}.article"] = rows[index].place("rule.article")
        rule = {name: value for name, value in rule.items() if name != "results"} | {"results": results}
        if self.cells.grid.has("group"):
            groups = {}
            for row in self.cells.grid.rows["group"]:
                code = row.text("group.code")
                self.cells.once("group.code", row, code, groups)
                groups[code] = self.names.listed(row, "group.criteria")
                self.built.places[f"rule.groups.{code}"] = row.place("group.criteria")
            if groups or rule.get("groups"):
                rule["groups"] = groups
        return rule

    def _rule_row(self, row: Row) -> dict[str, Any]:
        group = row.text("rule.group")
        share, count = re.sub(r"\s*([/⁄∕])\s*", "/", row.text("rule.share")), row.text("rule.count")
        if share and not re.fullmatch(r"\d+/\d+", share):
            self.cells.say(row, "rule.share", _("Write the share as two whole numbers, for example 2/3."))
        return {
            "result": self._result(row.text("rule.result")),
            "article": row.text("rule.article"),
            "together": _mark(row.text("rule.together")),
            "kind": words.choice(row.text("rule.kind"), words.CONDITIONS),
            "group": words.choice(group, words.GROUPS) if group else "",
            "criteria": self.names.listed(row, "rule.criteria"),
            "level": self.cells.level(row.text("rule.level")),
            "share": share,
            "count": int(count) if re.fullmatch("[0-9]{1,6}", count) else count,
            "json": self.parsed(row, "rule.json"),
        }

    def _result(self, text: str) -> str:
        for item in self.pack.get("results") or ():
            name = item.get("name") if isinstance(item, Mapping) else None
            names = [item.get("code"), *(name.values() if isinstance(name, Mapping) else ())] if name else []
            if word_key(text) in {word_key(str(form)) for form in names}:
                return str(item["code"])
        return self.cells.level(text)

    def _other_rule(self, rule: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
        text = "\n".join(cell_text(row.cells.get("rule.json")) for row in rows if row.text("rule.json"))
        if not text:
            return rule
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            self.cells.say(rows[0], "rule.json", _("This is not the data format (JSON) of a rule."))
            return rule
        base = self.base.get("rule")
        if isinstance(base, dict) and _comparable(read) == _comparable(base):
            read = copy.deepcopy(base)
        facts = {name: rule[name] for name in ("kind", "article") if name in rule}
        return read | facts if isinstance(read, dict) else rule

    def parsed(self, row: Row, code: str) -> Any:
        """A cell in the data format; None where there is nothing or nothing that can be read."""
        text = cell_text(row.cells.get(code))
        if not text:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            self.cells.say(row, code, _("This is not the data format (JSON)."))
            return None

    # --- test cases -------------------------------------------------------------------------------------------------

    def vectors(self) -> None:
        if not self.cells.grid.has("vector"):
            return
        known = [item for item in self.base.get("vectors") or () if isinstance(item, Mapping)]
        old = {str(number): item for number, item in enumerate(known, start=1)}
        rows = self.cells.grid.rows["vector"]
        found = []
        for number, row in enumerate(rows):
            before = old.get(row.text("vector.was"), {})
            node = {name: value for name, value in fresh(before).items() if name in {"why", "expected", "value"}}
            rest = self.parsed(row, "vector.json")
            node |= rest if isinstance(rest, Mapping) else {}
            self.cells.fill("vector", node, row, skip=("ratings",))
            node["expected"] = self._result(node.get("expected", ""))
            ratings = self._ratings(row, before.get("ratings"))
            if "ratings" not in node and (ratings or "assessors" not in node):
                node["ratings"] = ratings
            found.append(node)
            self.cells.remember(node, "", row.place("vector.expected"))
            self.built.places[f"vectors[{number}]"] = row.place("vector.expected")
        if found or self.pack.get("vectors"):
            self.pack["vectors"] = found

    def _ratings(self, row: Row, before: Any) -> dict[str, Any]:
        ratings = {}
        for code in self.cells.grid.columns["vector"]:
            if not code.startswith("vector.ratings."):
                continue
            was = code.removeprefix("vector.ratings.")
            old = before.get(was) if isinstance(before, Mapping) else None
            if text := row.text(code):
                level = words.choice(self.cells.level(text), words.RATED)
                ratings[self.names.criterion(was)] = old if old is not None and same(old, level) else level
            elif isinstance(before, Mapping) and was in before and not old:
                ratings[self.names.criterion(was)] = old
        return ratings


def _mark(text: str) -> str:
    """ "Any 1" -> "any-1"."""
    match = re.fullmatch(r"(any|all)[\s_-]*(\w*)", text.lower())
    return f"{match[1]}-{match[2]}" if match else ""


def _comparable(value: Any) -> str:
    return words.plain(json.dumps(value, sort_keys=True, ensure_ascii=False))
