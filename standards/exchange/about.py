"""The sheet About: one line for each fact about a framework version."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standards.exchange import words


@dataclass(frozen=True)
class Fact:
    """A line of the sheet. `path` is its place in a pack; `kind`: text (one a language), plain, code or day."""

    path: str
    title: Promise
    kind: str = "plain"
    choices: Mapping[str, Promise | str] | str = ""
    needed: bool = False


FACTS = (
    Fact("code", _("Code of this version"), "code", needed=True),
    Fact("title", _("Title of this version"), "text", needed=True),
    Fact("framework.code", _("Code of the framework (the same for every version)"), "code", needed=True),
    Fact("framework.title", _("Title of the framework"), "text", needed=True),
    Fact("framework.jurisdiction", _("Country (two letters)"), needed=True),
    Fact("framework.subject_role", _("Whom it judges"), choices=words.ROLES, needed=True),
    Fact("framework.purpose", _("What it is for"), choices=words.PURPOSES),
    Fact("audience", _("Whom it is for, in words"), "text"),
    Fact("valid_from", _("First day in force"), "day", needed=True),
    Fact("valid_to", _("Last day in force"), "day"),
    Fact("precision", _("How exactly these days are known"), choices=words.PRECISIONS),
    Fact("legal.number", _("Number of the legal text"), needed=True),
    Fact("legal.name", _("Name of the legal text"), "text", needed=True),
    Fact("legal.issued", _("Issued on"), "day"),
    Fact("legal.effective", _("In force from (legal text)"), "day"),
    Fact("legal.repealed_by.number", _("Replaced by: number")),
    Fact("legal.repealed_by.name", _("Replaced by: name"), "text"),
    Fact("legal.repealed_from", _("Replaced from"), "day"),
    Fact("legal.status_note", _("What is known of its standing"), "text"),
    Fact("key_name", _("What the text calls the key criteria"), "text"),
    Fact("rule.kind", _("Kind of rule"), choices=words.KINDS),
    Fact("rule.article", _("Article of the rule"), "code", choices="article"),
    Fact("rule.not_rated", _("A criterion that is not rated"), choices=words.MISSING),
    Fact("rule.not_observed", _("A criterion that was not observed"), choices=words.MISSING),
    Fact("rule.not_applicable", _("A criterion that does not apply"), choices=words.MISSING),
    Fact("provenance.default.level", _("Source of the levels"), "code", choices="source"),
    Fact("provenance.default.standard", _("Source of the standards' names"), "code", choices="source"),
    Fact("provenance.default.description", _("Source of the descriptions"), "code", choices="source"),
    Fact("provenance.default.name", _("Source of the criteria's names"), "code", choices="source"),
    Fact("provenance.default.descriptors", _("Source of the levels' texts"), "code", choices="source"),
    Fact("provenance.default.examples", _("Source of the examples"), "code", choices="source"),
    Fact("provenance.default.alternative_name", _("Source of the other names"), "code", choices="source"),
    Fact("provenance.default.result", _("Source of the results' names"), "code", choices="source"),
    Fact("provenance.default.rule", _("Source of the rule"), "code", choices="source"),
)
BY_PATH = {fact.path: fact for fact in FACTS}
