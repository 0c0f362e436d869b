"""Who could mentor whom, and why: pure functions over plain data, with their reasons in words.

Strong meets weak: a mentor is suggested for the criteria where the mentee's announced result is low and the mentor's is
at the top. Being near (group, subject, school) counts a little, mentees one has already count against.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import MAX_MENTEES

TOP, ABOVE, KEY, SAME_GROUP, SAME_SUBJECT, SAME_SCHOOL, EACH_MENTEE = 3, 1, 1, 2, 2, 1, -2
"""What counts how much. Small whole numbers: the order must be explainable, not exact."""


@dataclass(frozen=True)
class Profile:
    """A person as matching sees them. `levels`: criterion code -> position of the level, 0 the lowest; empty when no
    result may be seen. `leads_mentee`: head or deputy head of a school of the mentee at some time of the period. `leave`:
    why the person is away this school year."""

    id: int
    name: str
    school: str = ""
    group: str = ""
    subject: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    mentees: frozenset[int] = frozenset()
    at_school: bool = True
    is_active: bool = True
    leads_mentee: bool = False
    leave: str = ""


@dataclass(frozen=True)
class Scale:
    """The words of a framework version: level names lowest first, criterion code -> "6 Assessment …", key codes."""

    levels: tuple[str, ...] = ()
    criteria: Mapping[str, str] = field(default_factory=dict)
    key: frozenset[str] = frozenset()

    @property
    def top(self) -> int:
        """Position of the highest level."""
        return len(self.levels) - 1


@dataclass(frozen=True)
class Suggestion:
    """A candidate: `reasons` why, or `refusal` why not. `helps` are the weak criteria this mentor is strong in."""

    profile: Profile
    score: int = 0
    helps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    refusal: str = ""


def weak_criteria(levels: Mapping[str, int], scale: Scale) -> list[str]:
    """Codes of the criteria to work on, key ones first, lowest first: those in the lower half of the scale.

    Somebody without any is helped where they stand lowest, unless they are at the top everywhere.
    """
    low = [code for code, place in levels.items() if place * 2 < scale.top]
    if not low and levels:
        lowest = min(levels.values())
        low = [code for code, place in levels.items() if place == lowest < scale.top]
    order = {code: number for number, code in enumerate(scale.criteria)}
    return sorted(low, key=lambda code: (code not in scale.key, levels[code], order.get(code, 0)))


def refusal(mentee: Profile, mentor: Profile) -> str:
    """The sentence why `mentor` cannot be the mentor of `mentee`, or an empty text."""
    names = {"mentor": mentor.name, "mentee": mentee.name}
    if mentor.id == mentee.id:
        return _("Nobody mentors themselves.")
    if mentor.leads_mentee:
        return (
            _("%(mentor)s leads the school of %(mentee)s. Whoever evaluates a teacher cannot be the teacher's mentor.")
            % names
        )
    if not mentor.is_active:
        return _("The account of %(mentor)s is closed.") % names
    if not mentor.at_school:
        return _("%(mentor)s does not work at a school.") % names
    if mentee.id in mentor.mentees:
        return _("%(mentor)s is the mentor of %(mentee)s already, or has been asked to be.") % names
    if len(mentor.mentees) >= MAX_MENTEES:
        return _("%(mentor)s has %(count)d mentees already. A mentor has at most %(count)d at a time.") % {
            **names,
            "count": MAX_MENTEES,
        }
    return ""


def assess(mentee: Profile, mentor: Profile, scale: Scale) -> Suggestion:
    """One candidate looked at closely: the refusal, or score and reasons."""
    if sentence := refusal(mentee, mentor):
        return Suggestion(mentor, refusal=sentence)
    score, helps, reasons = 0, [], []
    for code in weak_criteria(mentee.levels, scale):
        own, theirs = mentee.levels[code], mentor.levels.get(code, -1)
        if theirs <= own or (theirs < scale.top and theirs * 2 < scale.top):
            continue
        score += (TOP if theirs == scale.top else ABOVE) + (KEY if code in scale.key else 0)
        if theirs == scale.top:
            helps.append(code)
        reasons.append(
            _("%(criterion)s: %(high)s (mentee: %(low)s)")
            % {"criterion": scale.criteria[code], "high": scale.levels[theirs], "low": scale.levels[own]}
        )
    near = [mentor.leave] if mentor.leave else []
    for weight, holds, sentence in _nearness(mentee, mentor):
        if holds:
            score += weight
            near.append(sentence)
    if mentor.mentees:
        score += EACH_MENTEE * len(mentor.mentees)
        number = len(mentor.mentees)
        near.append(ngettext("has %(count)d mentee", "has %(count)d mentees", number) % {"count": number})
    if near:
        reasons.append(capfirst(", ".join(near)))
    return Suggestion(mentor, score, tuple(helps), tuple(reasons))


def _nearness(mentee: Profile, mentor: Profile) -> tuple[tuple[int, bool, str], ...]:
    """(weight, whether it holds, the words)."""
    same_group = bool(mentee.group) and (mentee.school, mentee.group) == (mentor.school, mentor.group)
    same_school = bool(mentee.school) and mentee.school == mentor.school
    same_subject = bool(mentee.subject) and mentee.subject.casefold() == mentor.subject.casefold()
    return (
        (SAME_GROUP, same_group, _("same professional group")),
        (SAME_SCHOOL, same_school and not same_group, _("same school")),
        (SAME_SUBJECT, same_subject, _("same subject: %(subject)s") % {"subject": mentor.subject}),
    )


def suggest(mentee: Profile, candidates: Iterable[Profile], scale: Scale, *, limit: int = 5) -> list[Suggestion]:
    """The best mentors for `mentee`, best first: only those strong in a weak criterion, at work and not refused.

    Equal scores are ordered by fewer mentees, then by name and id, so that the answer is the same every time.
    """
    looked_at = (assess(mentee, candidate, scale) for candidate in candidates)
    good = [found for found in looked_at if found.helps and not found.refusal and not found.profile.leave]
    good.sort(key=lambda found: (-found.score, len(found.profile.mentees), found.profile.name, found.profile.id))
    return good[:limit]
