"""Two versions, or two frameworks, side by side: what became of each item, and how its words changed.

What belongs together is found by `tying`. Pure: no database.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standards.enums import Relation
from standards.framework_data import CriterionData, FrameworkData, LevelData, StandardData, Text
from standards.tying import Item, Links, Match, match_criteria, tie
from standards.wording import Piece, pieces

# What can have become of an item, in the order in which pages name it.
ADDED, REMOVED, SPLIT, MERGED, REGROUPED = "added", "removed", "split", "merged", "regrouped"
REWORDED, MOVED, REORDERED, RECODED, RENUMBERED = "reworded", "moved", "reordered", "recoded", "renumbered"
KEY, DESCRIPTORS, EXAMPLES, SCALE, ARTICLE, UNCHANGED = (
    "key",
    "descriptors",
    "examples",
    "scale",
    "article",
    "unchanged",
)
KINDS = (
    *(ADDED, REMOVED, SPLIT, MERGED, REGROUPED, REWORDED, MOVED, REORDERED, RECODED, RENUMBERED),
    *(KEY, DESCRIPTORS, EXAMPLES, SCALE, ARTICLE, UNCHANGED),
)


@dataclass(frozen=True)
class TextChange:
    """One text in one language, old and new, "" where there is none. `field`: name, alternative_name, description,
    descriptors or examples; the latter two belong to `level`."""

    field: str
    language: str
    old: str
    new: str
    level: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The change word by word."""
        return pieces(self.old, self.new)


@dataclass(frozen=True)
class Difference:
    """What became of an item. `kinds` as in KINDS; `texts` are the changed ones. `home` and `new_home` are the standards
    it belongs to on each side."""

    match: Match
    kinds: tuple[str, ...]
    texts: tuple[TextChange, ...] = ()
    home: StandardData | None = None
    new_home: StandardData | None = None

    @property
    def is_criterion(self) -> bool:
        return isinstance((*self.match.old, *self.match.new)[0], CriterionData)

    @property
    def is_changed(self) -> bool:
        return self.kinds != (UNCHANGED,)


@dataclass(frozen=True)
class LevelDifference:
    """What became of a level of a scale, or of an overall result; None on the side where there is none."""

    scale: str
    old: LevelData | None
    new: LevelData | None
    kinds: tuple[str, ...]
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A fact of the whole version: a text by language, a plain value, or None. `name` is the path in the pack."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Comparison:
    """Everything that differs, items in the new version's order, what is gone where it was."""

    old: FrameworkData
    new: FrameworkData
    facts: tuple[Fact, ...]
    levels: tuple[LevelDifference, ...]
    results: tuple[LevelDifference, ...]
    items: tuple[Difference, ...]
    rule_changed: bool
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.facts or self.levels or self.results or self.rule_changed) and not any(
            item.is_changed for item in self.items
        )


def compare(old: FrameworkData, new: FrameworkData, links: Links | None = None) -> Comparison:
    """What differs from `old` to `new`. `links`: old criterion codes and the new ones a mapping ties them to."""
    standards = tie(tuple(old.walk()), tuple(new.walk()), same_framework=old.framework_code == new.framework_code)
    criteria = match_criteria(old, new, links)
    items = [*_differences(standards, standards, old, new), *_differences(criteria, standards, old, new)]
    items.sort(key=_Order(old, new).key)
    counts = {kind: sum(kind in item.kinds for item in items) for kind in KINDS}
    return Comparison(
        old=old,
        new=new,
        facts=tuple(_facts(old, new)),
        levels=tuple(_scales(old, new)),
        results=tuple(_levels("", old.results, new.results)) if _own_results(old) or _own_results(new) else (),
        items=tuple(items),
        rule_changed=old.rule_data != new.rule_data,
        counts=counts,
    )


# --- items ------------------------------------------------------------------------------------------------------------


def _differences(
    matches: list[Match], standards: list[Match], old: FrameworkData, new: FrameworkData
) -> Iterable[Difference]:
    kin = {(one.code, two.code) for match in standards for one in match.old for two in match.new}
    homes, new_homes = _homes(old), _homes(new)
    still = _in_order(
        [match for match in matches if len(match.old) == len(match.new) == 1], homes, new_homes, kin, old, new
    )
    for match in matches:
        home = homes.get(_key(match.old[0])) if match.old else None
        new_home = new_homes.get(_key(match.new[0])) if match.new else None
        if len(match.old) == len(match.new) == 1:
            one, two = match.old[0], match.new[0]
            texts = tuple(text_changes(one, two))
            kinds = [kind for kind, is_so in _compared(one, two, texts).items() if is_so]
            if _has_moved(home, new_home, kin):
                kinds.append(MOVED)
            elif _key(one) not in still:
                kinds.append(REORDERED)
            yield Difference(match, _sorted(kinds) or (UNCHANGED,), texts, home, new_home)
        else:
            shape = (len(match.old), len(match.new))
            kind = {(0, 1): ADDED, (1, 0): REMOVED}.get(shape) or (
                SPLIT if shape[0] == 1 else MERGED if shape[1] == 1 else REGROUPED
            )
            yield Difference(match, (kind,), (), home, new_home)


