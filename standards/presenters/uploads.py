"""An uploaded framework before it becomes a draft: what it says, what would change, what is wrong, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import date_words
from core.localized import language_name, localized
from standards.enums import DraftOrigin
from standards.exchange import filling
from standards.exchange.differences import CHANGED, NEW, REMOVED, UNCHANGED, Difference, counts, differences
from standards.models import FrameworkVersion, Upload
from standards.pack_files import fingerprint
from standards.queries import pack_of, version_by_code
from standards.queries_uploads import latest_of_framework

OUTCOMES = {
    NEW: (gettext_lazy("New"), "success"),
    CHANGED: (gettext_lazy("Changed"), "info"),
    UNCHANGED: (gettext_lazy("Unchanged"), "neutral"),
    REMOVED: (gettext_lazy("Left out"), "warning"),
}
KINDS = {
    "about": gettext_lazy("Facts"),
    "level": gettext_lazy("Level"),
    "standard": gettext_lazy("Standard"),
    "criterion": gettext_lazy("Criterion"),
    "part": gettext_lazy("Part"),
}
FILES = {
    DraftOrigin.WORKBOOK: gettext_lazy("Workbook"),
    DraftOrigin.PACK: gettext_lazy("Pack file"),
    DraftOrigin.CASE: gettext_lazy("CASE package"),
}
LONGEST = 600


@dataclass(frozen=True)
class Line:
    """One node of the preview."""

    kind: str
    code: str
    name: str
    outcome: str
    word: str
    tone: str
    changes: list[tuple[str, str, str]]


@dataclass
class Preview:
    """What the page of an upload shows. `against` is the version it is compared with, `taken` says that its code belongs
    to a published one, `same` that it says exactly what that one says."""

    facts: list[tuple[str, str]]
    counts: dict[str, int]
    lines: list[Difference]
    title: str = ""
    against: FrameworkVersion | None = None
    taken: bool = False
    same: bool = False
    code: str = ""

    @property
    def has_changes(self) -> bool:
        return any(self.counts[name] for name in (NEW, CHANGED, REMOVED))


def kind_word(kind: str) -> str:
    """The kind of a file in words."""
    return str(FILES[DraftOrigin(kind)])


def preview_of(upload: Upload) -> Preview:
    """The preview of a file without problems; one with problems has none, see `upload.problems`."""
    content = upload.content
    pack = content["pack"]
    taken = version_by_code(pack["code"])
    against = upload.based_on or latest_of_framework(pack["framework"]["code"])
    old = content["base"] or (pack_of(against) if against else {})
    found = differences(old, pack, content["came_from"])
    return Preview(
        facts=_facts(pack),
        counts=counts(found),
        lines=found,
        title=localized(pack["title"]),
        against=against,
        taken=taken is not None,
        same=taken is not None and fingerprint(pack) == taken.fingerprint,
        code=pack["code"],
    )


def lines_of(found: list[Difference]) -> list[Line]:
    """Differences in words."""
    return [
        Line(
            kind=str(KINDS[one.kind]),
            code=one.code,
            name=localized(one.name),
            outcome=one.outcome,
            word=str(OUTCOMES[one.outcome][0]),
            tone=OUTCOMES[one.outcome][1],
            changes=[(label, _short(before), _short(now)) for label, before, now in one.changes],
        )
        for one in found
    ]


def _short(text: str) -> str:
    return f"{text[:LONGEST]} …" if len(text) > LONGEST else text or "–"


def _facts(pack: dict[str, Any]) -> list[tuple[str, str]]:
    languages = ", ".join(language_name(code) for code in filling.languages_of(pack))
    levels = ", ".join(localized(level.get("name")) for scale, level in filling.levels(pack) if not scale)
    amounts = _("%(standards)d standards, %(criteria)d criteria") % {
        "standards": sum(1 for _node in filling.standards(pack)),
        "criteria": sum(1 for _node in filling.criteria(pack)),
    }
    return [
        (_("Code of this version"), pack["code"]),
        (_("Legal text"), localized(pack["legal"].get("name"))),
        (_("First day in force"), date_words(date.fromisoformat(pack["valid_from"]))),
        (_("Levels"), levels or _("none")),
        (_("What is in it"), amounts),
        (_("Languages"), languages),
    ]
