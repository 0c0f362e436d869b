"""A comparison of two versions as a page: counts, facts, levels, rule, and items side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import language_name, language_of, localized
from standards.comparing import KINDS, Comparison, Difference, Fact, LevelDifference, TextChange
from standards.enums import Purpose, SubjectRole
from standards.framework_data import CriterionData, FrameworkData, LevelData, StandardData
from standards.presenters.explanations import RuleInWords, rule_in_words
from standards.wording import Piece, pieces

WORDS = {
    "added": pgettext_lazy("difference", "Added"),
    "removed": pgettext_lazy("difference", "Removed"),
    "split": pgettext_lazy("difference", "Split"),
    "merged": pgettext_lazy("difference", "Merged"),
    "regrouped": pgettext_lazy("difference", "Put together anew"),
    "reworded": pgettext_lazy("difference", "Reworded"),
    "moved": pgettext_lazy("difference", "Moved"),
    "reordered": pgettext_lazy("difference", "In another order"),
    "recoded": pgettext_lazy("difference", "Another code"),
    "renumbered": pgettext_lazy("difference", "Renumbered"),
    "key": pgettext_lazy("difference", "Key criterion changed"),
    "descriptors": pgettext_lazy("difference", "Level demands changed"),
    "examples": pgettext_lazy("difference", "Evidence examples changed"),
    "scale": pgettext_lazy("difference", "Another scale"),
    "article": pgettext_lazy("difference", "Another article"),
    "points": pgettext_lazy("difference", "Other points"),
    "unchanged": pgettext_lazy("difference", "Unchanged"),
}
IN_WORDS = {"reworded", "descriptors", "examples"}
TONES = {"added": "success", "removed": "danger", "split": "info", "merged": "info", "regrouped": "info"}
TIES = {
    "mapping": gettext_lazy("Tied together by the mapping of the two versions."),
    "code": gettext_lazy("Taken for the same because of the code."),
}
FIELDS = {
    "name": gettext_lazy("Wording"),
    "alternative_name": gettext_lazy("Other name"),
    "description": gettext_lazy("Description"),
    "descriptors": gettext_lazy("Demand of “%(level)s”"),
    "examples": gettext_lazy("Evidence example for “%(level)s”"),
}
FACTS = {
    "title": pgettext_lazy("of a text", "Title"),
    "framework": gettext_lazy("Framework"),
    "audience": gettext_lazy("For"),
    "purpose": gettext_lazy("Purpose"),
    "subject_role": gettext_lazy("Whom it is for"),
    "legal.number": pgettext_lazy("of a text", "Number"),
    "legal.name": gettext_lazy("Legal text"),
    "legal.issued": gettext_lazy("Issued"),
    "legal.effective": gettext_lazy("In force, as the text says, from"),
    "valid_from": gettext_lazy("In force from"),
    "valid_to": gettext_lazy("In force until"),
    "legal.repealed_by": gettext_lazy("Replaced by"),
    "legal.status_note": gettext_lazy("Standing"),
    "key_name": gettext_lazy("Key criteria are called"),
}


@dataclass(frozen=True)
class Mark:
    """What became of something, as a pill."""

    code: str
    word: str
    tone: str = "neutral"


@dataclass(frozen=True)
class TextPair:
    """One text, before and after, with what is gone and what is new marked; `lang` where not the reader's language."""

    label: str
    before: SafeString
    after: SafeString
    lang: str = ""
    language: str = ""


@dataclass(frozen=True)
class ItemSide:
    """One item of one side. `notes`: facts beside the name that differ from the other side."""

    code: str
    name: SafeString
    lang: str
    notes: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Row:
    """An item, or items that belong together, on both sides."""

    is_criterion: bool
    marks: tuple[Mark, ...]
    before: tuple[ItemSide, ...]
    after: tuple[ItemSide, ...]
    texts: tuple[TextPair, ...]
    elsewhere: tuple[TextPair, ...]
    tied: str = ""
    is_folded: bool = False  # changes in other languages are folded away where there are some in the reader's


@dataclass(frozen=True)
class LevelRow:
    before: str
    after: str
    marks: tuple[Mark, ...]
    texts: tuple[TextPair, ...]


