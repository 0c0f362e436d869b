"""Documents of a draft of standards, for those who write it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.decisions import Refused
from core.limits import within_limit
from files.responses import VIEWED
from reports import kinds
from reports.documents.pages import Made, self_form_html
from reports.summaries.common import stamp_of
from reports.summaries.preview import preview_form
from standards.queries_drafts import draft_data, drafts_visible_to

MOST = 60
"""Documents an hour for one person: each takes the web process about a second."""


@require_safe
def preview_draft(request: HttpRequest, pk) -> HttpResponse:
    """Form 01 of the draft, empty, made here and now and kept nowhere."""
    draft = get_object_or_404(drafts_visible_to(request.user), pk=pk)
    data = draft_data(draft)
    if data is None:
        raise Refused(_("This draft has problems that keep it from being read as a whole. Mend them first."))
    if not data.criteria or not data.levels:
        raise Refused(_("The form needs criteria and levels, and the draft has none yet."))
    if not within_limit(f"preview:{request.user.pk}", limit=MOST, seconds=3600):
        raise Refused(_("That were very many previews in one hour. Wait a while, then go on; nothing is lost."))
    form = preview_form(draft.pk, data, get_language() or "vi")
    content = kinds.pdf_bytes(self_form_html(form, Made(stamp_of(form), timezone.localdate()), is_preview=True))
    name = slugify(f"{draft.code} preview")
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": VIEWED,
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kinds.PDF, headers=headers)
