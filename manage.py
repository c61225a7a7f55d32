"""Django's own commands, for developers: `python manage.py makemigrations` and the like."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("ITHACA_MODE", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithaca.config.settings")
    execute_from_command_line(sys.argv)
