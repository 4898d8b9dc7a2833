#!/usr/bin/env python
"""Django's command line. Errors in the settings are one line; new files are accessible to their owner only."""

import os
import sys


def main() -> None:
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnverdict.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except (EnvError, ImproperlyConfigured) as error:
        sys.exit(f"earnverdict: {error}")


if __name__ == "__main__":
    main()