def _has_moved(home: StandardData | None, new_home: StandardData | None, kin: set[tuple[str, str]]) -> bool:
    if home is None or new_home is None:
        return home is not new_home
    return (home.code, new_home.code) not in kin


def _compared(one: Item, two: Item, texts: tuple[TextChange, ...]) -> dict[str, bool]:
    fields = {change.field for change in texts}
    kinds = {
        REWORDED: bool(fields & {"name", "alternative_name", "description"}),
        DESCRIPTORS: "descriptors" in fields,
        EXAMPLES: "examples" in fields,
        RECODED: one.code != two.code,
    }
    if isinstance(one, CriterionData) and isinstance(two, CriterionData):
        renumbered = (one.number, one.label) != (two.number, two.label)
        return kinds | {RENUMBERED: renumbered, KEY: one.is_key != two.is_key, SCALE: one.scale != two.scale}
    if isinstance(one, StandardData) and isinstance(two, StandardData):
        return kinds | {RENUMBERED: one.label != two.label, ARTICLE: one.article != two.article}
    return kinds


def text_changes(one: Item, two: Item) -> Iterable[TextChange]:
    """Every text of two items that differs, field by field, level by level, language by language."""
    for name in ("name", "alternative_name", "description"):
        yield from _texts(name, getattr(one, name), getattr(two, name))
    for level in dict.fromkeys((*one.descriptors, *two.descriptors)):
        yield from _texts("descriptors", one.descriptors.get(level, {}), two.descriptors.get(level, {}), level)
    if isinstance(one, CriterionData) and isinstance(two, CriterionData):
        for level in dict.fromkeys((*one.examples, *two.examples)):
            old, new = one.examples.get(level, ()), two.examples.get(level, ())
            for before, after in _pairs(old, new):
                yield from _texts("examples", before, after, level)


def says_the_same(one: CriterionData, two: CriterionData) -> bool:
    """Whether two criteria ask for the same: name, description and level demands in every language both are told in."""
    if one.scale != two.scale or one.descriptors.keys() != two.descriptors.keys():
        return False
    told = {"name", "description", "descriptors"}
    return not any(change.field in told and change.old and change.new for change in text_changes(one, two))


def relation_of(match: Match) -> Relation:
    """What the newer side of a match is to the older one: of one and one exactly the same, or related when reworded; of
    what was split narrower, of what was merged broader."""
    if len(match.old) == len(match.new) == 1:
        return Relation.EXACT if says_the_same(match.old[0], match.new[0]) else Relation.RELATED
    if len(match.old) == 1:
        return Relation.NARROWER
    return Relation.BROADER if len(match.new) == 1 else Relation.RELATED


def _texts(name: str, old: Text, new: Text, level: str = "") -> Iterable[TextChange]:
    for language in dict.fromkeys((*old, *new)):
        if old.get(language, "") != new.get(language, ""):
            yield TextChange(name, language, old.get(language, ""), new.get(language, ""), level)


def _pairs(old: Sequence[Text], new: Sequence[Text]) -> Iterable[tuple[Text, Text]]:
    """Lists of texts: what stands on both sides is no change; the rest is paired in order."""
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    for place in range(max(len(gone), len(come))):
        yield (gone[place] if place < len(gone) else {}), (come[place] if place < len(come) else {})


def _homes(data: FrameworkData) -> dict[tuple[str, str], StandardData]:
    """(kind, code) of every item to the standard it stands in; roots have none."""
    homes: dict[tuple[str, str], StandardData] = {}
    for standard in data.walk():
        homes |= {_key(item): standard for item in (*standard.criteria, *standard.children)}
    return homes


def _key(item: Item) -> tuple[str, str]:
    return type(item).__name__, item.code


