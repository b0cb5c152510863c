"""Logs go to the standard output, one line each, with the request they belong to."""

import sys
from pathlib import Path
from typing import Any

from config.settings.paths import env

# What a command prints is its own: somebody may pipe a token or an export into a file.
_STREAM = "ext://sys.stderr" if Path(sys.argv[0]).name == "manage.py" else "ext://sys.stdout"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.request_id.RequestIdFilter"},
        "routes": {"()": "core.log_filters.RouteFilter"},
    },
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)-7s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "config.log_format.JsonFormatter"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": _STREAM,
            "formatter": env.tn_log_format,
            "filters": ["request_id", "routes"],
        }
    },
    "root": {"handlers": ["stdout"], "level": env.tn_log_level.upper()},
    "loggers": {
        # One line per request comes from config.middleware.request_id; Django's own would repeat each refusal.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["stdout"], "propagate": False},
        # Whatever else is left out: who signed in, and whose rights changed.
        "trong_ngay.security": {"level": "INFO"},
        # uvicorn writes addresses as they are asked. Its access log repeats ours and loses its handler here; where
        # somebody gives it one, it has patterns, too.
        "uvicorn.access": {"filters": ["routes"]},
        "uvicorn.error": {"filters": ["routes"]},
        # Wagtail's index updates, two lines for each save; and kombu, which misses a host that files do not have.
        "django_tasks": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},
        "elastic_transport": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}

__all__ = ["LOGGING"]
