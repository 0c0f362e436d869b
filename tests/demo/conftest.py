"""The whole demo, made once: in a transaction of its own that every test looks at and the end rolls back."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from demo.seed import seed


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo commune is there; the value is the folder of its files."""
    files = tmp_path_factory.mktemp("demo-files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith("test_")
        call_command("load_packs", verbosity=0)
        assert seed()
        connection.check_constraints()  # now, else the end of each test checks them again
        yield files
        transaction.set_rollback(True)
