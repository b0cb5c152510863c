"""The product's settings for tests: nothing of the developer's own environment but the servers to test on."""

import atexit
import os
import shutil
from pathlib import Path

TEST_DIR = Path(__file__).resolve().parents[1] / "var" / "test"
_run_dir = TEST_DIR / f"run-{os.getpid()}"

for _name in [name for name in os.environ if name.startswith("TN_")]:
    del os.environ[_name]
os.environ.update(
    TN_ENV_FILE=os.devnull,
    TN_VAR_DIR=str(_run_dir),
    TN_SITE_URL="http://testserver",
    TN_LOG_LEVEL="warning",
    SECRET_KEY="only-for-tests-only-for-tests-only-for-tests",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
)
os.environ.pop("TN_DEMO", None)
atexit.register(shutil.rmtree, _run_dir, ignore_errors=True)

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, STORAGES, TEMPLATES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A number of queries must not depend on the time that has passed: here the process cache is emptied after each test.
CACHES = {
    "process": {**CACHES["process"], "TIMEOUT": 3600},
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A template names a variable that does not exist: a test should see it, a visitor should not.
TEMPLATES[0]["OPTIONS"]["debug"] = True
CELERY_BROKER_URL = "memory://"  # nothing is sent: tests/jobs.py records the calls
CELERY_BROKER_TRANSPORT = None
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
VOTE_TRAINS_BESIDE = False
# Tests of search choose it for themselves: no other needs an index of its own on the server.
SEARCH_ELASTICSEARCH_URL = None
