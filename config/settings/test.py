"""The test suite: strict, quick, nothing leaves the machine."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config import embedded

embedded.prepare_test_environment()  # before base reads DATABASE_URL

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import STORAGES, TEMPLATES  # noqa: E402

SECRET_KEY = "test-only-" + "x" * 40
DATA_DIR = Path(tempfile.mkdtemp(prefix="chuan-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "files"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LANGUAGE_CODE = "en"
DEMO = False  # whatever the environment says
CELERY_TASK_ALWAYS_EAGER = False


class UndefinedVariable(str):
    """Makes an undefined template variable an error, except where a template asks `if` or `default`."""

    __slots__ = ()

    def __contains__(self, item):
        return True

    def __mod__(self, name):
        raise AssertionError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
