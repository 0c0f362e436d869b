"""Publishing a draft: from then on it is law here and never changes."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Refused
from people.models import User
from standards.actions.mappings import map_from_origins
from standards.actions.packs import PackRefused, load_pack
from standards.drafting import prepared
from standards.enums import VersionStatus
from standards.models import Draft, FrameworkVersion
from standards.packs_check import Problem, check
from standards.policies import can_publish
from standards.queries_drafts import identifiers_in_use


class Problems(Refused):
    """A draft that is not ready. `str()` is the sentence, `found` the list of problems with their places, `problems`
    the same as lines."""

    def __init__(self, sentence: str, found: list[Problem]):
        super().__init__(sentence, problems=[str(problem) for problem in found])
        self.found = found


@transaction.atomic
def publish_draft(
    *, draft: Draft, by: User, valid_from: date, ends: FrameworkVersion | None = None, seen: int | None = None
) -> FrameworkVersion:
    """Publishes a draft, in force from `valid_from`, and ties it to the versions its criteria came from (see
    `map_from_origins`). `ends`: the version it replaces, whose last day is the day before. `seen`: the
    revision that `by` looked at.

    Raises Problems while anything is wrong with the draft, golden examples included, and Refused for a code that is
    taken, dates that cannot be, or a draft that somebody changed since it was `seen`.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    can_publish(by, draft).or_raise()
    if seen is not None and seen != draft.revision:
        raise Refused(_("The draft was changed after you opened this page. Look at it again before you publish."))
    pack = {**draft.content, "valid_from": valid_from.isoformat()}
    if taken := identifiers_in_use(pack):  # of another draft from the same file, published meanwhile
        pack = prepared(pack, taken=taken)
    if found := check(pack):
        raise Problems(_("The draft has problems. Nothing was published."), found)
    if FrameworkVersion.objects.filter(code=pack["code"]).exists():
        raise Refused(_("There is already a version with the code “%(code)s”.") % {"code": pack["code"]})
    if ends:
        ends = _ending(ends, pack, valid_from)
    try:
        version, _what = load_pack(pack=pack, by=by, case=draft.case)
    except PackRefused as refusal:
        raise Problems(str(refusal), refusal.problems) from refusal
    if ends:
        ends.save(update_fields=["valid_to", "legal"])
    map_from_origins(version=version, by=by, based_on=draft.based_on)
    draft.content, draft.published_as, draft.updated_by = pack, version, by
    draft.save(update_fields=["content", "published_as", "updated_by", "updated_at"])
    return version


def _ending(ends: FrameworkVersion, pack: dict[str, Any], valid_from: date) -> FrameworkVersion:
    """The predecessor with its end filled in, not yet saved."""
    ends = FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework").get(pk=ends.pk)
    if ends.status == VersionStatus.DRAFT or ends.framework.code != pack["framework"]["code"]:
        raise Refused(_("The version that ends must be a published one of the same framework."))
    if ends.valid_from >= valid_from:
        params = {"code": ends.code, "date": date_words(ends.valid_from)}
        raise Refused(_("“%(code)s” is in force only from %(date)s: the new version must start later.") % params)
    last_day = valid_from - timedelta(days=1)
    ends.valid_to = min(ends.valid_to or last_day, last_day)
    successor = {"number": pack["legal"]["number"], "name": pack["legal"]["name"]}
    ends.legal = ends.legal | {"repealed_by": successor, "repealed_from": valid_from.isoformat()}
    return ends