def _in_order(
    pairs: list[Match],
    homes: Mapping[tuple[str, str], StandardData],
    new_homes: Mapping[tuple[str, str], StandardData],
    kin: set[tuple[str, str]],
    old: FrameworkData,
    new: FrameworkData,
) -> set[tuple[str, str]]:
    """Items that kept their order among those that stayed in the same standard: the longest run that did."""
    places = {_key(item): place for place, item in enumerate((*old.walk(), *old.criteria))}
    families: dict[str, list[tuple[int, tuple[str, str]]]] = defaultdict(list)
    for match in sorted(pairs, key=_Order(old, new).new_place):
        one, two = match.old[0], match.new[0]
        if not _has_moved(homes.get(_key(one)), home := new_homes.get(_key(two)), kin):
            families[home.code if home else ""].append((places[_key(one)], _key(one)))
    return {key for family in families.values() for key in _longest_rising(family)}


def _longest_rising(items: list[tuple[int, tuple[str, str]]]) -> list[tuple[str, str]]:
    """Keys of a longest subsequence whose places rise."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (place, _name) in enumerate(items):
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else -1)
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(items[at][1])
        at = before[at]
    return found


class _Order:
    """Reading order of the new version; what is gone stands after what it followed in the old one."""

    def __init__(self, old: FrameworkData, new: FrameworkData):
        self.new = {_key(item): place for place, item in enumerate(_reading(new))}
        self.old = {_key(item): place for place, item in enumerate(_reading(old))}
        self.after: dict[tuple[str, str], int] = {}  # of what is gone: the place of what it followed
        place = -1
        for key in self.old:
            place = self.new.get(key, place)
            self.after[key] = place

    def new_place(self, match: Match) -> int:
        return self.new[_key(match.new[0])]

    def key(self, item: Difference) -> tuple[int, int]:
        """Sort key of a difference."""
        if item.match.new:
            return self.new_place(item.match), -1
        key = _key(item.match.old[0])
        return self.after[key], self.old[key]


def _reading(data: FrameworkData) -> Iterable[Item]:
    for standard in data.walk():
        yield standard
        yield from standard.criteria


def _sorted(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(kinds), key=KINDS.index))


# --- levels, results, facts -------------------------------------------------------------------------------------------


def _scales(old: FrameworkData, new: FrameworkData) -> Iterable[LevelDifference]:
    for code in dict.fromkeys((*old.scales, *new.scales)):
        one, two = old.scales.get(code), new.scales.get(code)
        yield from _levels(code, one.levels if one else (), two.levels if two else ())


def _levels(scale: str, old: Sequence[LevelData], new: Sequence[LevelData]) -> Iterable[LevelDifference]:
    """Levels go by their codes; the rest by the same name."""
    before = {level.code: level for level in old}
    after = {level.code: level for level in new}
    pairs = {code: code for code in before if code in after}
    taken = set(pairs)
    for code in [code for code in before if code not in pairs]:
        same = next((level.code for level in new if level.code not in taken and level.name == before[code].name), None)
        if same:
            pairs[code] = same
            taken.add(same)
    back = {two: one for one, two in pairs.items()}
    for code, level in after.items():
        if code not in back:
            yield LevelDifference(scale, None, level, (ADDED,))
            continue
        one = before[back[code]]
        texts = tuple(
            change
            for name in ("name", "description")
            for change in _texts(name, getattr(one, name), getattr(level, name))
        )
        kinds = {REWORDED: bool(texts), RECODED: one.code != code, REORDERED: one.position != level.position}
        kinds |= {"points": one.points != level.points}
        if changed := tuple(kind for kind, is_so in kinds.items() if is_so):
            yield LevelDifference(scale, one, level, changed, texts)
    for code, level in before.items():
        if code not in pairs:
            yield LevelDifference(scale, level, None, (REMOVED,))


def _own_results(data: FrameworkData) -> bool:
    return data.results != data.levels


FACTS: tuple[tuple[str, Callable[[FrameworkData], Any]], ...] = (
    ("title", lambda data: data.title),
    ("framework", lambda data: data.framework_title),
    ("audience", lambda data: data.audience),
    ("purpose", lambda data: data.purpose),
    ("subject_role", lambda data: data.subject_role),
    ("legal.number", lambda data: data.legal.get("number")),
    ("legal.name", lambda data: data.legal.get("name")),
    ("legal.issued", lambda data: data.legal.get("issued")),
    ("legal.effective", lambda data: data.legal.get("effective")),
    ("valid_from", lambda data: data.valid_from.isoformat()),
    ("valid_to", lambda data: data.valid_to and data.valid_to.isoformat()),
    ("legal.repealed_by", lambda data: (data.legal.get("repealed_by") or {}).get("name")),
    ("legal.status_note", lambda data: data.legal.get("status_note")),
    ("key_name", lambda data: data.key_name),
)


def _facts(old: FrameworkData, new: FrameworkData) -> Iterable[Fact]:
    for name, read in FACTS:
        one, two = read(old) or None, read(new) or None
        if one != two:
            yield Fact(name, one, two)
