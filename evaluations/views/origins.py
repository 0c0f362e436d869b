"""The pages from which people act. A refused act shows its page again with what was typed.

A page registers its renderer: `@origin("review") def render_review(request, evaluation, refused=None) -> HttpResponse`.
Its forms post to `evaluations:move` with a hidden field `from` of that name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from evaluations.enums import Action
from evaluations.forms.moves import MoveForm
from evaluations.models import Evaluation


@dataclass
class RefusedMove:
    """An act that was not done: which, with what words, and why. `errors`: (anchor or "", sentence), for the summary."""

    action: Action
    form: MoveForm
    errors: list[tuple[str, str]] = field(default_factory=list)

    def shown(self, *, in_place: bool) -> dict:
        """What the summary of errors says. `in_place`: the page has a field with what was typed; else the summary gives
        it back, to be copied: nothing typed is lost when the evaluation moved on in another window."""
        mends = any(target for target, _sentence in self.errors) or len(self.errors) > 1
        return {
            "errors": self.errors,
            "errors_title": "" if mends else _("This was not done"),
            "kept_words": "" if in_place else self.form.data.get("comment", "").strip(),
        }


Renderer = Callable[[HttpRequest, Evaluation, RefusedMove | None], HttpResponse]
_renderers: dict[str, Renderer] = {}


def origin(name: str) -> Callable[[Renderer], Renderer]:
    """Decorates the function that renders a page of one evaluation, so that refused acts come back to it."""

    def keep(renderer: Renderer) -> Renderer:
        _renderers[name] = renderer
        return renderer

    return keep


def render_again(name: str, request: HttpRequest, evaluation: Evaluation, refused: RefusedMove) -> HttpResponse:
    """The page `name` with the refused act; the overview when the name is unknown."""
    return _renderers.get(name, _renderers["detail"])(request, evaluation, refused)
