"""Where uvicorn enters in the processes of the supervisor: `config.asgi`, on a processor of its own on SQLite."""

import os

from django.conf import settings

from config.processor import stay_on_one
from config.settings.database import SQLITE_ENGINE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# First: threads that are started later stay where this one is.
if settings.DATABASES["default"]["ENGINE"] == SQLITE_ENGINE:
    stay_on_one()

from config.asgi import application

__all__ = ["application"]
