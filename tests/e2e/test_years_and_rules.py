"""Last year's words taken into this year's plan; another rule tried on a cycle, on a phone and wide, with the axe."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from evaluations.enums import Status
from evaluations.models import Sheet
from tests.evaluations.test_simulator_pages import other_version
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to


def test_last_years_goals_are_added_to_what_is_typed(page, as_user, live_server, axe, w):
    start = timezone.localdate() - timedelta(days=400)
    last = CycleFactory(owner=w.commune, created_by=w.officer, schools=[w.school], starts_on=start)
    before = EvaluationFactory(cycle=last, subject=w.teacher, unit=w.school, group=w.group_math)
    Sheet.objects.filter(evaluation=before, kind="self").update(goals="Dạy học theo dự án")
    bring_to(before, Status.SUBMITTED, head=w.head)
    as_user(page, w.teacher)
    page.goto(live_server.url + reverse("evaluations:self", args=[w.mine.pk]) + "#plan")
    page.get_by_role("textbox", name="Goals").fill("Giữ vững tiêu chí 5")
    page.get_by_role("link", name="From last year").click()
    axe(page)
    page.get_by_role("button", name="Add to this year's text").click()
    expect(page.get_by_role("textbox", name="Goals")).to_have_value("Giữ vững tiêu chí 5\nDạy học theo dự án")
    expect(page.locator("#save-state")).to_contain_text("Saved ")
    expect(page.get_by_role("button", name="Added to this year's text")).to_be_disabled()
    assert Sheet.objects.get(evaluation=w.mine, kind="self").goals == "Giữ vững tiêu chí 5\nDạy học theo dự án"


def test_an_officer_tries_a_rule_and_opens_a_school(phone, as_user, live_server, axe, w):
    levels = {f"TC{number:02d}": "T" if number <= 10 else "K" for number in range(1, 16)}
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels=levels)
    bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="K")
    other_version(share="4/5")
    as_user(phone, w.officer)
    phone.goto(live_server.url + reverse("evaluations:cycle", args=[w.cycle.code]))
    phone.get_by_role("link", name="Try another rule on these results").click()
    phone.get_by_label("What to try").select_option("vn-mau-2027")
    phone.get_by_role("button", name="Try it").click()
    expect(phone.get_by_text("1 of 2 people would have another result.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    axe(phone)
    phone.get_by_role("link", name=w.school.name).click()
    expect(phone.get_by_role("link", name="Mai Thị Hương")).to_be_visible()
    axe(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Workbook to pass on").click()
    assert download.value.suggested_filename.endswith(".xlsx")
