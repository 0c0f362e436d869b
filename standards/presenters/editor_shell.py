"""What stands round every page of the editor: the parts, the tree, the languages, what can be taken back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.localized import language_name
from standards.models import Draft
from standards.presenters.editor_document import CRITERION, STANDARD, Document, Node

OPEN_WHOLE = 150  # nodes: a tree of a circular is shown open, one of thousands folded


@dataclass(frozen=True)
class TreeItem:
    """A line of the tree. `items` is None where the children are fetched when the line is opened."""

    node: Node
    url: str
    missing: str
    is_current: bool
    items: tuple["TreeItem", ...] | None
    has_items: bool


@dataclass(frozen=True)
class Language:
    """A language of the draft and how many texts lack it."""

    code: str
    name: str
    missing: int


@dataclass(frozen=True)
class Part:
    """A page of the editor."""

    code: str
    label: str
    url: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True)
class Shell:
    """Round every page of the editor."""

    draft: Draft
    title: str
    caption: str
    parts: tuple[Part, ...]
    tree: tuple[TreeItem, ...]
    languages: tuple[Language, ...]
    previews: tuple[tuple[str, str], ...]
    counted: str


def shell_of(
    draft: Draft,
    document: Document,
    *,
    part: str,
    node: Node | None = None,
    opened: Collection[str] = (),
    problems: int = 0,
    with_tree: bool = True,
) -> Shell:
    """`part`: the page shown; `opened`: ids of lines that were open; `problems`: how many the draft has."""
    return Shell(
        draft=draft,
        title=str(draft) or _("A draft without a title"),
        caption=_("Draft %(code)s") % {"code": draft.code},
        parts=tuple(_parts(draft, part, problems)),
        tree=tree_of(draft, document, node, opened) if with_tree else (),
        languages=languages_of(document),
        previews=tuple(_previews(draft)),
        counted=counted(document),
    )


def tree_of(
    draft: Draft, document: Document, current: Node | None = None, opened: Collection[str] = ()
) -> tuple[TreeItem, ...]:
    """The tree: a small one open, a large one open along the way to `current` and where it was `opened`."""
    wanted = set(opened)
    if current is not None:
        wanted |= {current.id, *(node.id for node in current.above)}
    whole = len(document.nodes) <= OPEN_WHOLE
    return tuple(_items(draft, document, document.roots, wanted, whole, current))


def children_of(draft: Draft, document: Document, node: Node) -> tuple[TreeItem, ...]:
    """The lines below one standard, those below them folded."""
    return tuple(_items(draft, document, node.children, set(), False, None))


def tree_item(draft: Draft, document: Document, node: Node) -> TreeItem:
    """One line alone, as it is after a change."""
    return next(iter(_items(draft, document, [node], set(), False, None)))


def languages_of(document: Document) -> tuple[Language, ...]:
    """The languages of the draft with what each lacks."""
    missing = document.missing_everywhere
    return tuple(Language(code, language_name(code), missing[code]) for code in document.languages)


def node_url(draft: Draft, node: Node) -> str:
    """The page of a standard or criterion; a level is on the page of levels."""
    if node.kind in (STANDARD, CRITERION):
        return reverse("standards:draft_node", args=[draft.pk, node.id])
    return reverse("standards:draft_levels", args=[draft.pk]) + f"#{node.id}"


def missing_words(document: Document, node: Node) -> str:
    """ "Missing: English 2, Thai 3"; empty where every text is in every language."""
    missing = document.missing(node)
    parts = [f"{language_name(code)} {missing[code]}" for code in document.languages if missing[code]]
    return _("Missing: %(languages)s") % {"languages": ", ".join(parts)} if parts else ""


def counted(document: Document) -> str:
    """ "5 standards, 15 criteria"."""
    standards, criteria = len(document.standards), len(document.criteria)
    return ", ".join(
        (
            ngettext("%(count)s standard", "%(count)s standards", standards) % {"count": standards},
            ngettext("%(count)s criterion", "%(count)s criteria", criteria) % {"count": criteria},
        )
    )


def _items(
    draft: Draft, document: Document, nodes: list[Node], opened: set[str], whole: bool, current: Node | None
) -> Iterator[TreeItem]:
    for node in nodes:
        is_open = whole or node.id in opened
        yield TreeItem(
            node=node,
            url=node_url(draft, node),
            missing=missing_words(document, node),
            is_current=current is not None and current.id == node.id,
            items=tuple(_items(draft, document, node.children, opened, whole, current)) if is_open else None,
            has_items=bool(node.children),
        )


def _parts(draft: Draft, current: str, problems: int) -> Iterator[Part]:
    labels: dict[str, Any] = {
        "draft": _("Overview and problems"),
        "draft_facts": _("Legal text and facts"),
        "draft_levels": _("Levels"),
        "draft_rule": _("Rule of the overall result"),
        "draft_examples": _("Worked examples"),
        "draft_history": _("Steps so far"),
    }
    for name, label in labels.items():
        url = reverse(f"standards:{name}", args=[draft.pk])
        yield Part(name, label, url, name == current, problems if name == "draft" else 0)


def _previews(draft: Draft) -> Iterator[tuple[str, str]]:
    """Previews that this installation has: the teacher's form, the same as PDF, and the draft as a file."""
    wanted = {
        "evaluations:preview_draft": _("The form as teachers will see it"),
        "reports:preview_draft": _("The form as PDF"),
        "standards:draft_workbook": _("The draft as a workbook"),
        "standards:draft_pack": _("The draft as a pack file"),
    }
    for name, label in wanted.items():
        try:
            yield reverse(name, args=[draft.pk]), label
        except NoReverseMatch:
            continue
