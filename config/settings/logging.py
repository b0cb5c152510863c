"""Logs go to the standard output, one line each, with the request they belong to."""

from typing import Any

from config.settings.paths import env

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "text"}},
    "root": {"handlers": ["stdout"], "level": env.tn_log_level.upper()},
    "loggers": {"django.server": {"handlers": ["stdout"], "propagate": False}},
}
LOGGING_CONFIG = "logging.config.dictConfig"

__all__ = ["LOGGING", "LOGGING_CONFIG"]
