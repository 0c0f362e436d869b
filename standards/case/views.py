"""The read-only service of CASE 1.1 at /ims/case/v1p1/: frameworks are law, everybody may read them."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from standards.case import queries
from standards.case.answers import Refusal, answer, as_bytes, identifier_in, known_already, marked, public, unknown
from standards.case.paging import links, question
from standards.case.serving import adoption_status, base_address, listed, served, served_package, served_tie
from standards.enums import CaseKind
from standards.models import CaseObject


@public
def documents(request: HttpRequest) -> HttpResponse:
    """All documents, page by page."""
    asked = question(request.GET)
    base = base_address(request)
    rows, total = asked.answer([listed(row, base) for row in queries.public_documents()])
    if not rows:  # the schema wants at least one document in a list
        raise Refusal(404, "unknownobject", _("No document fits."), "CFDocuments")
    link = links(f"{base}CFDocuments", request.GET, asked, total)
    return answer(request, {"CFDocuments": rows}, X_Total_Count=str(total), Link=link)


@public
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """One document."""
    row = found(CaseKind.DOCUMENT, identifier)
    return answer(request, served(row, base_address(request)))


@public
def package(request: HttpRequest, identifier: str) -> HttpResponse:
    """A document with everything that belongs to it."""
    row = found(CaseKind.DOCUMENT, identifier)
    base = base_address(request)
    tag = package_tag(row, base)
    if unchanged := known_already(request, tag):
        return unchanged
    data = served_package(with_version(queries.objects_of(row.version), row), base, queries.ties_from(row.version))
    return marked(request, tag, HttpResponse(as_bytes(data), content_type="application/json"))


@public
def one(request: HttpRequest, identifier: str, kind: str) -> HttpResponse:
    """One item, grouping, licence or rubric."""
    row = found(kind, identifier)
    return answer(request, served(row, base_address(request), document=document_of(row)))


@public
def association(request: HttpRequest, identifier: str) -> HttpResponse:
    """One association: of a package, or of a mapping between versions."""
    name = identifier_in(identifier)
    if row := queries.public_object(CaseKind.ASSOCIATION, name):
        return answer(request, served(row, base_address(request), document=document_of(row)))
    if tie := queries.tie_by_identifier(name):
        item = queries.public_object(CaseKind.ITEM, tie.ends[0])
        return answer(request, served_tie(tie, document_of(item) if item else None, base_address(request)))
    raise unknown(name)


@public
def item_associations(request: HttpRequest, identifier: str) -> HttpResponse:
    """An item with every association that begins or ends at it."""
    item = found(CaseKind.ITEM, identifier)
    rows = queries.associations_of(str(item.identifier))
    home, base = document_of(item), base_address(request)
    data = [in_package(served(row, base, document=home)) for row in rows]
    data += [in_package(served_tie(tie, home, base)) for tie in queries.ties_of_item(item)]
    if not data:  # the schema wants at least one association in a set
        raise Refusal(404, "unknownobject", _("This item has no associations."), "CFAssociations")
    return answer(request, {"CFItem": served(item, base, document=home), "CFAssociations": data})


@public
def definitions(request: HttpRequest, identifier: str, kind: str) -> HttpResponse:
    """A concept, subject or item type and those below it."""
    row = found(kind, identifier)
    base = base_address(request)
    return answer(request, {f"{kind}s": [served(one, base) for one in queries.definitions_below(row)]})


@public
def nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any other address below ours."""
    raise Refusal(404, "unknownobject", _("CASE has no such address: %(path)s.") % {"path": path[:80]}, "path")


def found(kind: str, identifier: str) -> CaseObject:
    """The public object. Raises Refusal."""
    name = identifier_in(identifier)
    row = queries.public_object(kind, name)
    if row is None:
        raise unknown(name)
    return row


def document_of(row: CaseObject) -> CaseObject | None:
    """The document of an object's version."""
    return queries.document_of(row.version)


def in_package(row: dict) -> dict:
    """An association as it stands in a set: without the link to its document."""
    return {name: value for name, value in row.items() if name != "CFDocumentURI"}


def with_version(rows: list[CaseObject], document: CaseObject) -> list[CaseObject]:
    """Rows of one version that share the version already read."""
    for row in rows:
        row.version = document.version
    return rows


def package_tag(row: CaseObject, base: str) -> str:
    """Marks a package without building it: what its version, its mappings and this server's address are."""
    version = row.version
    parts = [
        version.pk,
        version.fingerprint,
        version.status,
        version.valid_to,
        version.retired_at,
        adoption_status(row),
        json.dumps(version.legal, sort_keys=True),
        queries.ties_changed(version),
        base,
    ]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
