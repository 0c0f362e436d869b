"""Which items of two versions belong together: by where they came from, then by a mapping, then by their codes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from standards.framework_data import CriterionData, FrameworkData, StandardData, Text
from standards.wording import likeness

Item = CriterionData | StandardData
Links = Mapping[str, Iterable[str]]
ALIKE = 0.5  # where a code alone says little, the names must share half of their words
MOST_TIES = 50_000  # ten times the largest framework; a file in which everything comes from everything gets no further


@dataclass(frozen=True)
class Match:
    """Items of the two sides that belong together: one and one, one and several (split), several and one (merged), one
    and none. `tied_by`: origin, mapping or code."""

    old: tuple[Item, ...]
    new: tuple[Item, ...]
    tied_by: str = ""


def match_criteria(old: FrameworkData, new: FrameworkData, links: Links | None = None) -> list[Match]:
    """The criteria of two versions, each in exactly one match."""
    same = old.framework_code == new.framework_code
    return tie(old.criteria, new.criteria, links or {}, same_framework=same)


def tie(old: Sequence[Item], new: Sequence[Item], links: Links | None = None, *, same_framework: bool) -> list[Match]:
    """Matches of two lists of items: by origin, then by links, then by code. Every item is in exactly one."""
    ties = _Ties(old, new)
    ties.by_origin()
    for code, targets in (links or {}).items():
        for target in targets:
            ties.add(code, target, "mapping")
    by_code_alone = same_framework and not ties.how  # where origins are known, a code may have been given anew
    for code in ties.free_codes():
        one, two = ties.old[code], ties.new[code]
        if by_code_alone or _alike(one.name, two.name):
            ties.add(code, code, "code", free_only=True)
    return ties.matches()


class _Ties:
    def __init__(self, old: Sequence[Item], new: Sequence[Item]):
        self.old = {item.code: item for item in old}
        self.new = {item.code: item for item in new}
        self.forth: dict[str, list[str]] = defaultdict(list)
        self.back: dict[str, list[str]] = defaultdict(list)
        self.how: dict[tuple[str, str], str] = {}
        self.how_old: dict[str, str] = {}  # all ties of an item are of one kind
        self.how_new: dict[str, str] = {}

    def add(self, one: str, two: str, how: str, *, free_only: bool = False) -> None:
        """Ties two items together, unless something better already does."""
        if one not in self.old or two not in self.new or (one, two) in self.how or len(self.how) >= MOST_TIES:
            return
        tied = {self.how_old.get(one, how), self.how_new.get(two, how)}
        if tied != {how} or (free_only and (self.forth[one] or self.back[two])):
            return
        self.how[one, two] = self.how_old[one] = self.how_new[two] = how
        self.forth[one].append(two)
        self.back[two].append(one)

    def by_origin(self) -> None:
        """Newer items name the ones they came from; comparing backwards, the older ones are on the other side; and two
        that came from a third are kin."""
        ancestors: dict[UUID, list[str]] = defaultdict(list)
        for item in self.old.values():
            for id in (item.identifier, *item.origins):
                ancestors[id].append(item.code)
        for item in self.new.values():
            for id in (item.identifier, *item.origins):
                for code in ancestors.get(id, ()):
                    self.add(code, item.code, "origin")

    def free_codes(self) -> list[str]:
        return [code for code in self.old if code in self.new and not self.forth[code] and not self.back[code]]

    def matches(self) -> list[Match]:
        """Groups of items that hang together, in the order of the old side; then what is new."""
        found, seen = [], set()
        old_place = {code: place for place, code in enumerate(self.old)}
        new_place = {code: place for place, code in enumerate(self.new)}
        for code in self.old:
            if code in seen:
                continue
            ones, twos = {code}, set(self.forth[code])
            fresh = twos
            while more := {one for two in fresh for one in self.back[two]} - ones:
                ones |= more
                fresh = {two for one in more for two in self.forth[one]} - twos
                twos |= fresh
            seen |= ones
            old = tuple(self.old[one] for one in sorted(ones, key=old_place.__getitem__))
            new = tuple(self.new[two] for two in sorted(twos, key=new_place.__getitem__))
            found.append(Match(old, new, self.how_old.get(code, "")))
        return found + [Match((), (item,)) for code, item in self.new.items() if not self.back[code]]


def _alike(one: Text, other: Text) -> bool:
    shared = one.keys() & other.keys()
    return any(likeness(one[language], other[language]) >= ALIKE for language in shared)
