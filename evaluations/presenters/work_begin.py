"""The next steps of an office that has no cycle yet: its schools, their teachers, the first cycle."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.work import WorkItem
from evaluations.queries_office import MANAGERS, office_cycles
from people.enums import Place, Role
from people.models import Unit, User
from people.queries import governed_ids
from people.queries_tree import schools_with_teachers


def first_steps(user: User) -> Iterator[WorkItem]:
    """What an office still needs, as far as `user` may do it. Three queries at most; nothing once there is a cycle."""
    if office_cycles(user).exists():
        return
    schools = schools_with_teachers(user, *MANAGERS)
    own = [school for school in schools if school.pk in governed_ids(user)]
    if office := None if own else _office(user):
        yield WorkItem(
            title=_("Add the schools"),
            url=reverse("people:unit", args=[office.code]),
            note=_("%(unit)s has no school yet.") % {"unit": office.name},
            weight=40,
        )
    if empty := [school for school in own if not school.has_teachers]:
        yield _rosters(empty)
    if any(school.has_teachers for school in schools):
        yield WorkItem(
            title=_("Prepare a cycle"),
            url=reverse("evaluations:cycle_new"),
            note=_(
                "A cycle says which schools evaluate, by which standards and until when. Nobody is told anything "
                "before you open it."
            ),
            weight=42,
        )


def _office(user: User) -> Unit | None:
    """The first office that `user` administers."""
    held = (row for row in user.current_memberships if row.role == Role.ADMINISTRATOR)
    return next((row.unit for row in held if row.unit.kind.place == Place.OFFICE), None)


def _rosters(empty: list[Unit]) -> WorkItem:
    """One school leads to its import, several to the units, where one is chosen."""
    if len(empty) == 1:
        return WorkItem(
            title=_("Import the roster of %(school)s") % {"school": empty[0].name},
            url=reverse("people:import", args=[empty[0].code]),
            note=_("No teacher is entered there yet."),
            weight=41,
        )
    return WorkItem(
        title=ngettext("Import the roster of %(count)s school", "Import the rosters of %(count)s schools", len(empty))
        % {"count": len(empty)},
        url=reverse("people:index"),
        note=_("No teacher is entered there yet. Open one school after the other and import its roster."),
        weight=41,
    )
