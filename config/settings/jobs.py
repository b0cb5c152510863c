"""Celery: Redis where there is one, else files in TN_VAR_DIR. Tasks only kick a cursor or a sweep (design §5)."""

from typing import Any

from config.settings.i18n import TIME_ZONE
from config.settings.paths import TN_VAR_DIR, env

CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # a lost kick is repeated by beat; a kick redelivered for hours would be noise
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY = False  # beat repeats every request
CELERY_BEAT_SCHEDULE_FILENAME = str(TN_VAR_DIR / "beat-schedule")

if env.redis_url:
    CELERY_BROKER_URL = env.redis_url
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        # Above the longest task, or Redis hands a running task to a second worker.
        "visibility_timeout": 3600,
        # Without these a Redis that hangs holds up beat and workers for good; a worker that waits for work asks for it
        # again every second, so the timeout does not disturb it.
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
    }
else:
    _broker = TN_VAR_DIR / "broker"
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT = "config.file_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
    for _folder in ("queue", "control"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)

# What beat repeats: name → {"task": dotted name, "schedule": seconds or crontab}. `expires` keeps kicks from piling up.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "events-drain": {"task": "issues.tasks.drain_events", "schedule": 2.0, "options": {"expires": 10.0}},
    "timers-sweep": {"task": "issues.tasks.sweep_timers", "schedule": 5.0, "options": {"expires": 10.0}},
    "mail-send": {"task": "issues.tasks.send_mail", "schedule": 2.0, "options": {"expires": 10.0}},
    "account-mail-send": {"task": "accounts.tasks.send_mail", "schedule": 10.0, "options": {"expires": 10.0}},
    "accounts-delete-old": {"task": "accounts.tasks.delete_old", "schedule": 86400.0, "options": {"expires": 3600.0}},
    "webhooks-deliver": {"task": "issues.tasks.deliver_webhooks", "schedule": 5.0, "options": {"expires": 10.0}},
    "silent-close": {"task": "issues.tasks.close_silent_tickets", "schedule": 60.0, "options": {"expires": 60.0}},
    "files-check": {"task": "issues.tasks.check_files", "schedule": 5.0, "options": {"expires": 10.0}},
    "files-orphans": {"task": "issues.tasks.remove_orphan_files", "schedule": 86400.0, "options": {"expires": 3600.0}},
    "mail-originals": {
        "task": "issues.tasks.remove_original_mails",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
    "mail-records": {
        "task": "issues.tasks.remove_mail_records",
        "schedule": 86400.0,
        "options": {"expires": 3600.0},
    },
    "calendars-recompute": {"task": "issues.tasks.recompute_calendars", "schedule": 10.0, "options": {"expires": 10.0}},
    "search-drain": {"task": "search.tasks.drain", "schedule": 5.0, "options": {"expires": 5.0}},
    "searches-purge": {"task": "search.tasks.purge_searches", "schedule": 86400.0, "options": {"expires": 3600.0}},
    "search-rebuild": {"task": "search.tasks.rebuild", "schedule": 60.0, "options": {"expires": 60.0}},
    # Tasks of their own, so that the index and other mail wait for none of them. Daily and weekly mails go by the time.
    "saved-searches": {"task": "search.tasks.match_saved", "schedule": 10.0, "options": {"expires": 10.0}},
    "alerts-send": {"task": "search.tasks.send_alerts", "schedule": 10.0, "options": {"expires": 10.0}},
    "alerts-delete-old": {
        "task": "search.tasks.delete_old_alerts",
        "schedule": 86400.0,
        "options": {"expires": 3600.0},
    },
    "follows-overdue": {"task": "search.tasks.note_overdue", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "pages-scheduled": {"task": "cms.tasks.publish_scheduled", "schedule": 30.0, "options": {"expires": 30.0}},
    "sessions-purge": {"task": "accounts.tasks.purge_sessions", "schedule": 86400.0, "options": {"expires": 3600.0}},
    "projects-expire": {"task": "investment.tasks.expire", "schedule": 3600.0, "options": {"expires": 3600.0}},
}

# The text vote is trained by a thread beside the requests, so that nobody who files waits for it. Tests wait.
VOTE_TRAINS_BESIDE = True

__all__ = [name for name in dir() if name.isupper()]
