"""People and units as tests need them. All names are made up.

school = SchoolFactory(parent=CommuneFactory())
head = member(school, Role.HEAD)
group = GroupFactory(parent=school)
teacher = teacher_of(school, group)
world = people_world()            # a commune with two schools, an office beside it, and one person per role
"""

from datetime import date, timedelta
from types import SimpleNamespace

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from people.enums import Place, Role
from people.models import Membership, Placement, StaffRecord, Unit, UnitKind, User

PASSWORD = "mua-xuan-den-roi"
LONG_AGO = date(2020, 9, 1)
KINDS = {"province": Place.OFFICE, "commune": Place.OFFICE, "school": Place.SCHOOL, "group": Place.GROUP}


class UserFactory(DjangoModelFactory):
    """A person who can sign in with PASSWORD. No membership, no rights."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Mẫu {n}")
    password = factory.django.Password(PASSWORD)
    person_code = factory.Sequence(lambda n: f"09{n:08d}")


class StaffRecordFactory(DjangoModelFactory):
    class Meta:
        model = StaffRecord

    user = factory.SubFactory(UserFactory)
    birth_date = date(1985, 5, 2)
    subject = "Toán"


class UnitFactory(DjangoModelFactory):
    """A unit of kind `kind_code` under `parent` (a Unit or None for the top) since LONG_AGO."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    class Params:
        kind_code = "commune"

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name = factory.Sequence(lambda n: f"Đơn vị {n}")
    kind = factory.LazyAttribute(lambda unit: kind(unit.kind_code))

    @factory.post_generation
    def parent(self, create, extracted, **kwargs):
        if extracted:
            Placement.objects.create(unit=self, parent=extracted, start=LONG_AGO)


class ProvinceFactory(UnitFactory):
    class Params:
        kind_code = "province"

    name = factory.Sequence(lambda n: f"Tỉnh Mẫu {n}")


class CommuneFactory(UnitFactory):
    name = factory.Sequence(lambda n: f"Xã Mẫu {n}")


class SchoolFactory(UnitFactory):
    class Params:
        kind_code = "school"

    code = factory.Sequence(lambda n: f"truong-{n}")
    name = factory.Sequence(lambda n: f"Trường THCS Mẫu {n}")


class GroupFactory(UnitFactory):
    class Params:
        kind_code = "group"

    code = factory.Sequence(lambda n: f"to-{n}")
    name = factory.Sequence(lambda n: f"Tổ Mẫu {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(SchoolFactory)
    role = Role.TEACHER
    start = LONG_AGO


def kind(code: str) -> UnitKind:
    """The kind of unit `code`, made when a flush took it away."""
    name = {"vi": code, "en": code}
    return UnitKind.objects.get_or_create(code=code, defaults={"place": KINDS[code], "name": name})[0]


def member(unit: Unit, role: str = Role.TEACHER, user: User | None = None, **person) -> User:
    """A person (new unless given) with `role` at `unit` since LONG_AGO."""
    user = user or UserFactory(**person)
    MembershipFactory(user=user, unit=unit, role=role)
    return user


def teacher_of(school: Unit, group: Unit | None = None, *, leads: bool = False, **person) -> User:
    """A teacher of `school`, in `group` if given (as its leader with leads=True)."""
    user = member(school, Role.TEACHER, **person)
    if group:
        member(group, Role.GROUP_LEADER if leads else Role.TEACHER, user)
    return user


def change_school(user: User, new: Unit | None = None, group: Unit | None = None) -> None:
    """Ends everything `user` holds as of yesterday; from today on a teacher at `new` and in `group`, if given."""
    today = timezone.localdate()
    Membership.objects.filter(user=user, start=today).delete()
    Membership.objects.filter(user=user, end=None).update(end=today - timedelta(days=1))
    for unit in filter(None, (new, group)):
        MembershipFactory(user=user, unit=unit, start=today)
    user.__dict__.pop("current_memberships", None)


def people_world() -> SimpleNamespace:
    """province > commune > (school > group_math, group_arts; other_school > other_group), other_commune > far_school.

    People: administrator and officer and supervisor of the commune, head, deputy, leader and teacher and colleague
    (group_math), artist (group_arts), other_head and other_teacher (other_school), far_officer (other_commune).
    """
    w = SimpleNamespace()
    w.province = ProvinceFactory()
    w.commune = CommuneFactory(parent=w.province)
    w.other_commune = CommuneFactory(parent=w.province)
    w.school = SchoolFactory(parent=w.commune)
    w.other_school = SchoolFactory(parent=w.commune)
    w.far_school = SchoolFactory(parent=w.other_commune)
    w.group_math = GroupFactory(parent=w.school, name="Tổ Toán - Tin")
    w.group_arts = GroupFactory(parent=w.school, name="Tổ Năng khiếu")
    w.other_group = GroupFactory(parent=w.other_school)
    w.administrator = member(w.commune, Role.ADMINISTRATOR, full_name="Phạm Quản Trị")
    w.officer = member(w.commune, Role.OFFICER, full_name="Lê Chuyên Viên")
    w.supervisor = member(w.commune, Role.SUPERVISOR, full_name="Vũ Giám Sát")
    w.far_officer = member(w.other_commune, Role.OFFICER, full_name="Đỗ Nơi Xa")
    w.head = member(w.school, Role.HEAD, full_name="Hoàng Hiệu Trưởng")
    w.deputy = member(w.school, Role.DEPUTY_HEAD, full_name="Ngô Phó Hiệu")
    member(w.group_math, Role.TEACHER, w.head)
    w.leader = teacher_of(w.school, w.group_math, leads=True, full_name="Bùi Tổ Trưởng")
    w.teacher = teacher_of(w.school, w.group_math, full_name="Mai Thị Hương")
    w.colleague = teacher_of(w.school, w.group_math, full_name="Trần Văn Đồng")
    w.artist = teacher_of(w.school, w.group_arts, full_name="Tạ Bích Ý")
    w.other_head = member(w.other_school, Role.HEAD, full_name="Dương Trường Khác")
    w.other_teacher = teacher_of(w.other_school, w.other_group, full_name="Hồ Kim Cường")
    return w