@dataclass(frozen=True)
class Count:
    """How many items one kind of difference has; the address shows these alone."""

    code: str
    word: str
    number: int
    is_shown: bool


@dataclass(frozen=True)
class ComparisonPage:
    """Everything a comparison shows, except which page of the items."""

    counts: tuple[Count, ...]
    changed: int
    unchanged: int
    facts: tuple[TextPair, ...]
    levels: tuple[LevelRow, ...]
    results: tuple[LevelRow, ...]
    rule_changed: bool
    old_rule: tuple[RuleInWords, ...]
    new_rule: tuple[RuleInWords, ...]
    is_same: bool
    shown: list[Difference] = field(default_factory=list)


def comparison_page(comparison: Comparison, show: str = "") -> ComparisonPage:
    """The page; `show` is one kind of difference, "all", or "" for whatever changed."""
    counts = tuple(
        Count(kind, str(WORDS[kind]), comparison.counts[kind], kind == show)
        for kind in KINDS
        if comparison.counts[kind] and kind != "unchanged"
    )
    shown = [item for item in comparison.items if _is_shown(item, show)]
    changed = sum(item.is_changed for item in comparison.items)
    old_rule = new_rule = ()
    if comparison.rule_changed:
        old_rule, new_rule = tuple(rule_in_words(comparison.old)), tuple(rule_in_words(comparison.new))
    return ComparisonPage(
        counts=counts,
        changed=changed,
        unchanged=len(comparison.items) - changed,
        facts=tuple(fact_pair(fact) for fact in _said_once(comparison.facts)),
        levels=tuple(_level_row(row, comparison) for row in comparison.levels),
        results=tuple(_level_row(row, comparison) for row in comparison.results),
        rule_changed=comparison.rule_changed,
        old_rule=old_rule,
        new_rule=new_rule,
        is_same=comparison.is_same,
        shown=shown,
    )


def _said_once(facts: Iterable[Fact]) -> list[Fact]:
    """Without the day that the text names where it is the first day in force on both sides."""
    days = [(fact.old, fact.new) for fact in facts if fact.name == "valid_from"]
    return [fact for fact in facts if fact.name != "legal.effective" or (fact.old, fact.new) not in days]


def _is_shown(item: Difference, show: str) -> bool:
    if show == "all":
        return True
    return show in item.kinds if show in KINDS else item.is_changed


def rows(items: Iterable[Difference], comparison: Comparison) -> list[Row]:
    """The items as rows."""
    return [_row(item, comparison) for item in items]


def _row(item: Difference, comparison: Comparison) -> Row:
    old, new = item.match.old, item.match.new
    pairs = [text_pair(change, comparison) for change in item.texts if change.field != "name" or len(old) != len(new)]
    names = {change.language: change for change in item.texts if change.field == "name"}
    shown = language_of(new[0].name if new else old[0].name)
    name = names.pop(shown, None)
    pairs += [text_pair(change, comparison) for change in names.values()]
    changes = tuple(pair for pair in pairs if not pair.lang)
    return Row(
        is_criterion=item.is_criterion,
        marks=tuple(Mark(kind, str(WORDS[kind]), TONES.get(kind, "neutral")) for kind in item.kinds),
        before=tuple(_side(one, item, name, comparison.old, "gone") for one in old),
        after=tuple(_side(two, item, name, comparison.new, "new") for two in new),
        texts=changes,
        elsewhere=tuple(pair for pair in pairs if pair.lang),
        is_folded=bool(changes or name or set(item.kinds) - IN_WORDS),
        tied=str(TIES[item.match.tied_by]) if item.match.tied_by in TIES and item.is_changed else "",
    )


def _side(one, item: Difference, name: TextChange | None, data: FrameworkData, side: str) -> ItemSide:
    text = localized(one.name)
    return ItemSide(
        code=one.code,
        name=marked(name.pieces, side) if name else format_html("{}", text),
        lang=_foreign(language_of(one.name)),
        notes=tuple(_notes(one, item, data, item.home if side == "gone" else item.new_home)),
    )


