"""`make run` and the containers. Refuses to start without a secret."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import SECRET_KEY

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY must be set to at least 40 random characters")
