"""People are found as one types: without accents, by any part of the name, by user name."""

import pytest

from people.models import User
from people.models.searching import plain
from people.queries import search_people
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("full_name", ["Đỗ Ẩn Ước", "Nguyễn Thị Ỷ", "PHẠM ĐÌNH ĐẠT"])
def test_searching_without_accents(full_name):
    person = UserFactory(full_name=full_name)
    person.refresh_from_db()
    assert person.search_key.startswith(plain(full_name))
    anybody = UserFactory(full_name="X")
    for words in (full_name, plain(full_name), full_name.split()[-1], person.username):
        assert search_people(User.objects.all(), words, by=anybody).get() == person
