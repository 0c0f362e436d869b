#!/usr/bin/env python3
"""Django's command line, on the embedded database and broker unless DATABASE_URL and REDIS_URL say otherwise."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from config import embedded

    embedded.prepare_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
