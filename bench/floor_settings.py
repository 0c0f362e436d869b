"""The floor: the least Django that has a session, a user and CSRF, on the same database."""

from bench.settings import *  # noqa: F403
from bench.settings import TEMPLATES
from config.env import BASE_DIR

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth does not start without it; it costs microseconds
]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [BASE_DIR / "bench" / "templates"], "APP_DIRS": False}]
TEMPLATES[0]["OPTIONS"] = {"context_processors": ["django.template.context_processors.request"]}
