"""The fields of one node as the editor shows them: texts in every language side by side, levels, sources.

`field` is the address of a value inside its node, as steps name it: "name.vi", "descriptors.T.en", "examples.T.0.vi".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.localized import language_name, localized
from standards.drafting.fields import look, path_of
from standards.enums import SourceStatus
from standards.presenters.editor_document import CRITERION, LEVEL, STANDARD, Document, Node, texts_of, token
from standards.presenters.pages import SOURCE_TONES


@dataclass(frozen=True)
class Cell:
    """One control. `token` stands for the value as it is shown; `options`: (value, label) pairs of a choice."""

    field: str
    label: str
    value: Any
    token: int
    type: str = "text"
    hint: str = ""
    language: str = ""
    rows: int = 1
    missing: bool = False
    options: tuple[tuple[str, str], ...] = ()
    scope: str = ""  # before the id, where a page has several forms

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return f"{self.scope}f-" + self.field.replace(".", "-").replace("/", "-")


@dataclass(frozen=True)
class SourceNote:
    """How close a text is to the official wording: the word, its tone, and what the source says of itself."""

    status: str
    word: str
    tone: str
    text: str


@dataclass(frozen=True)
class TextRow:
    """One text in every language of the draft."""

    name: str
    label: str
    cells: tuple[Cell, ...]
    hint: str = ""
    source: SourceNote | None = None
    optional: bool = False
    plain: bool = False  # nothing is said about its being optional

    @property
    def is_empty(self) -> bool:
        """No language has it."""
        return not any(cell.value for cell in self.cells)


@dataclass(frozen=True)
class LevelBlock:
    """What one level demands, and what can show it."""

    level: Node
    position: int
    of: int
    text: TextRow
    examples: tuple[TextRow, ...]
    can_have_examples: bool


@dataclass(frozen=True)
class NodeFields:
    """Everything the form of one node shows. `sources`: choices of where its own texts come from."""

    node: Node
    plain: tuple[Cell, ...]
    texts: tuple[TextRow, ...]
    levels: tuple[LevelBlock, ...]
    sources: tuple[Cell, ...]

    @property
    def shown(self) -> tuple[TextRow, ...]:
        """The texts that are there, or must be."""
        return tuple(row for row in self.texts if not (row.optional and row.is_empty))

    @property
    def folded(self) -> tuple[TextRow, ...]:
        """The texts that may stay empty and are."""
        return tuple(row for row in self.texts if row.optional and row.is_empty)


def value_at(item: Any, field: str) -> Any:
    """The value that `field` names in a node; None where there is none."""
    return look(item, path_of(field))


def plain_cell(item: Mapping[str, Any], field: str, label: str, **more: Any) -> Cell:
    """A field that is no text of people: a code, a number, a choice."""
    value = value_at(item, field)
    if more.get("type") == "checkbox":
        value = value is True
    return Cell(field, label, "" if value is None else value, token(value), **more)


def text_row(
    document: Document,
    item: Mapping[str, Any],
    name: str,
    label: str,
    *,
    rows: int = 1,
    needed: bool = False,
    scope: str = "",
    **more: Any,
) -> TextRow:
    """A text in every language. A language is missing where another has the text, or where the text is needed."""
    texts = texts_of(value_at(item, name))
    cells = tuple(
        Cell(
            field=f"{name}.{language}",
            label=language_name(language),
            value=texts.get(language, ""),
            token=token(texts.get(language)),
            type="textarea",
            language=language,
            rows=max(rows, len(texts.get(language, "")) // 60 + 1),
            missing=(needed or bool(texts)) and not texts.get(language),
            scope=scope,
        )
        for language in document.languages
    )
    return TextRow(name, label, cells, optional=not needed, **more)


def node_fields(document: Document, node: Node) -> NodeFields:
    """The form of a standard, a criterion or a level."""
    build = {STANDARD: _standard, CRITERION: _criterion, LEVEL: _level}[node.kind]
    return build(document, node)


def source_choices(document: Document) -> tuple[tuple[str, str], ...]:
    """Every source of the draft with its status in words."""
    sources = value_at(document.content, "provenance.sources")
    found = []
    for code in sources if isinstance(sources, Mapping) else ():
        note = _note(document, code)
        found.append((code, f"{note.word} ({code})" if note else code))
    return tuple(found)


def default_source(document: Document, kind: str) -> SourceNote | None:
    """Where texts of a kind come from unless their node says otherwise."""
    code = value_at(document.content, f"provenance.default.{kind}")
    return _note(document, code) if isinstance(code, str) else None


def _note(document: Document, code: str) -> SourceNote | None:
    sources = value_at(document.content, "provenance.sources")
    source = sources.get(code) if isinstance(sources, Mapping) else None
    if not isinstance(source, Mapping) or source.get("status") not in SourceStatus.values:
        return None
    status = SourceStatus(source["status"])
    return SourceNote(status.value, str(status.label), SOURCE_TONES[status], localized(texts_of(source.get("text"))))


def _own_source(document: Document, node: Node, kind: str) -> SourceNote | None:
    code = value_at(node.item, f"provenance.{kind}")
    return _note(document, code) if isinstance(code, str) else default_source(document, kind)


def _standard(document: Document, node: Node) -> NodeFields:
    item = node.item
    plain = [plain_cell(item, "code", _("Code"), hint=_("Letters, digits, dots and hyphens; rules and files use it."))]
    if articles := _articles(document):
        plain.append(plain_cell(item, "article", _("Article"), type="select", options=(("", "–"), *articles)))
    note = default_source(document, "description")
    return NodeFields(
        node,
        tuple(plain),
        (
            text_row(
                document,
                item,
                "name",
                pgettext("standard, criterion or level", "Name"),
                needed=True,
                source=default_source(document, "standard"),
            ),
            text_row(document, item, "alternative_name", _("Other name")),
            text_row(document, item, "description", _("Description"), rows=3, source=note),
        ),
        tuple(_blocks(document, node, examples=False)) if item.get("descriptors") else (),
        (),
    )


def _criterion(document: Document, node: Node) -> NodeFields:
    item = node.item
    plain = [
        plain_cell(item, "code", _("Code"), hint=_("The rule and the examples follow when you change it.")),
        plain_cell(item, "number", _("Number"), type="number"),
        plain_cell(item, "label", _("Number as the text writes it"), hint=_("Only where it differs, such as 1.1.")),
        plain_cell(item, "key", _("Key criterion"), type="checkbox"),
    ]
    if document.scales:
        scales = (("", _("The main levels")), *((code, _scale_name(document, code)) for code in document.scales))
        plain.append(plain_cell(item, "scale", _("Judged by"), type="select", options=scales))
    choices = (("", _("As everywhere in this draft")), *source_choices(document))
    kinds = {"name": _("Source of the name"), "descriptors": _("Source of the demands")}
    kinds["examples"] = _("Source of the evidence examples")
    return NodeFields(
        node,
        tuple(plain),
        (
            text_row(
                document,
                item,
                "name",
                pgettext("standard, criterion or level", "Name"),
                needed=True,
                source=_own_source(document, node, "name"),
            ),
            text_row(document, item, "alternative_name", _("Other name")),
            text_row(document, item, "description", _("Description"), rows=3),
        ),
        tuple(_blocks(document, node, examples=True)),
        tuple(
            plain_cell(item, f"provenance.{kind}", label, type="select", options=choices)
            for kind, label in kinds.items()
        ),
    )


def _level(document: Document, node: Node) -> NodeFields:
    item, scope = node.item, f"{node.id}-"
    points = _("Only where the rule counts points or takes means.")
    return NodeFields(
        node,
        (
            plain_cell(item, "code", _("Code"), hint=_("At most 10 characters, such as T for Tốt."), scope=scope),
            plain_cell(item, "points", _("Points"), hint=points, scope=scope),
        ),
        (
            text_row(
                document,
                item,
                "name",
                pgettext("standard, criterion or level", "Name"),
                needed=True,
                scope=scope,
                source=default_source(document, "level"),
            ),
            text_row(document, item, "short", _("Short name"), scope=scope),
            text_row(document, item, "description", _("What it means"), rows=2, scope=scope),
        ),
        (),
        (),
    )


def _blocks(document: Document, node: Node, *, examples: bool):
    levels = document.levels_of(node)
    for position, level in enumerate(levels, 1):
        title = localized(texts_of(level.item.get("name"))) or level.code
        rows = value_at(node.item, f"examples.{level.code}")
        yield LevelBlock(
            level=level,
            position=position,
            of=len(levels),
            text=text_row(
                document,
                node.item,
                f"descriptors.{level.code}",
                _("What “%(level)s” demands") % {"level": title},
                rows=2,
                plain=True,
                source=_own_source(document, node, "descriptors"),
            ),
            examples=tuple(
                text_row(
                    document,
                    node.item,
                    f"examples.{level.code}.{place}",
                    _("Evidence example %(number)s") % {"number": place + 1},
                    rows=2,
                    plain=True,
                    source=_own_source(document, node, "examples"),
                )
                for place in range(len(rows) if isinstance(rows, list) else 0)
            ),
            can_have_examples=examples,
        )


def _articles(document: Document) -> list[tuple[str, str]]:
    articles = value_at(document.content, "legal.articles")
    rows = articles.items() if isinstance(articles, Mapping) else ()
    return [(key, localized(texts_of(text)) or key) for key, text in rows]


def _scale_name(document: Document, code: str) -> str:
    return localized(texts_of(value_at(document.content, f"scales.{code}.name"))) or code
