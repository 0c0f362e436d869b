"""The demo is what the product would have made: every status, every rule held, and made once."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from demo.accounts import ACCOUNTS, PASSWORD
from demo.cycles import PRESENT, school_year
from demo.places import COMMUNE_BEGAN, DISTRICT_ENDED, MAIN_SCHOOL, SCHOOLS
from demo.planner import OURS
from demo.seed import seed
from evaluations.enums import Action, CycleStatus, EvidenceKind, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Event, Evidence, Sheet
from evaluations.queries import decision_sheet, levels_of, self_sheet, visible_to
from evaluations.readiness import missing_to_decide, missing_to_submit
from evaluations.results import outcome_of
from evaluations.workflow import TABLE
from mentoring.enums import PairingStatus
from mentoring.models import Note, Pairing
from people.enums import TEACHERS, Role
from people.models import Membership, Placement, StaffRecord, Unit, User
from reports.enums import ReportStatus
from reports.models import Report, Tally

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


@pytest.fixture
def present() -> Cycle:
    return Cycle.objects.get(code=f"gv-{school_year()[1]}")


def evaluations():
    return Evaluation.objects.select_related("cycle", "subject").order_by("pk")


def rows() -> dict[str, int]:
    """Table -> number of rows."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {model._meta.db_table: model._base_manager.count() for model in models}


def test_twice_is_once():
    before = rows()
    assert seed() is False
    assert rows() == before


def test_the_tree_is_dated():
    schools = Unit.objects.filter(code__in=[plan.code for plan in SCHOOLS])
    assert schools.count() == 6
    for school in schools:
        assert school.parent_on(DISTRICT_ENDED).code == "huyen-suong-mai"
        assert school.parent_on(COMMUNE_BEGAN).code == "xa-cau-vong"
    province = Unit.objects.get(code="tinh-song-mo")
    assert Unit.objects.below([province.pk]).count() == Unit.objects.count() - 1  # the district is gone
    assert not Placement.objects.filter(end=None, parent__code="huyen-suong-mai").exists()


def test_people_are_as_many_as_a_commune_has_and_some_have_no_mail():
    assert 190 <= User.objects.count() <= 240
    assert StaffRecord.objects.count() == User.objects.count()
    assert 20 <= User.objects.filter(email="").count() <= 70
    for plan in SCHOOLS:
        staff = Membership.objects.current().filter(unit__code=plan.code)
        assert 25 <= staff.filter(role__in=TEACHERS).count() + staff.exclude(role__in=TEACHERS).count() <= 45
        assert staff.filter(role=Role.HEAD).count() == 1
        for group in Unit.objects.groups().filter(code__startswith=plan.code):
            posts = Membership.objects.current().filter(unit=group, role=Role.GROUP_LEADER)
            assert posts.count() <= 1


def test_every_account_signs_in_and_its_front_page_opens(client, settings):
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.full_name == account.full_name
        assert user.check_password(PASSWORD)
        client.force_login(user)
        assert client.get(reverse("home")).status_code == 200


def test_every_status_is_there(present):
    found = Counter(present.evaluations.values_list("status", flat=True))
    assert set(found) == set(Status)
    main = Counter(present.evaluations.filter(unit__code=MAIN_SCHOOL).values_list("status", flat=True))
    assert {status: main[status] for status in PRESENT[MAIN_SCHOOL]} == PRESENT[MAIN_SCHOOL]
    assert set(main) == set(Status)


def test_every_kind_of_event_happened():
    happened = set(Event.objects.values_list("action", flat=True))
    assert set(Action) - happened <= {Action.TAKE_BACK, Action.REVISE, Action.READMIT, Action.EXTEND, Action.TRANSFER}


def test_histories_follow_the_workflow_table_in_time():
    for evaluation in evaluations().prefetch_related("events"):
        status, last = Status.DRAFT, None
        for event in evaluation.events.all():
            transition = TABLE[Status(event.from_status), Action(event.action)]
            assert (event.from_status, event.to_status) == (status, transition.target)
            assert event.comment or not transition.needs_comment
            assert last is None or event.at >= last, (evaluation, event)
            assert event.at <= timezone.now()
            status, last = transition.target, event.at
        assert evaluation.status == status


