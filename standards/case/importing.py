"""Reading a package, ours or of any other product, as a pack. Nothing is written here; a package with problems gives
no pack."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from standards.case import notes
from standards.case.exporting import HOLDER
from standards.case.levels import Levels, changed_texts, levels_of
from standards.case.normal import Json, Normaliser, Package
from standards.case.owned import OwnNodes, own_pack
from standards.case.reading import Unreadable, load, package_in
from standards.case.tree import Node, Tree, tree_of
from standards.case.words import Codes, country_of, language_of, plain, safe_code
from standards.identity import node_id
from standards.packs_check import Problem, names
from standards.packs_check.tree import MOST_CRITERIA

ONE_SOURCE = "package"
LABEL_LENGTH = 40
NO_DAY = "1970-01-01"  # drafts get their first day when they are published


class Original(dict):
    """A package as it came. Remembers how it was read, so that publishing it at once need not read it again."""

    reading: "Reading | None" = None


@dataclass
class Reading:
    """A package as it was understood.

    `pack` is what a draft begins with, None when there are problems; `case` is the package as it came, to be kept with
    the draft; `notes` are sentences about what was understood how. `package` is the same in CASE's form, `child_of` and
    `levels` say which of its objects made the tree and the levels.
    """

    pack: Json | None = None
    case: Json | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    package: Package | None = None
    child_of: dict[str, str] = field(default_factory=dict)
    levels: Levels = field(default_factory=Levels)


def read_package(data: bytes | Mapping[str, Any]) -> Reading:
    """Reads a package from the bytes of a file or from JSON. Never raises: what is wrong stands in `problems`."""
    try:
        raw = package_in(load(data))
    except Unreadable as error:
        return Reading(problems=[Problem("", str(error))])
    reader = Normaliser()
    package = reader.package(raw)
    if not package.items and not reader.problems:
        reader.problems.append(Problem("CFItems", _("There are no items in this package.")))
    if len(package.items) > MOST_CRITERIA:
        sentence = _("A framework has at most %(count)s criteria.") % {"count": MOST_CRITERIA}
        reader.problems.append(Problem("CFItems", sentence))
    if reader.problems:
        return Reading(problems=reader.problems)
    tree = tree_of(package)
    if tree.problems:
        return Reading(problems=tree.problems)
    maker = _PackMaker(package, tree)
    pack = maker.pack()
    original = Original(raw)
    original.reading = Reading(pack, original, [], maker.notes, package, maker.child_of, maker.levels)
    return original.reading


class _PackMaker:
    """From a package and its tree to a pack. Objects that we once exported bring their node along; others are read."""

    def __init__(self, package: Package, tree: Tree):
        self.package, self.tree = package, tree
        self.document = package.document
        self.language = language_of(self.document.get("language"), _usual_language(package))
        self.own = OwnNodes(package, changed_texts(package))
        self.levels = levels_of(package)
        if self.own and not self.levels_are_ours():
            self.levels = Levels()
        self.codes = {"standard": Codes(self.own.codes("standard")), "criterion": Codes(self.own.codes("criterion"))}
        self.child_of: dict[str, str] = {}
        self.next_number = max((0, *self.own.numbers))
        self.untold = 0
        self.notes: list[str] = []

    def pack(self) -> Json:
        pack = own_pack(self.document) or self.foreign_pack()
        leaves = [node for node in self.tree.roots if self.kind(node) == "criterion"]
        rest = [self.standard(node) for node in self.tree.roots if self.kind(node) == "standard"]
        pack["standards"] = ([self.holder(leaves)] if leaves else []) + rest
        self.say_what_was_done(leaves)
        return pack

    def levels_are_ours(self) -> bool:
        """Whether the pack that came along has the levels that the rubrics give: it was read from them."""
        levels = self.own.pack["levels"]
        known = (
            [level.get("code") for level in levels if isinstance(level, Mapping)] if isinstance(levels, list) else []
        )
        return bool(known) and known == [level["code"] for level in self.levels.pack_levels(self.language)]

    def kind(self, node: Node) -> str:
        """Who has something below is a standard; a leaf is a criterion unless it was a standard with us."""
        return "standard" if node.children else self.own.kind(node.item) or "criterion"

    def holder(self, leaves: list[Node]) -> Json:
        """Criteria stand below a standard: one is made for items that stand at the root without anything below."""
        node = self.own.holder()
        if node is None:
            name = {self.language: self.title()}
            identifier = str(node_id(self.document["identifier"], "standard", HOLDER))
            code = self.codes["standard"].give("ITEMS", identifier)
            node = {"code": code, "id": identifier, "name": name, "extensions": {HOLDER: True}}
        return node | {"criteria": [self.criterion(leaf) for leaf in leaves]}

    def standard(self, node: Node) -> Json:
        found = self.remember(node) or self.foreign_node(node, "standard")
        below = [(self.kind(child), child) for child in node.children]
        if criteria := [self.criterion(child) for kind, child in below if kind == "criterion"]:
            found["criteria"] = criteria
        if standards := [self.standard(child) for kind, child in below if kind == "standard"]:
            found["standards"] = standards
        return found

    def criterion(self, node: Node) -> Json:
        found = self.remember(node)
        if found is None:
            self.next_number += 1
            found = self.foreign_node(node, "criterion") | {"number": self.next_number}
        return found

    def remember(self, node: Node) -> Json | None:
        """What we once exported of this node, with what somebody else changed since."""
        if node.association:
            self.child_of[node.item["identifier"]] = node.association
        language = language_of(node.item.get("language"), self.language)
        return self.own.node(node.item, self.kind(node), language)

    def foreign_node(self, node: Node, kind: str) -> Json:
        item = node.item
        identifier, language = item["identifier"], language_of(item.get("language"), self.language)
        statement, short = plain(item["fullStatement"]), plain(item.get("abbreviatedStatement", ""))
        code = self.codes[kind].give(item.get("humanCodingScheme", ""), identifier)
        label = plain(item.get("humanCodingScheme", "")) or plain(item.get("listEnumeration", ""))
        self.untold += not statement
        found = {"code": code, "id": identifier, "name": {language: short or statement or label or code}}
        if short and statement and short != statement:
            found["description"] = {language: statement}
        if 0 < len(label) <= LABEL_LENGTH:
            found["label"] = label
        if alternative := plain(item.get("alternativeLabel", "")):
            found["alternative_name"] = {language: alternative}
        if descriptors := self.levels.descriptors(identifier, self.language):
            found["descriptors"] = descriptors
        return found

    # --- what stands above the tree -------------------------------------------------------------------------------

    def title(self) -> str:
        return plain(self.document["title"]) or plain(self.document["creator"]) or self.document["identifier"]

    def foreign_pack(self) -> Json:
        """The head of a pack for standards of learners: no rule, one source, nobody here has checked it."""
        document, language, title = self.document, self.language, self.title()
        code = f"{safe_code(title)[:27].rstrip('-._') or 'case'}-{document['identifier'].replace('-', '')[:8]}".lower()
        start = document.get("statusStartDate") or document.get("lastChangeDateTime", "")[:10] or NO_DAY
        end = document.get("statusEndDate")
        creator = plain(document["creator"])
        source = f"{creator}: {title} (CASE)" if creator and creator != title else f"{title} (CASE)"
        pack = {
            "format": 1,
            "id": document["identifier"],
            "code": code,
            "framework": {
                "code": code,
                "jurisdiction": country_of(document.get("language")),
                "subject_role": "learner",
                "purpose": "learning",
                "title": {language: title},
            },
            "title": {language: title},
            "valid_from": start,
            "valid_to": end if end and date.fromisoformat(end) >= date.fromisoformat(start) else None,
            "legal": {
                "number": plain(document.get("version", "")) or document["identifier"],
                "name": {language: title},
                "issued": None,
                "effective": document.get("statusStartDate"),
            },
            "levels": self.levels.pack_levels(language),
            "rule": {"kind": "none"},
            "provenance": {
                "sources": {ONE_SOURCE: {"status": "unverified", "text": {language: source}}},
                "default": dict.fromkeys(sorted(names.DEFAULT_SOURCES), ONE_SOURCE),
            },
        }
        if description := plain(document.get("description", "")):
            pack["audience"] = {language: description}
        self.notes.append(notes.as_learning())
        if not document["title"].strip():
            self.notes.append(notes.no_title())
        if start == NO_DAY:
            self.notes.append(notes.no_start())
        if pack["framework"]["jurisdiction"] == "ZZ":
            self.notes.append(notes.no_country())
        return pack

    def say_what_was_done(self, leaves: list[Node]) -> None:
        tree, codes = self.tree, list(self.codes.values())
        self.notes += notes.counted(
            (notes.renamed, self.package.renamed),
            (notes.made_codes, sum(one.made for one in codes)),
            (notes.changed_codes, sum(one.changed for one in codes)),
            (notes.untold, self.untold),
            (notes.elsewhere, tree.elsewhere),
            (notes.strangers, tree.strangers),
        )
        if leaves and self.own.holder() is None:
            self.notes.append(notes.root_items())
        if self.levels.mixed:
            self.notes.append(notes.mixed_levels())
        if self.levels.names and self.levels.guessed:
            self.notes.append(notes.guessed_levels())


def _usual_language(package: Package) -> str:
    """The language most items are in, for documents that do not say theirs."""
    found = [item["language"] for item in package.items if item.get("language")]
    return language_of(Counter(found).most_common(1)[0][0]) if found else "en"
