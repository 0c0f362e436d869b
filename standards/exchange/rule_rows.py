"""A rule as rows that people read, and back. Kinds besides `conditions` stand there in the data format (JSON)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from standards.exchange.words import CELL

SIMPLE = {"kind", "group", "criteria", "level", "share", "count"}
JOINED = {"any": "any_of", "all": "all_of"}


def rows_of_rule(rule: Any) -> list[dict[str, Any]]:
    """The rows of a rule: field -> value; criteria stay lists, kinds and groups stay codes."""
    if not isinstance(rule, Mapping) or not rule or rule.get("kind") == "none":
        return []
    if rule.get("kind") != "conditions" or not _is_plain(rule.get("results")):
        return [{"json": part} for part in chunks(json.dumps(dict(rule), ensure_ascii=False, indent=1))]
    rows = []
    for entry in rule["results"]:
        rest = {name: value for name, value in entry.items() if name not in {"result", "article", "conditions"}}
        lines = list(_lines(entry["conditions"])) or [{}]
        for number, line in enumerate(lines):
            head = {"result": entry["result"]}
            if not number:
                head |= {"article": entry.get("article", "")}
                if rest:
                    head |= {"json": json.dumps(rest, ensure_ascii=False)}
            rows.append(head | line)
    return rows


def _is_plain(results: Any) -> bool:
    return isinstance(results, list) and all(
        isinstance(entry, Mapping)
        and isinstance(entry.get("conditions"), list)
        and isinstance(entry.get("result"), str)
        for entry in results
    )


def _lines(conditions: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The conditions of one result. Those of an any_of or all_of share a mark ("any-1"); deeper ones are JSON."""
    marks = 0
    for condition in conditions:
        inner = condition.get("conditions") if isinstance(condition, Mapping) else None
        word = next((word for word, kind in JOINED.items() if inner and condition.get("kind") == kind), "")
        if word and set(condition) == {"kind", "conditions"} and all(map(_is_simple, inner)):
            marks += 1
            for line in inner:
                yield {"together": f"{word}-{marks}", **line}
        elif _is_simple(condition):
            yield dict(condition)
        else:
            yield {"json": json.dumps(condition, ensure_ascii=False)}


def _is_simple(condition: Any) -> bool:
    """Whether one row can say it."""
    if not isinstance(condition, Mapping) or not condition.get("kind") or set(condition) - SIMPLE:
        return False
    listed, count = condition.get("criteria"), condition.get("count")
    return (
        all(isinstance(condition.get(name, "x"), str) for name in ("kind", "group", "level", "share"))
        and (listed is None or (isinstance(listed, list) and listed and all(isinstance(one, str) for one in listed)))
        and (count is None or (isinstance(count, int) and not isinstance(count, bool)))
    )


def chunks(text: str) -> list[str]:
    """A long text cut into pieces that a cell holds, at line ends where there are some."""
    parts = []
    while len(text) > CELL:
        cut = text.rfind("\n", 1, CELL) + 1 or CELL
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def results_of_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Rows (field -> value, as `rows_of_rule` gives them) as the results of a rule, and where each place of it stands:
    path below the rule ("results[0].conditions[1]") -> index of its row.

    A row without a result belongs to the result above. `json` holds a parsed value or is missing.
    """
    results: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    joined: dict[str, dict[str, Any]] = {}
    for index, row in enumerate(rows):
        name = row.get("result") or (results[-1]["result"] if results else "")
        if not results or results[-1]["result"] != name:
            results.append({"result": name, "conditions": []})
            joined = {}
            places[f"results[{len(results) - 1}]"] = index
        entry = results[-1]
        path = f"results[{len(results) - 1}].conditions"
        if row.get("article"):
            entry["article"] = row["article"]
        condition = {field: row[field] for field in SIMPLE if row.get(field) not in (None, "", [])}
        extra = row.get("json")
        if condition:
            if isinstance(extra, Mapping):
                entry.update(extra)
        elif isinstance(extra, Mapping) and "kind" in extra:
            condition = dict(extra)
        elif isinstance(extra, Mapping):
            entry.update(extra)
        if not condition:
            continue
        word, _dash, mark = str(row.get("together") or "").partition("-")
        if word not in JOINED:
            places[f"{path}[{len(entry['conditions'])}]"] = index
            entry["conditions"].append(condition)
            continue
        key = f"{word}-{mark}"
        if key not in joined:
            joined[key] = {"kind": JOINED[word], "conditions": []}
            places[f"{path}[{len(entry['conditions'])}]"] = index
            entry["conditions"].append(joined[key])
        outer = entry["conditions"].index(joined[key])
        places[f"{path}[{outer}].conditions[{len(joined[key]['conditions'])}]"] = index
        joined[key]["conditions"].append(condition)
    return results, places