def test_results_are_what_the_rule_says():
    decided = evaluations().exclude(result="")
    assert decided.count() > 150
    for evaluation in decided:
        assert outcome_of(evaluation, decision_sheet(evaluation)).result == evaluation.result
    for evaluation in evaluations().exclude(self_result="")[::5]:
        assert outcome_of(evaluation, self_sheet(evaluation)).result == evaluation.self_result
    spread = Counter(decided.values_list("result", flat=True))
    assert set(spread) == {"CD", "D", "K", "T"}
    assert spread["K"] > spread["T"] > spread["CD"]


def test_nothing_is_missing_where_something_was_submitted_or_decided():
    finished = evaluations().exclude(status__in=[Status.DRAFT, Status.EXCUSED, Status.RETURNED])
    for evaluation in finished[::3]:
        assert missing_to_submit(evaluation) == []
        if evaluation.result:
            assert missing_to_decide(evaluation) == []


def test_drafts_are_filled_to_different_depths(present):
    drafts = present.evaluations.filter(status=Status.DRAFT)
    depths = {len(levels_of(self_sheet(evaluation))) for evaluation in drafts}
    assert {0, 15} <= depths
    assert len(depths) >= 5
    mine = present.evaluations.get(subject__username="teacher")
    assert len(levels_of(self_sheet(mine))) == 8


def test_opinions_stand_above_and_below_the_threshold(present):
    sheets = Sheet.objects.filter(kind=SheetKind.OPINION, submitted_at__isnull=False, evaluation__cycle=present)
    number = Counter(sheets.values_list("evaluation", flat=True))
    assert any(count < present.anonymity_threshold for count in number.values())
    assert any(count >= present.anonymity_threshold for count in number.values())
    assert not sheets.filter(author__username="colleague").exists()


def test_files_are_real(demo, settings):
    settings.MEDIA_ROOT = demo
    brought = Evidence.objects.filter(kind=EvidenceKind.FILE).select_related("file", "preview")
    assert {row.file.name.rpartition(".")[2] for row in brought} == {"pdf", "png", "xlsx"}
    for evidence in brought[:10]:
        with evidence.file.content.open() as file:
            assert file.read(8)
    assert set(Evidence.objects.values_list("kind", flat=True)) == set(EvidenceKind)


def test_pairs_meetings_and_notes():
    assert set(Pairing.objects.values_list("status", flat=True)) == set(PairingStatus)
    assert Note.objects.count() >= 3


def test_the_officer_finds_reports_and_counted_schools(present):
    assert set(Report.objects.values_list("status", flat=True)) == {ReportStatus.DONE}
    overall = Tally.objects.filter(cycle=present, criterion=None)
    assert overall.count() == len(SCHOOLS)
    assert sum(tally.people + tally.excused for tally in overall) == present.evaluations.count()


def test_constraints_hold():
    """Also the deferred ones, which the database checks at the end of a transaction."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_school_sees_its_own(present):
    head2 = User.objects.get(username="head2")
    assert set(visible_to(head2).values_list("unit__code", flat=True)) == {"th-hoa-nang"}
    officer = User.objects.get(username="officer")
    assert visible_to(officer).filter(cycle=present).count() == present.evaluations.count()


def test_it_is_refused_outside_a_demo(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("seed_demo")


def test_a_demo_whose_deadlines_have_passed_says_how_to_make_it_anew(settings, present):
    settings.DEMO, out = True, io.StringIO()
    Cycle.objects.filter(pk=present.pk).update(
        **{name: getattr(present, name) - timedelta(days=99) for name in ("starts_on", "self_due", "decision_due")},
        opinions_due=None,
    )
    call_command("seed_demo", stdout=out)
    assert "--reset" in out.getvalue()


def test_the_accounts_are_printed():
    out = io.StringIO()
    call_command("seed_demo", accounts=True, stdout=out)
    assert PASSWORD in out.getvalue()
    assert all(account.username in out.getvalue() for account in ACCOUNTS)


@pytest.mark.parametrize("on", [True, False])
def test_the_sign_in_page_shows_them_only_in_a_demo(client, settings, on):
    settings.DEMO = on
    page = client.get(reverse("account_login")).content.decode()
    assert (PASSWORD in page) is on


def test_cycles_are_of_three_kinds():
    assert set(Cycle.objects.values_list("status", flat=True)) == set(CycleStatus)
