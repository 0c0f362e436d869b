"""What a higher result would take, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standards.framework_data import FrameworkData
from standards.presenters.told import NamedCriterion, in_language, named, result_name, value_name
from standards.rating import Paths, Raise


@dataclass(frozen=True)
class ExplainedRaise:
    """One criterion to raise or to rate, with the names of the levels or scores, in two ways."""

    text: str  # with the criterion's code, for the command line
    shown: str  # as pages number it


@dataclass(frozen=True)
class ExplainedPaths:
    """`summary` says how much it takes. Then either `fixed` raises and a `pick` of `among` say all ways at once, or
    `ways` lists them, with `more` (a sentence, often empty) for those not listed."""

    target: str
    reached: bool
    summary: str
    fixed: tuple[ExplainedRaise, ...]
    pick: str
    among: tuple[NamedCriterion, ...]
    ways: tuple[tuple[ExplainedRaise, ...], ...]
    more: str


def explain_paths(paths: Paths, data: FrameworkData, language: str | None = None) -> ExplainedPaths:
    """What `paths` found, for a page, a document or the command line."""
    with in_language(language):
        fixed: tuple[ExplainedRaise, ...] = ()
        pick, more = "", ""
        among: tuple[NamedCriterion, ...] = ()
        ways = tuple(_raises(path, data) for path in paths.paths)
        if choice := paths.choice:
            fixed, ways, among = _raises(choice.fixed, data), (), named(choice.among, data)
            before = value_name(choice.among[0], choice.before, data)
            to = value_name(choice.among[0], choice.to, data)
            pick = _pick_text(choice.pick, before, to, len(among), bool(fixed))
        elif paths.count > len(paths.paths):
            left = paths.count - len(paths.paths)
            more = ngettext("One other way is just as short.", "%(count)s other ways are just as short.", left)
            more %= {"count": left}
        return ExplainedPaths(
            target=result_name(paths.target, data),
            reached=paths.reached,
            summary=_summary(paths, data),
            fixed=fixed,
            pick=pick,
            among=among,
            ways=ways,
            more=more,
        )


def paths_lines(paths: Paths, data: FrameworkData, language: str | None = None) -> list[str]:
    """The same as plain sentences, one a line."""
    with in_language(language):
        explained = explain_paths(paths, data)
        lines = [explained.summary, *(f"  {raising.text}" for raising in explained.fixed)]
        if explained.pick:
            lines.append(f"  {explained.pick}: {', '.join(str(c) for c in explained.among)}")
        for number, way in enumerate(explained.ways, start=1):
            if len(explained.ways) > 1:
                lines.append(_("  Way %(number)s") % {"number": number})
            lines += [f"  {raising.text}" for raising in way]
        return [*lines, explained.more] if explained.more else lines


def _reason(reason: str) -> str:
    """Why there is no way."""
    reasons = {
        "no_result": _("The rule has no result %(level)s."),
        "no_overall": _("The text knows no overall result, so there is no %(level)s to reach."),
        "too_little": _("Too little is rated for a result; nothing can be said about %(level)s before."),
        "too_tangled": _("The groups of the rule overlap too much to tell the shortest way to %(level)s."),
        "out_of_reach": _("%(level)s is out of reach: with every rated criterion at its highest it is not enough."),
    }
    return reasons[reason]


def _summary(paths: Paths, data: FrameworkData) -> str:
    params = {"level": result_name(paths.target, data), "count": paths.size}
    if paths.reason:
        return _reason(paths.reason) % params
    if paths.result is None and paths.reachable:
        text = ngettext(
            "%(level)s takes one criterion more, rated or raised.",
            "%(level)s takes %(count)s criteria, rated or raised; fewer are not enough.",
            paths.size,
        )
        return text % params
    if paths.reached:
        return _("%(level)s is reached already.") % params
    text = ngettext(
        "%(level)s takes one criterion more at a higher level.",
        "%(level)s takes %(count)s criteria at a higher level; fewer are not enough.",
        paths.size,
    )
    return text % params


def _pick_text(pick: int, before: str, to: str, total: int, also: bool) -> str:
    params = {"pick": pick, "total": total, "before": before, "to": to}
    if also:
        text = ngettext(
            "And any one of these %(total)s: from %(before)s to %(to)s",
            "And any %(pick)s of these %(total)s: from %(before)s to %(to)s",
            pick,
        )
    else:
        text = ngettext(
            "Any one of these %(total)s: from %(before)s to %(to)s",
            "Any %(pick)s of these %(total)s: from %(before)s to %(to)s",
            pick,
        )
    return text % params


def _raises(path: Iterable[Raise], data: FrameworkData) -> tuple[ExplainedRaise, ...]:
    raises = []
    for raising in path:
        code = raising.criterion
        criterion, values = named([code], data)[0], {"to": value_name(code, raising.to, data)}
        asked = _("%(criterion)s: rate it, at least at %(to)s")
        if raising.before:
            asked = _("%(criterion)s: from %(before)s to %(to)s")
            values["before"] = value_name(code, raising.before, data)
        text, shown = (asked % {"criterion": name, **values} for name in (str(criterion), criterion.shown))
        raises.append(ExplainedRaise(text, shown))
    return tuple(raises)
