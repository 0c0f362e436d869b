"""The import in the browser: upload, preview, correct, carry out, what comes next."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from people.actions.rosters import apply_roster, upload_roster
from people.models import Membership, RosterImport, User
from people.roster.columns import reason_title
from tests.factories.people import teacher_of
from tests.people.roster_files import DUNG, HEADER, HUONG, row, workbook

pytestmark = pytest.mark.django_db
BAD = row(DUNG, name='=HYPERLINK("http://evil.example")', code="0310300099")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 03:00", tick=False):
        yield


@pytest.fixture
def office(client, world):
    client.force_login(world.administrator)
    return client


def send(client, world, content, name="ds.xlsx"):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("people:import", args=[world.school.code]), {"file": upload, "valid_from": "2026-09-01"})


def uploaded(world, *rows, by=None) -> RosterImport:
    return upload_roster(unit=world.school, name="ds.xlsx", content=workbook(*rows), valid_from=date(2026, 9, 1), by=by)


def test_upload_shows_the_preview_and_changes_nothing(office, world):
    people = User.objects.count()
    response = send(office, world, workbook(HUONG, BAD))
    roster = RosterImport.objects.get()
    assert response.url == reverse("people:import_detail", args=[roster.pk])
    page = office.get(response.url).content.decode()
    assert "Mai Thị Hương" in page
    assert "huongmt" in page
    assert "holds a formula" in page
    assert "Take 1 row over" in page
    assert User.objects.count() == people


def test_a_preview_is_told_in_the_language_of_its_reader(office, world):
    with override("vi"):
        roster = uploaded(world, HUONG, BAD, by=world.administrator)
    address = reverse("people:import_detail", args=[roster.pk])
    assert "holds a formula" in office.get(address).content.decode()
    workbook_ = openpyxl.load_workbook(BytesIO(office.get(reverse("people:import_errors", args=[roster.pk])).content))
    assert any("holds a formula" in str(cell.value) for line in workbook_.active for cell in line)
    with override("vi"):
        apply_roster(roster=roster, by=world.administrator)
    assert "chứa công thức" in office.get(address).content.decode(), "what was carried out is told as it was"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel format"),
        (b"a,b\n1,2", "No header was found"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(office, world, content, sentence):
    response = send(office, world, content)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not RosterImport.objects.exists()


def test_names_with_paths_and_tricks_are_cleaned(office, world):
    send(office, world, workbook(HUONG), name="..\\..\\x\u202excslx.exe\u0000.xlsx")
    name = RosterImport.objects.get().file.name
    assert "\u202e" not in name
    assert "/" not in name
    assert "\\" not in name


def test_tabs_show_one_outcome(office, world):
    roster = uploaded(world, HUONG, BAD)
    page = office.get(reverse("people:import_detail", args=[roster.pk]) + "?show=error").content.decode()
    assert "0310300099" not in page
    assert "huongmt" not in page
    assert "holds a formula" in page


def test_error_rows_come_back_as_a_workbook_that_runs_nothing(office, world):
    roster = uploaded(world, HUONG, BAD)
    response = office.get(reverse("people:import_errors", args=[roster.pk]))
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows())
    assert [cell.value for cell in rows[0]][-1] == "Why this row was left out"
    assert len(rows) == 2
    assert not any(cell.data_type == "f" or str(cell.value).startswith("=") for line in rows for cell in line)
    assert rows[1][1].value == "0310300099"
    assert "formula" in rows[1][-1].value


def test_corrected_rows_can_be_sent_again(office, world):
    roster = uploaded(world, HUONG, BAD)
    office.post(reverse("people:import_apply", args=[roster.pk]))
    book = openpyxl.load_workbook(BytesIO(office.get(reverse("people:import_errors", args=[roster.pk])).content))
    book.active["C2"] = "Bùi Kim Dũng"
    target = BytesIO()
    book.save(target)
    response = send(office, world, target.getvalue())
    again = RosterImport.objects.exclude(pk=roster.pk).get()
    assert [str(found.outcome) for found in again.rows.all()] == ["new"]
    assert again.notes, "the column of reasons is told as unknown"
    assert response.status_code == 302


@pytest.mark.parametrize("language", ["en", "vi"])
def test_corrected_rows_are_not_the_whole_school(office, world, language):
    teacher_of(world.school, full_name="Trần Bích Nga")
    with override(language):
        header = (*HEADER, reason_title())
    send(office, world, workbook((*HUONG, "x"), (*BAD, "y"), header=header))
    roster = RosterImport.objects.get()
    page = office.get(reverse("people:import_detail", args=[roster.pk])).content.decode()
    assert "Trần Bích Nga" not in page
    assert "nobody is asked about who does not stand in them" in page
    assert not any("not known" in note for note in roster.notes)
    nga = User.objects.get(full_name="Trần Bích Nga")
    office.post(
        reverse("people:import_missing", args=[roster.pk]), {"missing-people": [nga.pk], "missing-end": "2026-11-20"}
    )
    assert not Membership.objects.filter(user=nga, end__isnull=False).exists()
    response = office.get(reverse("people:import_errors", args=[roster.pk]))
    titles = [cell.value for cell in next(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows())]
    assert titles == [*HEADER, "Why this row was left out"], "one column of reasons, the new ones"


def test_corrected_rows_hold_from_the_day_of_their_roster(office, world):
    roster = uploaded(world, HUONG, BAD)
    for _applied in range(2):
        again = reverse("people:import", args=[world.school.code]) + "?from=2026-09-01"
        assert f'href="{again}"' in office.get(reverse("people:import_detail", args=[roster.pk])).content.decode()
        assert office.get(again).context["form"]["valid_from"].value() == date(2026, 9, 1)
        office.post(reverse("people:import_apply", args=[roster.pk]))
    assert office.get(again.replace("2026-09-01", "x")).context["form"]["valid_from"].value() == date(2026, 11, 21)


@pytest.mark.parametrize("title", ["Lý do", "Reason", "Ghi chú"])
def test_a_roster_with_reasons_of_its_own_is_the_whole_school(office, world, title):
    teacher_of(world.school, full_name="Trần Bích Nga")
    send(office, world, workbook((*HUONG, "Điều động"), header=(*HEADER, title)))
    roster = RosterImport.objects.get()
    page = office.get(reverse("people:import_detail", args=[roster.pk])).content.decode()
    assert "Trần Bích Nga" in page
    assert [title, ""] in roster.columns


def test_a_reason_among_other_columns_is_the_school_own(office, world):
    teacher_of(world.school, full_name="Trần Bích Nga")
    send(office, world, workbook((*HUONG, "x", "y"), header=(*HEADER, "Lý do", "Ghi chú")))
    page = office.get(reverse("people:import_detail", args=[RosterImport.objects.get().pk])).content.decode()
    assert "Trần Bích Nga" in page


def test_apply_then_what_comes_next(office, world):
    roster = uploaded(world, HUONG, BAD)
    response = office.post(reverse("people:import_apply", args=[roster.pk]), follow=True)
    page = response.content.decode()
    assert "1 new, 0 changed" in page
    assert "Print their activation codes" in page
    assert "1 row with an error was left out" in page
    people = User.objects.count()
    office.post(reverse("people:import_apply", args=[roster.pk]))
    assert User.objects.count() == people


def test_who_is_missing_stays_until_somebody_says_so(office, world):
    roster = uploaded(world, HUONG)
    page = office.get(reverse("people:import_detail", args=[roster.pk])).content.decode()
    assert "No longer in the file" in page
    assert "Tạ Bích Ý" in page
    assert "Hoàng Hiệu Trưởng" not in page, "heads are not ended by a roster"
    data = {"missing-people": [world.artist.pk], "missing-end": "2026-11-20"}
    office.post(reverse("people:import_missing", args=[roster.pk]), data)
    assert not Membership.objects.current().filter(user=world.artist).exists()
    assert Membership.objects.filter(user=world.artist, end=date(2026, 11, 20)).count() == 2
    assert Membership.objects.current().filter(user=world.teacher).count() == 2


def test_nobody_of_another_school_is_ended(office, world):
    roster = uploaded(world, HUONG)
    data = {"missing-people": [world.other_teacher.pk], "missing-end": "2026-11-20"}
    office.post(reverse("people:import_missing", args=[roster.pk]), data)
    assert Membership.objects.current().filter(user=world.other_teacher).count() == 2


def test_the_file_comes_back_as_it_was(office, world):
    content = workbook(HUONG)
    roster = upload_roster(
        unit=world.school, name="ds.xlsx", content=content, valid_from=date(2026, 9, 1), by=world.head
    )
    response = office.get(reverse("people:import_file", args=[roster.pk]))
    assert b"".join(response.streaming_content) == content
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_template(office):
    response = office.get(reverse("people:import_template"))
    assert openpyxl.load_workbook(BytesIO(response.content)).active["C1"].value == "Full name"


@pytest.mark.parametrize("who", ["other_head", "far_officer", "teacher", "colleague"])
def test_strangers_find_nothing(client, world, who):
    roster = uploaded(world, HUONG)
    client.force_login(getattr(world, who))
    for name in ("import_detail", "import_file", "import_errors"):
        assert client.get(reverse(f"people:{name}", args=[roster.pk])).status_code == 404
    assert client.post(reverse("people:import_apply", args=[roster.pk])).status_code == 404
    assert client.get(reverse("people:import", args=[world.school.code])).status_code == 404


@pytest.mark.parametrize("who", ["deputy", "officer", "supervisor"])
def test_those_who_see_the_school_are_told(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(reverse("people:import", args=[world.school.code])).status_code == 403


def test_the_preview_asks_the_same_for_one_row_and_a_hundred(office, world, django_assert_num_queries):
    rows = [
        row(HUONG, code=f"031{n:07d}", name=f"Lê Văn {'ABCDEFGHIK'[n % 10]}{'abcdefghik'[n // 10]}", email="")
        for n in range(100)
    ]
    few, many = uploaded(world, rows[0]), uploaded(world, *rows)
    for number in range(30):
        teacher_of(world.school, world.group_math, full_name=f"Người Vắng {number}")
    office.get(reverse("people:import_detail", args=[few.pk]))
    for roster in (few, many):
        with django_assert_num_queries(10):
            office.get(reverse("people:import_detail", args=[roster.pk]))
