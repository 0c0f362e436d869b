"""Frameworks from nothing: what a new installation has."""

import pgtrigger
import pytest

from standards.models import Framework, FrameworkVersion


@pytest.fixture
def no_frameworks(db) -> None:
    """Takes away what every other test stands on, until this test ends."""
    with pgtrigger.ignore():  # a published version can't be removed otherwise
        FrameworkVersion.objects.all().delete()
        Framework.objects.all().delete()
