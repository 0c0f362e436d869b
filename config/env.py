"""Every environment variable the product reads, typed, in one place. `.env.example` lists the same names."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    SECRET_KEY=(str, ""),
    DATABASE_URL=(str, ""),
    REDIS_URL=(str, ""),
    DATA_DIR=(str, str(BASE_DIR / ".data")),
    ALLOWED_HOSTS=(list, ["127.0.0.1", "localhost", "[::1]"]),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    TIME_ZONE=(str, "Asia/Ho_Chi_Minh"),
    LANGUAGE_CODE=(str, "vi"),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, "Chuẩn <no-reply@localhost>"),
    HTTPS=(bool, False),
    TRUST_PROXY=(bool, False),
    LOG_LEVEL=(str, "INFO"),
    DEMO=(bool, False),
)
