"""`make dev`: auto-reload, readable errors, no manifest for static files."""

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

DEBUG = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
