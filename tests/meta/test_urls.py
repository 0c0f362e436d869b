"""Every address with every role: let in, told so, or nothing there. An address without a rule fails."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from evaluations.actions.evidence import add_file
from evaluations.enums import CycleStatus, Status
from mentoring.models import Meeting, Pairing
from people.actions.rosters import upload_roster
from people.models import User
from reports.actions.requests import request_report
from reports.enums import ReportKind
from standards.actions import load_pack
from standards.actions.drafts import clone_version
from standards.actions.mappings import create_mapping
from standards.actions.uploads import upload_framework
from standards.pack_files import PACKS_DIR, read_pack
from standards.queries import version_by_code
from tests.factories.evaluations import CycleFactory, bring_to, evaluation_world, fill_self
from tests.files.samples import picture, upload
from tests.meta import url_rules_versions  # noqa: F401  (adds its rules)
from tests.meta.url_rules import ROLES, RULES
from tests.standards.packs import small_pack

pytestmark = pytest.mark.django_db
NOT_OURS = "account_"  # allauth's own pages: sign-in, password; its tests state who may open them


def addresses(patterns: list, namespace: str = "") -> list[str]:
    """The names of all addresses, with their namespace."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return [name for name in found if not name.startswith(NOT_OURS)]


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert sorted(set(addresses(get_resolver().url_patterns))) == sorted(RULES)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Made once for all addresses: what a test does to it is rolled back, down to this transaction's state."""
    folder = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        world = everything(folder)
        world.sessions = {role: session_of(getattr(world, role)) for role in ROLES}
        yield world
        transaction.set_rollback(True)


def session_of(person: User) -> str:
    """The key of a session in which that person is signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(autouse=True)
def media(world: SimpleNamespace, settings) -> Path:
    """The stored files lie where the world put them."""
    settings.MEDIA_ROOT = world.folder
    return world.folder


def everything(folder: Path) -> SimpleNamespace:
    """The evaluation world with something at every address."""
    w = evaluation_world()
    w.folder = folder
    fill_self(w.mine)
    w.proof, _has_place = add_file(
        evaluation=w.mine, upload=upload("anh.png", picture("PNG")), criteria=["TC01"], by=w.teacher
    )
    w.mine = bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    w.theirs = bring_to(w.theirs, Status.UNDER_REVIEW, head=w.head)
    w.draft_cycle = CycleFactory(
        owner=w.commune, created_by=w.officer, schools=[w.school], status=CycleStatus.DRAFT, opened_at=None
    )
    today = timezone.localdate()
    w.pairing = Pairing.objects.create(
        unit=w.school,
        mentor=w.colleague,
        mentee=w.teacher,
        start=today,
        end=today + timedelta(days=90),
        status="active",
        mentor_accepted_at=timezone.now(),
        mentee_accepted_at=timezone.now(),
        created_by=w.head,
    )
    w.meeting = Meeting.objects.create(pairing=w.pairing, held_on=today, topic="Dự giờ", created_by=w.colleague)
    w.membership = w.teacher.memberships.get(unit=w.school)
    w.roster = a_roster(w)
    w.report = a_report(w)
    w.framework_file = upload_framework(by=w.officer, name="khung.json", content=json.dumps(small_pack()).encode())
    w.standards_draft = clone_version(by=w.officer, version=version_by_code("vn-tt20-2018"), code="vn-thu-2027")
    heads = load_pack(pack=read_pack(PACKS_DIR / "vn-tt14-2018.json"))[0]
    w.mapping = create_mapping(source=heads, target=version_by_code("vn-tt20-2018"), by=w.officer)
    return w


def a_roster(w: SimpleNamespace):
    shared = "Mã định danh,Họ và tên,Chức vụ\n0999000001,Nguyễn Thị Mới,Giáo viên\n0999000002,,Giáo viên\n"
    content = shared.encode("utf-8-sig")
    return upload_roster(unit=w.school, name="doi-ngu.csv", content=content, valid_from=date(2026, 9, 1), by=w.head)


def a_report(w: SimpleNamespace):
    return request_report(
        kind=ReportKind.SELF_FORM, cycle=w.cycle, unit=w.school, evaluation=w.mine, language="vi", by=w.teacher
    )


def outcome(response) -> str:
    """ "in", "told" (403), "nothing" (404) or "sign in"."""
    if response.status_code == 404:
        return "nothing"
    if response.status_code == 403:
        return "told"
    if response.status_code in (302, 401):
        return "sign in" if response.status_code == 401 or "/accounts/login/" in response.url else "in"
    assert response.status_code in (200, 201, 204, 400, 409, 422), f"answered {response.status_code}"
    return "in"


def ask(client: Client, name: str, world: SimpleNamespace) -> str:
    rule = RULES[name]
    url = reverse(name, kwargs=rule.args(world))
    with transaction.atomic():  # one role's act must not change what the next one meets
        kind = {"content_type": "application/json"} if rule.as_json else {}
        response = client.post(url, rule.data(world), **kind) if rule.post else client.get(url)
        if hasattr(response, "streaming_content"):
            list(response.streaming_content)
        transaction.set_rollback(True)
    return outcome(response)


@pytest.mark.parametrize("name", RULES)
def test_who_gets_in(name: str, world: SimpleNamespace):
    rule, found, expected = RULES[name], {}, {}
    found["anonymous"] = ask(Client(), name, world)
    expected["anonymous"] = ("in" if rule.ok else "nothing") if rule.public else "sign in"
    for role in ROLES:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
        found[role] = ask(client, name, world)
        expected[role] = "in" if role in rule.ok else "told" if role in rule.told else "nothing"
    assert found == expected


def test_rules_name_roles_that_exist():
    named = {role for rule in RULES.values() for role in (*rule.ok, *rule.told)}
    assert named <= set(ROLES)
