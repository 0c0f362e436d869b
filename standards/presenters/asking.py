"""What conditions ask for, in sentences: the same words whether they are tried or only stated."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from core.localized import localized
from standards.framework_data import FrameworkData
from standards.presenters.told import ExplainedCondition, Words, level_of, named, reach
from standards.rating import Check, Condition, ConditionsRule

BELOW = frozenset({"at_most", "any_below", "more_than_below"})
# By kind, over all criteria or over a group of them, and whether the text speaks of a share or of a count.
TEMPLATES = {
    ("all_at_least", True, False): gettext_noop("All %(total)s criteria are at %(reach)s"),
    ("all_at_least", False, False): gettext_noop("Each of %(group)s is at %(reach)s"),
    ("share_at_least", True, True): gettext_noop(
        "At least %(share)s of the criteria (%(needed)s of %(total)s) are at %(reach)s"
    ),
    ("share_at_least", False, True): gettext_noop(
        "At least %(share)s of %(group)s (%(needed)s of %(total)s) are at %(reach)s"
    ),
    ("share_at_least", True, False): gettext_noop("At least %(needed)s of the %(total)s criteria are at %(reach)s"),
    ("share_at_least", False, False): gettext_noop(
        "At least %(needed)s of %(group)s are at %(reach)s (%(total)s criteria)"
    ),
    ("at_most", True, False): gettext_noop("At most %(needed)s of the %(total)s criteria are below %(level)s"),
    ("at_most", False, False): gettext_noop("At most %(needed)s of %(group)s are below %(level)s (%(total)s criteria)"),
    ("at_most", True, True): gettext_noop(
        "At most %(share)s of the criteria (%(needed)s of %(total)s) are below %(level)s"
    ),
    ("at_most", False, True): gettext_noop(
        "At most %(share)s of %(group)s (%(needed)s of %(total)s) are below %(level)s"
    ),
    ("any_below", True, False): gettext_noop("At least one criterion is below %(level)s"),
    ("any_below", False, False): gettext_noop("At least one of %(group)s is below %(level)s"),
    ("more_than_below", True, True): gettext_noop(
        "More than %(share)s of the criteria (%(needed)s or more of %(total)s) are below %(level)s"
    ),
    ("more_than_below", False, True): gettext_noop(
        "More than %(share)s of %(group)s (%(needed)s or more of %(total)s) are below %(level)s"
    ),
    ("more_than_below", True, False): gettext_noop("%(needed)s or more of the %(total)s criteria are below %(level)s"),
    ("more_than_below", False, False): gettext_noop(
        "%(needed)s or more of %(group)s are below %(level)s (%(total)s criteria)"
    ),
}
# A condition that names a single criterion.
ONE = {
    "all_at_least": gettext_noop("%(criterion)s is at %(reach)s"),
    "any_below": gettext_noop("%(criterion)s is below %(level)s"),
}


def checked(check: Check, words: Words) -> ExplainedCondition:
    """A condition that was tried, with what was found and which criteria decided."""
    finding = label = ""
    if len(check.members) == 1 and check.total:
        pass  # the sentence has named it, and says yes or no
    elif check.total:
        below = check.kind in BELOW
        finding = words.sentence((below, check.actual, check.total), lambda: _finding(check))
        label = words.sentence((below,), lambda: _("Below it") if below else _("Not there yet"))
    elif check.level:
        finding = _("left out") if len(check.members) == 1 else _("all of them are left out")
    # "0 of 18 reach it" names them all already
    decisive = check.criteria if label and len(check.criteria) < max(2, check.total) else ()
    return ExplainedCondition(
        text=words.sentence(
            (check.kind, check.group, check.level, check.share, check.needed, check.total, check.members),
            lambda: _tried(check, words.data),
        ),
        held=check.held,
        finding=finding,
        label=label,
        criteria=words.named(decisive),
        conditions=tuple([checked(inner, words) for inner in check.checks]) if check.checks else (),
    )


def _finding(check: Check) -> str:
    found, params = check.actual, {"actual": check.actual, "total": check.total}
    if check.kind in BELOW:
        return ngettext("%(actual)s of %(total)s is below it", "%(actual)s of %(total)s are below it", found) % params
    return ngettext("%(actual)s of %(total)s reaches it", "%(actual)s of %(total)s reach it", found) % params


def _tried(check: Check, data: FrameworkData) -> str:
    groups = data.rule.groups if isinstance(data.rule, ConditionsRule) else {}
    return _sentence(check, data, tuple(groups.get(check.group, ())) or check.members)


def asked(condition: Condition, data: FrameworkData) -> ExplainedCondition:
    """A condition as the rule states it."""
    return ExplainedCondition(
        text=_sentence(condition, data, condition.members or condition.criteria),
        held=False,
        finding="",
        label="",
        criteria=(),
        conditions=tuple(asked(inner, data) for inner in condition.conditions),
    )


def _sentence(condition: Condition | Check, data: FrameworkData, members: tuple[str, ...]) -> str:
    kind = condition.kind
    if kind == "always":
        return _("In every other case")
    if kind in ("any_of", "all_of"):
        return _("One of these holds") if kind == "any_of" else _("All of these hold")
    # what earlier releases stored of a list of criteria names only those that decided; they had one scale
    one = next(iter(members or condition.criteria), data.criteria[0].code)
    params = {
        "reach": reach(data, condition.level, one),
        "level": localized(level_of(one, condition.level, data).name),
        "group": _group(condition.group, data, members or condition.criteria),
        "share": condition.share,
        "needed": condition.needed,
        "total": condition.total,
    }
    shape = "all_at_least" if kind == "named_at_least" else kind
    if len(members) == 1 and not condition.group and shape in ONE:
        return _(ONE[shape]) % (params | {"criterion": named(members, data)[0]})
    return _(TEMPLATES[shape, condition.group == "all", bool(condition.share)]) % params


def _group(name: str, data: FrameworkData, members: tuple[str, ...]) -> str:
    if name == "key" and data.key_name:
        return localized(data.key_name)
    if name == "key":
        return _("the key criteria")
    return _("the criteria %(codes)s") % {"codes": ", ".join(members)}
