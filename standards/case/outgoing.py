"""Whole packages for files: of a published version, and of a draft as it stands."""

from standards.case import queries
from standards.case.normal import Json
from standards.case.objects import rows_of
from standards.case.serving import base_address, served_package
from standards.enums import VersionStatus
from standards.models import Draft, FrameworkVersion


def package_json(version: FrameworkVersion) -> Json:
    """The CFPackage of a published or retired version: the same that is served. Three queries."""
    rows = queries.objects_of(version)
    for row in rows:
        row.version = version
    return served_package(rows, base_address(), queries.ties_from(version))


def draft_package_json(draft: Draft) -> Json:
    """The CFPackage that a draft would become, with the status Draft. Its content must have no problems."""
    version = FrameworkVersion(
        code=draft.code, status=VersionStatus.DRAFT, legal=draft.content["legal"], published_at=draft.updated_at
    )
    return served_package(rows_of(version, draft.content, draft.case), base_address())
