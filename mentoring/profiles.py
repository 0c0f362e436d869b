"""From rows to what matching looks at: a fixed number of queries, however many people."""

from dataclasses import dataclass
from datetime import date

from core.localized import localized
from evaluations.enums import SheetKind
from evaluations.models import Evaluation, Rating
from mentoring.matching import Profile, Scale, weak_criteria
from mentoring.queries import leads_school_of, newest_results, on_leave, open_mentees, open_mentors
from people.enums import Place
from people.models import Membership, StaffRecord, Unit, User
from standards.queries import FrameworkData, framework_data


@dataclass(frozen=True)
class Mentee:
    """The mentee's side of a pairing page: profile, the scale its levels are on, and where they come from."""

    profile: Profile
    scale: Scale
    data: FrameworkData | None
    evaluation: Evaluation | None  # None: no settled result that the pairing person may see

    @property
    def weak(self) -> list[str]:
        """Codes of the criteria to work on."""
        return weak_criteria(self.profile.levels, self.scale)


def scale_of(data: FrameworkData) -> Scale:
    """The words matching needs of a framework version, in the reader's language."""
    return Scale(
        levels=tuple(localized(level.name) for level in data.levels),
        criteria={row.code: f"{row.number}. {localized(row.name)}" for row in data.criteria},
        key=frozenset(data.key_codes),
    )


def mentee_of(user: User, person: User) -> Mentee:
    """What `user` may know of `person` as a mentee."""
    evaluation = newest_results(user, [person.pk]).get(person.pk)
    data = framework_data(evaluation.cycle.version_id) if evaluation else None
    levels = _levels([evaluation], data) if evaluation else {}
    profile = _profiles([person], levels, evaluates=set())[0]
    return Mentee(profile, scale_of(data) if data else Scale(), data, evaluation)


def mentors_of(
    user: User, people: list[User], mentee: Mentee, school: Unit, *, start: date, end: date
) -> list[Profile]:
    """The profiles of possible mentors for `mentee` in that period, with the levels `user` may see.

    Levels of another framework version than the mentee's cannot be compared and stay out.
    """
    ids = [person.pk for person in people]
    results = newest_results(user, ids) if mentee.evaluation else {}
    version = mentee.evaluation.cycle.version_id if mentee.evaluation else None
    same = [row for row in results.values() if row.cycle.version_id == version]
    levels = _levels(same, mentee.data) if same else {}
    return _profiles(people, levels, leads_school_of(ids, mentee.profile.id, school.pk, start, end))


def mentees_at_a_glance(user: User, people: list[User]) -> list[dict]:
    """For a list: each person with school and group, how many criteria there are to work on, and how many mentors.

    `weak` is None where `user` sees no settled result.
    """
    ids = [person.pk for person in people]
    results = newest_results(user, ids)
    by_version: dict[int, list[Evaluation]] = {}
    for row in results.values():
        by_version.setdefault(row.cycle.version_id, []).append(row)
    weak: dict[int, int] = {}
    for version, rows in sorted(by_version.items()):
        data = framework_data(version)
        scale = scale_of(data)
        weak |= {person: len(weak_criteria(levels, scale)) for person, levels in _levels(rows, data).items()}
    mentors = open_mentors(ids)
    return [
        {
            "person": person,
            "school": profile.school,
            "group": profile.group,
            "weak": weak.get(person.pk),
            "mentors": mentors.get(person.pk, 0),
        }
        for person, profile in zip(people, _profiles(people, {}, set()), strict=True)
    ]


def _levels(evaluations: list[Evaluation], data: FrameworkData) -> dict[int, dict[str, int]]:
    """Person -> criterion code -> position of the decided level, 0 the lowest."""
    place = {level.code: number for number, level in enumerate(data.levels)}
    rows = (
        Rating.objects.filter(
            sheet__evaluation__in=evaluations, sheet__kind=SheetKind.DECISION, sheet__superseded_at=None
        )
        .exclude(level="")
        .order_by("sheet", "criterion__number")
        .values_list("sheet__evaluation__subject_id", "criterion__code", "level")
    )
    found: dict[int, dict[str, int]] = {}
    for person, code, level in rows:
        found.setdefault(person, {})[code] = place[level]
    return found


def _profiles(people: list[User], levels: dict[int, dict[str, int]], evaluates: set[int]) -> list[Profile]:
    ids = [person.pk for person in people]
    schools, groups = {}, {}
    posts = Membership.objects.current().filter(user__in=ids).select_related("unit__kind").order_by("-start", "pk")
    for post in posts:
        if post.unit.kind.place == Place.SCHOOL:
            schools[post.user_id] = post.unit.name
        elif post.unit.kind.place == Place.GROUP:
            groups[post.user_id] = post.unit.name
    subjects = dict(StaffRecord.objects.filter(user__in=ids).values_list("user_id", "subject"))
    mentees, leaves = open_mentees(ids), on_leave(ids)
    return [
        Profile(
            id=person.pk,
            name=person.full_name,
            school=schools.get(person.pk, ""),
            group=groups.get(person.pk, ""),
            subject=subjects.get(person.pk, ""),
            levels=levels.get(person.pk, {}),
            mentees=frozenset(mentees.get(person.pk, ())),
            at_school=person.pk in schools,
            is_active=person.is_active,
            leads_mentee=person.pk in evaluates,
            leave=leaves.get(person.pk, ""),
        )
        for person in people
    ]
