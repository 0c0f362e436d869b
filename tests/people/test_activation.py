"""From a printed slip to one's own password: once, in time, without telling strangers anything."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.decisions import Refused
from core.models import OutgoingMail
from people.actions.activation import ALPHABET, MAX_ATTEMPTS, activate, check_code, hash_of, make_codes, new_code
from people.models import ActivationCode
from tests.factories.people import PASSWORD, people_world

pytestmark = pytest.mark.django_db
URL = "/people/activate/"


@pytest.fixture(scope="module")
def made(module_db):
    w = people_world()
    for person in (w.teacher, w.colleague):
        person.set_unusable_password()
        person.save()
    return w


def slip(world, person=None, by=None):
    return make_codes(people=[person or world.teacher], by=by or world.head)[0]


def fill(client, username, code, first="ba con gà trống", second=None):
    data = {"username": username, "code": code, "password1": first, "password2": first if second is None else second}
    return client.post(URL, data)


def test_codes_are_readable_and_kept_as_hashes(world):
    made = slip(world)
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", made.code)
    assert not set("0O1IL2Z5S") & set(ALPHABET)
    assert made.code not in str(ActivationCode.objects.values().get())
    assert hash_of(made.code) == hash_of(made.code.lower().replace("-", " "))
    assert new_code() != new_code()


def test_slip_to_signed_in(client, world):
    made = slip(world)
    response = fill(client, world.teacher.username.upper(), made.code.lower())
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(world.teacher.pk)
    world.teacher.refresh_from_db()
    assert world.teacher.check_password("ba con gà trống")
    assert world.teacher.last_login


def test_once(client, world):
    made = slip(world)
    fill(client, world.teacher.username, made.code)
    assert "do not belong together" in fill(client, world.teacher.username, made.code).content.decode()
    with pytest.raises(Refused):
        activate(username=world.teacher.username, code=made.code, password="x")


def test_a_newer_code_replaces_an_older_unused_one(world):
    old, new = slip(world), slip(world)
    assert check_code(username=world.teacher.username, code=old.code) is None
    assert check_code(username=world.teacher.username, code=new.code) == world.teacher


def test_codes_expire(world):
    made = slip(world)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert check_code(username=world.teacher.username, code=made.code) is None


def test_a_code_bears_ten_wrong_guesses(world):
    made = slip(world)
    for _guess in range(MAX_ATTEMPTS):
        assert check_code(username=world.teacher.username, code="AAAA-AAAA-AAAA") is None
    assert check_code(username=world.teacher.username, code=made.code) is None


def test_one_answer_for_unknown_people_wrong_codes_and_missing_ones(client, world):
    slip(world)
    bodies = set()
    for username in (world.teacher.username, world.colleague.username, "niemand"):
        response = fill(client, username, "AAAA-AAAA-AAAA", first="x")
        body = re.sub(r"csrfmiddlewaretoken\S+ \S+|nonce-\S+", "", response.content.decode()).replace(username, "")
        bodies.add(re.sub(r'value="[^"]*"', "", body))
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [("short", None, "too short"), ("1234567890", None, "numeric"), ("ba con gà", "ba con vịt", "differ")],
)
def test_weak_passwords_do_not_use_the_code_up(client, world, first, second, sentence):
    made = slip(world)
    assert sentence in fill(client, world.teacher.username, made.code, first, second).content.decode()
    assert check_code(username=world.teacher.username, code=made.code)


def test_one_place_cannot_guess_at_leisure(client, world):
    made = slip(world)
    for _guess in range(20):
        fill(client, "niemand", "AAAA-AAAA-AAAA")
    response = fill(client, world.teacher.username, made.code)
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_a_closed_account_has_no_way_in(world):
    made = slip(world)
    world.teacher.is_active = False
    world.teacher.save()
    assert check_code(username=world.teacher.username, code=made.code) is None


def test_who_may_print_for_whom(world):
    slip(world, world.teacher, by=world.head)
    slip(world, world.head, by=world.administrator)
    for by, person in [
        (world.teacher, world.colleague),
        (world.deputy, world.teacher),
        (world.officer, world.teacher),
        (world.head, world.other_teacher),
        (world.head, world.administrator),
    ]:
        with pytest.raises(PermissionDenied):
            slip(world, person, by=by)
    with pytest.raises(Refused, match="Change password"):
        slip(world, world.head, by=world.head)


def test_a_head_makes_no_way_into_an_account_that_is_more_than_the_school(world):
    from tests.factories.people import member

    member(world.commune, "officer", world.teacher)
    with pytest.raises(PermissionDenied):
        slip(world)


def test_who_signs_in_already_is_told(world):
    world.teacher.email, world.teacher.last_login = "huong@thcs.example", timezone.now()
    world.teacher.save()
    slip(world)
    assert OutgoingMail.objects.get().to == "huong@thcs.example"


def test_the_sheet_of_slips(client, world):
    client.force_login(world.head)
    url = reverse("people:codes", args=[world.school.code])
    page = client.get(url).content.decode()
    assert "Mai Thị Hương" in page
    response = client.post(url, {"people": [world.teacher.pk, world.colleague.pk]})
    page = response.content.decode()
    codes = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert len(codes) == 2
    assert URL in page
    assert "no-store" in response.headers["Cache-Control"]
    assert check_code(username=world.teacher.username, code=codes[-1]) or check_code(
        username=world.teacher.username, code=codes[0]
    )
    nobody = client.post(url, {}).content.decode()
    first = re.search(r'<li><a href="#(p\d+)">Choose at least one person', nobody)[1]
    assert re.search(rf'id="{first}"[^>]* aria-invalid="true"', nobody)
    assert 'aria-describedby="people_error"' in nobody
    assert client.post(url, {"people": [world.other_teacher.pk]}).status_code == 404
    digits = "7" * 5000
    assert client.post(url, {"people": [digits]}).status_code == 404
    assert client.get(url, {"only": digits}).status_code == 200


def ticked(page) -> set[int]:
    return {item["row"].person.pk for item in page.context["rows"] if item["checked"] and item["decision"]}


def test_nobody_is_ticked_until_asked_for(client, world):
    world.colleague.email = "dong@thcs.example"
    world.colleague.save()
    client.force_login(world.head)
    url = reverse("people:codes", args=[world.school.code])
    page = client.get(url)
    assert ticked(page) == set()
    assert " checked" not in page.content.decode()
    assert 'href="?no-email"' in page.content.decode()
    assert ticked(client.get(f"{url}?only={world.artist.pk}")) == {world.artist.pk}
    without = ticked(client.get(f"{url}?no-email"))
    assert {world.teacher.pk, world.artist.pk, world.deputy.pk} <= without
    assert world.colleague.pk not in without  # has an address
    assert world.head.pk not in without  # oneself


def test_the_same_queries_for_one_slip_and_for_forty(client, world, django_assert_num_queries):
    from tests.factories.people import teacher_of

    client.force_login(world.administrator)
    url = reverse("people:codes", args=[world.school.code])
    people = [teacher_of(world.school, world.group_math).pk for _person in range(40)]
    client.get(url)
    for chosen in (people[:1], people):
        with django_assert_num_queries(17):
            client.post(url, {"people": chosen})


def test_sign_in_by_user_name_or_address(client, world):
    world.artist.email = "artist@thcs.example"
    world.artist.save()
    for login in (world.artist.username, world.artist.username.upper(), "artist@thcs.example", "ARTIST@thcs.example"):
        client.logout()
        response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
        assert response.status_code == 302, login
        assert client.session["_auth_user_id"] == str(world.artist.pk)


def test_sign_up_is_closed(client):
    response = client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert response.status_code == 200
