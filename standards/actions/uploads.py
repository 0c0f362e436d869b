"""A framework's file: read and shown first, made a draft when somebody says so, then forgotten."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.limits import within_limit
from core.names import clean_text
from core.spreadsheets import UnreadableFile
from people.models import User
from standards.actions.drafts import start_draft
from standards.enums import DraftOrigin
from standards.exchange import filling
from standards.exchange.files import Read, read_file
from standards.identity import node_id
from standards.models import Draft, FrameworkVersion, Upload
from standards.models.uploads import KEPT
from standards.policies import can_draft
from standards.queries import pack_of, version_by_code

UPLOADS_PER_HOUR = 60
"""Files that one person has read in an hour: the largest takes the web process a minute."""

SHOWN = 500
"""Problems kept of one file: nobody corrects more before looking again."""


def upload_framework(*, by: User, name: str, content: bytes) -> Upload:
    """Reads a file and keeps what it says until somebody decides; nothing else is written.

    Raises core.spreadsheets.UnreadableFile with a sentence for what cannot be read at all, PermissionDenied.
    """
    can_draft(by).or_raise()
    if not within_limit(f"framework:{by.pk}", limit=UPLOADS_PER_HOUR, seconds=3600):
        sentence = _("That were very many files in one hour. Wait a while, then go on; nothing is lost.")
        raise UnreadableFile("too-many", sentence)
    return _keep(read_file(content), name, by)  # reading takes long: no transaction waits for it


@transaction.atomic
def _keep(read: Read, name: str, by: User) -> Upload:
    forget_uploads()
    upload = Upload(name=clean_text(name)[-150:] or "?", kind=read.kind, notes=read.notes, created_by=by)
    upload.problems = [problem.as_dict() for problem in read.problems[:SHOWN]]
    upload.based_on = _origin_of(read)
    if read.pack is not None:
        upload.content = {
            "pack": read.pack,
            "case": read.case,
            "base": read.base if upload.based_on is None else {},
            "came_from": read.came_from or _same_codes(read, upload.based_on),
        }
    upload.save()
    return upload


def _origin_of(read: Read) -> FrameworkVersion | None:
    """The published version that a workbook was made from, or whose code the file bears."""
    found = [read.base.get("code"), read.pack.get("code") if read.pack else None]
    codes = [code for code in found if isinstance(code, str) and code]
    return next((version for code in codes if (version := version_by_code(code))), None)


def _same_codes(read: Read, version: FrameworkVersion | None) -> dict[str, str]:
    """A pack file says what came from where by the codes alone, unless its nodes have names of their own."""
    if read.kind != DraftOrigin.PACK or version is None or read.pack is None:
        return {}
    old = pack_of(version)
    nodes = (("standard", filling.standards), ("criterion", filling.criteria))
    before = {f"{kind}/{node.get('code')}" for kind, walk in nodes for node, _above in walk(old)}
    now = {f"{kind}/{node.get('code')}": node for kind, walk in nodes for node, _above in walk(read.pack)}
    return {key: node["code"] for key, node in now.items() if key in before and not node.get("id")}


@transaction.atomic
def draft_from_upload(*, by: User, upload: Upload, code: str = "") -> Draft:
    """The draft that the file describes; the upload is forgotten. `code`: another code for the coming version.

    Raises Refused for a file with problems or a code that a published version has, PermissionDenied.
    """
    can_draft(by).or_raise()
    upload = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk, created_by=by).first()
    if upload is None:
        raise Refused(_("This file was decided already. Upload it again."))
    content = upload.content
    if upload.problems or not content:
        raise Refused(_("The file has problems. Correct them and upload it again."))
    pack = deepcopy(content["pack"])
    pack["code"] = code or pack["code"]
    if version_by_code(pack["code"]):
        sentence = _("The version “%(code)s” is published and never changes. Give the coming version another code.")
        raise Refused(sentence % {"code": pack["code"]})
    if upload.based_on:
        _lead_back(pack, upload.based_on.code, content["came_from"])
    draft = start_draft(
        by=by, content=pack, origin=DraftOrigin(upload.kind), based_on=upload.based_on, case=content.get("case")
    )
    upload.delete()
    return draft


def _lead_back(pack: dict[str, Any], code: str, came_from: Mapping[str, str]) -> None:
    """Standards and criteria that came from a version say so: ties between the two are made of it later."""
    for kind, nodes in (("standard", filling.standards(pack)), ("criterion", filling.criteria(pack))):
        for node, _above in nodes:
            was = came_from.get(f"{kind}/{node.get('code')}")
            if was and isinstance(node, dict) and not node.get("origins"):
                node["origins"] = [node.pop("id", None) or str(node_id(code, kind, was))]


@transaction.atomic
def discard_upload(*, by: User, upload: Upload) -> None:
    """Forgets a file that becomes nothing."""
    can_draft(by).or_raise()
    Upload.objects.filter(pk=upload.pk, created_by=by).delete()


def forget_uploads() -> int:
    """Forgets what nobody decided in time; answers how many."""
    return Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