def _notes(one: CriterionData | StandardData, item: Difference, data: FrameworkData, home: StandardData | None):
    """What is worth saying beside the name, because it differs on the other side."""
    if "renumbered" in item.kinds and isinstance(one, CriterionData):
        yield _("Number %(number)s") % {"number": one.label or one.number}
    if "moved" in item.kinds or "reordered" in item.kinds:
        if home:
            yield _("in %(code)s %(name)s") % {"code": home.code, "name": localized(home.name)}
        elif "moved" in item.kinds:
            yield _("at the top")
    if "key" in item.kinds and isinstance(one, CriterionData):
        yield _("Key criterion") if one.is_key else _("Not a key criterion")
    if "scale" in item.kinds and isinstance(one, CriterionData):
        scale = data.scales.get(one.scale)
        yield _("Scale: %(name)s") % {"name": localized(scale.name) if scale and scale.name else one.scale or _("main")}
    if "article" in item.kinds and isinstance(one, StandardData):
        yield localized(one.article) or _("No article")


def text_pair(change: TextChange, comparison: Comparison) -> TextPair:
    """One changed text as a pair."""
    label = str(FIELDS[change.field]) % {"level": _level_name(change.level, comparison)}
    found = change.pieces
    lang = _foreign(change.language)
    return TextPair(label, marked(found, "gone"), marked(found, "new"), lang, language_name(lang))


def _level_name(code: str, comparison: Comparison) -> str:
    for data in (comparison.new, comparison.old):
        for scale in data.scales.values():
            if code in scale.by_code:
                return localized(scale.by_code[code].name)
    return code


def fact_pair(fact: Fact) -> TextPair:
    """A fact of the version, before and after."""
    label = str(FACTS[fact.name])
    if not isinstance(fact.old, Mapping) or not isinstance(fact.new, Mapping):  # a date or a number is read whole
        old, new = (format_html("{}", _fact_text(fact.name, value)) for value in (fact.old, fact.new))
        return TextPair(label, old, new)
    languages = [code for code in {**fact.old, **fact.new} if fact.old.get(code) != fact.new.get(code)]
    language = next((code for code in languages if not _foreign(code)), languages[0])
    found = pieces(fact.old.get(language, ""), fact.new.get(language, ""))
    lang = _foreign(language)
    return TextPair(label, marked(found, "gone"), marked(found, "new"), lang, language_name(lang))


def _fact_text(name: str, value) -> str:
    if not value:
        return ""
    if name in {"legal.issued", "legal.effective", "valid_from", "valid_to"}:
        return date_words(date.fromisoformat(value))
    if name == "purpose":
        return str(Purpose(value).label)
    if name == "subject_role":
        return str(SubjectRole(value).label)
    return localized(value)


def _level_row(row: LevelDifference, comparison: Comparison) -> LevelRow:
    marks = tuple(Mark(kind, str(WORDS[kind]), TONES.get(kind, "neutral")) for kind in row.kinds)
    texts = tuple(text_pair(change, comparison) for change in row.texts if not _foreign(change.language))
    return LevelRow(_level_words(row.old), _level_words(row.new), marks, texts)


def _level_words(level: LevelData | None) -> str:
    if level is None:
        return ""
    words = f"{level.position}. {localized(level.name)} ({level.code})"
    return _("%(level)s, %(points)s points") % {"level": words, "points": level.points} if level.points else words


def marked(found: Iterable[Piece], side: str) -> SafeString:
    """One side of a change: what only this side has is marked, as <del> before and as <ins> after."""
    tag = {"gone": "del", "new": "ins"}[side]
    shown = [piece for piece in found if piece.kind in {"same", side}]
    whole = len(shown) == 1 and shown[0].kind == side
    if whole:
        return format_html("{}", shown[0].text)  # a text without a counterpart needs no marks
    return format_html_join(
        "",
        "{}",
        ((format_html(f"<{tag}>{{}}</{tag}>", piece.text) if piece.kind == side else piece.text,) for piece in shown),
    )


def _foreign(language: str) -> str:
    """The language where it is not the reader's, else nothing."""
    return "" if not language or language == (get_language() or "vi")[:2] else language
