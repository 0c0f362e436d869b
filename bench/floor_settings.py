"""The floor: the smallest Django that knows a session and a user, on the same server and database."""

from bench.settings import *  # noqa: F403
from bench.settings import TEMPLATES

ROOT_URLCONF = "bench.floor"
WSGI_APPLICATION = None
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth starts with nothing less; it costs microseconds
]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [__file__.rsplit("/", 1)[0]], "OPTIONS": {"context_processors": []}}]
