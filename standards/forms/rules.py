"""The rule as its page sends it: each posted form is one change of one sentence. Pure: a rule in, a new rule out.

What is typed here may still be wrong together; the problems of the draft say so at the place.
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from standards.drafting import StepRefused
from standards.drafting.fields import look

Rule = dict[str, Any]
Posted = Mapping[str, Any]  # a QueryDict: .get, .getlist
SHARE = re.compile(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*")
PERCENT = re.compile(r"\s*(\d{1,3})\s*%\s*")
WITH_AMOUNT = ("share_at_least", "at_most", "more_than_below")
WHOLE = ("all_at_least", "named_at_least", "any_below")
POLICIES = ("incomplete", "left_out", "lowest")
FRESH: dict[str, Rule] = {
    "conditions": {"kind": "conditions", "results": []},
    "mean": {
        "kind": "mean",
        "of": "criteria",
        "answered_share": "1/1",
        "rounding": {"digits": 2, "mode": "half_up"},
        "bands": "main",
        "band_sets": [{"code": "main", "bands": []}],
    },
    "points": {"kind": "points", "parts": [], "rounding": {"digits": 2, "mode": "half_up"}, "bands": []},
    "bands": {
        "kind": "bands",
        "polarity": "direct",
        "overall": "none",
        "bands": "main",
        "band_sets": [{"code": "main", "bands": []}],
    },
    "none": {"kind": "none"},
}


def changed_rule(rule: Any, posted: Posted) -> Rule:
    """The rule after the change that was posted. Raises StepRefused with a sentence for what cannot be meant."""
    verb = VERBS.get(posted.get("do", ""))
    if verb is None:
        raise StepRefused(_("The request could not be understood."))
    rule = deepcopy(rule) if isinstance(rule, dict) else {}
    return verb(rule, posted) or rule


def amount_of(text: str) -> dict[str, Any]:
    """{"share": "2/3"} or {"count": 10} of "2/3", "10" or "70 %"."""
    if found := SHARE.fullmatch(text):
        upper, lower = map(int, found.groups())
        if lower and upper <= lower:
            return {"share": f"{upper}/{lower}"}
        raise StepRefused(_("A share lies between 0 and 1, such as 2/3."), text)
    if found := PERCENT.fullmatch(text):
        if int(found[1]) <= 100:
            return {"share": f"{int(found[1])}/100"}
        raise StepRefused(_("A share lies between 0 and 1, such as 2/3."), text)
    if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 5:
        return {"count": int(text)}
    raise StepRefused(_("Write a share such as 2/3, a percentage such as 70 %, or a count such as 10."), text)


# --- conditions -------------------------------------------------------------------------------------------------------
def _kind(rule: Rule, posted: Posted) -> Rule:
    kind = posted.get("kind", "")
    if kind not in FRESH:
        raise StepRefused(_("The request could not be understood."))
    if kind == rule.get("kind"):
        return rule
    kept = {"article": rule["article"]} if rule.get("article") else {}
    return deepcopy(FRESH[kind]) | kept


def _article(rule: Rule, posted: Posted) -> None:
    holder = _at(rule, posted["path"]) if posted.get("path") else rule
    _keep(holder, "article", posted.get("article", ""))


def _policy(rule: Rule, posted: Posted) -> None:
    for name in ("not_rated", "not_observed", "not_applicable"):
        if posted.get(name) in POLICIES:
            rule[name] = posted[name]


def _add_result(rule: Rule, posted: Posted) -> None:
    results = rule.setdefault("results", [])
    order = posted.get("order", "").split()  # every result, the highest first
    code = posted.get("result", "")
    if code not in order or any(entry.get("result") == code for entry in results):
        raise StepRefused(_("Choose a result that the rule does not have yet."))
    rank = {known: place for place, known in enumerate(order)}
    at = sum(1 for entry in results if rank.get(entry.get("result"), 0) < rank[code])
    is_last = at == len(results)
    results.insert(at, {"result": code, "conditions": [{"kind": "always"}] if is_last else []})


def _add_condition(rule: Rule, posted: Posted) -> None:
    holder = _at(rule, posted.get("path", ""))
    conditions = holder.setdefault("conditions", [])
    if [entry.get("kind") for entry in conditions] == ["always"]:
        conditions.clear()
    kind = posted.get("kind", "all_at_least")
    if kind in ("any_of", "all_of"):
        conditions.append({"kind": kind, "conditions": [{"kind": "all_at_least", "level": posted.get("level", "")}]})
    else:
        conditions.append({"kind": "all_at_least", "level": posted.get("level", "")})


def _set_condition(rule: Rule, posted: Posted) -> None:
    old = _at(rule, posted.get("path", ""))
    kind = posted.get("kind", "")
    if kind == "always":
        fresh: dict[str, Any] = {"kind": "always"}
    elif kind in ("any_of", "all_of"):
        fresh = {"kind": kind, "conditions": old.get("conditions") or [_plain(old)]}
    elif kind in (*WITH_AMOUNT, *WHOLE):
        fresh = {"kind": kind, **_group(old, posted)}
        if kind in WITH_AMOUNT:
            fresh |= amount_of(posted.get("amount") or "2/3")
        if kind in ("all_at_least", "named_at_least"):
            of_all = fresh.get("group", "all") == "all" and "criteria" not in fresh
            fresh["kind"] = "all_at_least" if of_all else old["kind"] if old.get("kind") in WHOLE[:2] else WHOLE[1]
        fresh["level"] = posted.get("level", "")
    else:
        raise StepRefused(_("The request could not be understood."))
    old.clear()
    old.update(fresh)


def _group(old: Rule, posted: Posted) -> dict[str, Any]:
    group = posted.get("group", "all")
    if group == "own" and "criteria" in old:
        return {"criteria": old["criteria"]}
    return {} if group == "all" else {"group": group}


def _plain(old: Rule) -> Rule:
    return {"kind": "all_at_least", "level": old.get("level", "")} if old.get("kind") == "always" else dict(old)


def _remove(rule: Rule, posted: Posted) -> None:
    holder, place = _list_at(rule, posted.get("path", ""))
    del holder[place]


def _move(rule: Rule, posted: Posted) -> None:
    holder, place = _list_at(rule, posted.get("path", ""))
    other = place + (1 if posted.get("way") == "down" else -1)
    if not 0 <= other < len(holder):
        raise StepRefused(_("It cannot move further in this direction."))
    holder[place], holder[other] = holder[other], holder[place]


def _save_group(rule: Rule, posted: Posted) -> None:
    groups = rule.setdefault("groups", {})
    name, old = posted.get("name", "").strip(), posted.get("old", "")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name) or name in ("all", "key", "own"):
        raise StepRefused(_("A group has a short name of letters and digits, other than “all”, “key” and “own”."), name)
    if name != old and name in groups:
        raise StepRefused(_("There is already a group with this name."), name)
    members = posted.getlist("criteria")
    if not members:
        raise StepRefused(_("Tick at least one criterion."))
    rule["groups"] = {name if known == old else known: value for known, value in groups.items()}
    rule["groups"][name] = members
    if old and old != name:
        for condition in _conditions(rule.get("results", [])):
            if condition.get("group") == old:
                condition["group"] = name


def _remove_group(rule: Rule, posted: Posted) -> None:
    name = posted.get("name", "")
    if any(condition.get("group") == name for condition in _conditions(rule.get("results", []))):
        raise StepRefused(_("A condition still speaks of this group. Change the condition first."))
    rule.get("groups", {}).pop(name, None)
    if not rule.get("groups"):
        rule.pop("groups", None)


def _conditions(entries: Any):
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield entry
            yield from _conditions(entry.get("conditions"))


# --- means, points, bands ---------------------------------------------------------------------------------------------
def _settings(rule: Rule, posted: Posted) -> None:
    for name in ("of", "polarity", "overall"):
        if posted.get(name):
            rule[name] = posted[name]
    if posted.get("answered_share"):
        amount = amount_of(posted["answered_share"])
        if "share" not in amount:
            raise StepRefused(_("Write a share such as 1/2 or 50 %."), posted["answered_share"])
        rule["answered_share"] = amount["share"]
    if posted.get("digits", "").isdecimal() and len(posted["digits"]) < 2:
        rule["rounding"] = (rule.get("rounding") or {"mode": "half_up"}) | {"digits": int(posted["digits"])}
    if "route_sent" in posted:
        rule["route"] = posted.getlist("route")
    if posted.get("assessors", "").isdecimal() and len(posted["assessors"]) < 3:
        count = int(posted["assessors"])
        rule["assessors"] = {"count": count, "each": posted.get("each", "")}
        if count < 2:
            del rule["assessors"]


def _bands(rule: Rule, posted: Posted) -> None:
    """The bands of one set, from parallel lists; a row without a lower bound is dropped."""
    bands = _band_list(rule, posted.get("set", ""))
    fresh = []
    rows = zip(*(posted.getlist(name) for name in ("band_result", "band_from", "band_to")), strict=False)
    for result, start, end in rows:
        if not start.strip():
            continue
        old = next((dict(band) for band in bands if band.get("result") == result), {})
        fresh.append(old | {"result": result, "from": number(start)})
        if end.strip():
            fresh[-1]["to"] = number(end)
        else:
            fresh[-1].pop("to", None)
    bands[:] = fresh


def _band_list(rule: Rule, code: str) -> list[Any]:
    if isinstance(rule.get("bands"), list) and not code:
        return rule["bands"]
    for entry in rule.setdefault("band_sets", []):
        if isinstance(entry, dict) and entry.get("code") == code:
            return entry.setdefault("bands", [])
    raise StepRefused(_("What you were changing has been removed meanwhile."))


def _add_part(rule: Rule, posted: Posted) -> None:
    parts = rule.setdefault("parts", [])
    code = posted.get("code", "").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", code) or any(part.get("code") == code for part in parts):
        raise StepRefused(_("A part has a code of its own, of letters and digits."), code)
    parts.append({"code": code, "criteria": [], "points": "levels"})


def _set_part(rule: Rule, posted: Posted) -> None:
    """The criteria of a part and the most points that each is worth; all empty: the points of the levels."""
    part = _at(rule, posted.get("path", ""))
    criteria = posted.getlist("criteria")
    weight = {code: number(words) for code in criteria if (words := posted.get(f"weight-{code}", "").strip())}
    for name in ("weight", "points", "standards"):
        part.pop(name, None)
    part["criteria"] = criteria
    if weight:
        part["weight"] = weight
    else:
        part["points"] = "levels"


def _add_gate(rule: Rule, posted: Posted) -> None:
    gate = {name: posted.get(name, "") for name in ("criterion", "at_least", "else")}
    if not all(gate.values()):
        raise StepRefused(_("A gate names a criterion, the level it needs, and the result without it."))
    rule.setdefault("gates", []).append(gate | {"not_rated": "incomplete"})


def _as_data(_rule: Rule, posted: Posted) -> Rule:
    try:
        fresh = json.loads(posted.get("data", ""))
    except (ValueError, RecursionError):
        fresh = None
    if not isinstance(fresh, dict):
        raise StepRefused(_("This is not a JSON object."), posted.get("data", ""))
    return fresh


def number(text: str) -> str:
    """An exact decimal as text: "2,33" and "2.33" are the same."""
    words = text.strip().replace(",", ".")
    try:
        value = Decimal(words)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(words) > 20 or "e" in words.lower():
        raise StepRefused(_("“%(value)s” is not a number.") % {"value": text.strip()}, text)
    return words


# --- places -----------------------------------------------------------------------------------------------------------
def _at(rule: Rule, path: str) -> Rule:
    found = look(rule, tuple(path.split(".")))
    if found is None:
        raise StepRefused(_("What you were changing has been removed meanwhile."))
    if not isinstance(found, dict):
        raise StepRefused(_("The request could not be understood."))
    return found


def _list_at(rule: Rule, path: str) -> tuple[list[Any], int]:
    _at(rule, path)
    *above, last = path.split(".")
    found = look(rule, tuple(above))
    if not isinstance(found, list):
        raise StepRefused(_("The request could not be understood."))
    return found, int(last)


def _keep(holder: Rule, name: str, value: str) -> None:
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)


VERBS: dict[str, Callable[[Rule, Posted], Rule | None]] = {
    "kind": _kind,
    "article": _article,
    "policy": _policy,
    "add_result": _add_result,
    "remove": _remove,
    "move": _move,
    "add_condition": _add_condition,
    "condition": _set_condition,
    "group": _save_group,
    "remove_group": _remove_group,
    "settings": _settings,
    "bands": _bands,
    "add_part": _add_part,
    "part": _set_part,
    "add_gate": _add_gate,
    "data": _as_data,
}
