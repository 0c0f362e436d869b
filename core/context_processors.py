"""What every page's shell shows: navigation, languages, who is signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import core
from core.localized import own_language_name


@dataclass(frozen=True)
class Destination:
    """One item of the navigation. `key`: shown only to people whose `navigation_keys` has it; `public`: also to
    anonymous readers."""

    url_name: str
    label: str
    key: str = ""
    public: bool = False


# By work, not by table.
NAVIGATION = (
    Destination("home", _("My work")),
    Destination("evaluations:index", _("Evaluations")),
    Destination("mentoring:index", _("Mentoring")),
    Destination("reports:index", _("Reports"), key="reports"),
    Destination("standards:index", _("Standards"), public=True),
    Destination("people:index", _("People"), key="people"),
)


class Shell:
    """Asked lazily by base.html; a fragment that does not extend it costs nothing."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def person(self):
        """The signed-in user, else None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def home(self) -> str:
        """Where the person's work waits."""
        try:
            return reverse("home")
        except NoReverseMatch:
            return "/"

    @cached_property
    def navigation(self) -> list[dict]:
        """[{"label", "url", "current"}] of what this person may open."""
        keys = set(getattr(self.person, "navigation_keys", ()) or ())
        items = []
        for place in NAVIGATION:
            if not (place.public if self.person is None else not place.key or place.key in keys):
                continue
            try:
                url = reverse(place.url_name)
            except NoReverseMatch:
                continue
            items.append({"label": place.label, "url": url, "current": self._is_current(url)})
        return items

    def _is_current(self, url: str) -> bool:
        path = self.request.path
        return path == url if url == "/" else path.startswith(url)

    @cached_property
    def languages(self) -> list[dict]:
        """[{"code", "name", "current"}], each named in its own language."""
        now = get_language()
        return [
            {
                "code": code,
                "name": own_language_name(code),
                "current": code == now,
            }
            for code, _name in settings.LANGUAGES
        ]

    @property
    def version(self) -> str:
        """The product's version, for the footer and for people who ask for help."""
        return core.__version__


def shell(request):
    """{"shell": Shell}: see templates/base.html."""
    return {"shell": Shell(request)}
