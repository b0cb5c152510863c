"""django-helpdesk 2.6.1 as the named peer: installed into an environment to throw away, never into the project's.

It gets what we get: two processes, the same database (SQLite with WAL, IMMEDIATE and synchronous NORMAL, or one of its
own on the same PostgreSQL), no debug mode, no access log, cached templates, mails written to files. Connections are
kept between requests (CONN_MAX_AGE), and its workers have threads, because gunicorn's plain ones close every connection
after one answer.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.servers import Running, processes

VERSION = "2.6.1"
PACKAGES = (f"django-helpdesk=={VERSION}", "django~=5.2.0", "gunicorn~=27.0", "psycopg[binary]~=3.3.0")
USER, PASSWORD = "officer", "password"

_SETTINGS = """
import os
from pathlib import Path
from urllib.parse import urlsplit
BASE_DIR = Path(__file__).parent
_server = urlsplit(os.environ.get("PEER_DATABASE_URL", ""))
SECRET_KEY = "peer" * 12
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.sites", "django.contrib.humanize",
    "rest_framework", "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.debug", "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {
    "ENGINE": "django.db.backends.sqlite3", "NAME": str(BASE_DIR / "peer.sqlite3"), "CONN_MAX_AGE": None,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-20000;PRAGMA foreign_keys=ON;PRAGMA wal_autocheckpoint=4000;"
    )},
}}
if _server.scheme:
    DATABASES = {"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": _server.path[1:], "USER": _server.username or "",
        "PASSWORD": _server.password or "", "HOST": _server.hostname, "PORT": _server.port or 5432,
        "CONN_MAX_AGE": None,
    }}
SITE_ID = 1
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "mail"
LOGIN_URL = "/login/"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"handlers": [], "level": "WARNING"}}
HELPDESK_TEAMS_MODE_ENABLED = False
"""
_URLS = """
from django.contrib.auth.views import LoginView
from django.urls import include, path
urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("", include("helpdesk.urls", namespace="helpdesk")),
]
"""
_WSGI = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
# One queue that takes public tickets, one officer, and as many tickets as are asked for. Prints the session's key.
_PREPARE = """
import sys
import wsgi
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from helpdesk.models import FollowUp, Queue, Ticket
queue, _ = Queue.objects.get_or_create(
    slug="q", defaults={"title": "Proposals", "allow_public_submission": True, "email_address": "q@example.com"}
)
User = get_user_model()
officer = User.objects.filter(username="officer").first() or User.objects.create_superuser(
    "officer", "officer@example.com", "password"
)
wanted = int(sys.argv[1]) - Ticket.objects.count()
now = timezone.now()
made = Ticket.objects.bulk_create(
    [Ticket(queue=queue, title=f"Proposal {n}", description="Words " * 60, submitter_email=f"e{n % 500}@example.com",
            status=1, priority=3, created=now, modified=now, assigned_to=officer if n % 2 else None)
     for n in range(max(wanted, 0))], batch_size=500)
FollowUp.objects.bulk_create(
    [FollowUp(ticket=one, date=now, title="Ticket Opened", comment=one.description, public=True) for one in made],
    batch_size=500)
session = SessionStore()
session.update({SESSION_KEY: str(officer.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: officer.get_session_auth_hash()})
session.save()
print(session.session_key)
"""


class Peer:
    """The peer's project in a folder, with its own environment."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.database = database  # an address; SQLite in the folder where it is empty
        self.python = folder / "env" / "bin" / "python"
        self.session = ""

    def install(self) -> None:
        """Create the environment and the project; quick when it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = self.folder / f"installed-{VERSION}-{len(PACKAGES)}"
        if not mark.exists():
            self._run(sys.executable, "-m", "venv", str(self.folder / "env"))
            self._run(str(self.python), "-m", "pip", "install", "--quiet", *PACKAGES)
            mark.touch()
        for name, text in (("settings", _SETTINGS), ("urls", _URLS), ("wsgi", _WSGI), ("prepare", _PREPARE)):
            (self.folder / f"{name}.py").write_text(text, encoding="utf-8")

    def prepare(self, tickets: int, *, exactly: bool = False) -> None:
        """Bring the database to so many tickets, or at least so many."""
        if exactly:
            for file in self.folder.glob("peer.sqlite3*"):
                file.unlink()
        self.session = self._run(str(self.python), "prepare.py", str(tickets)).strip().splitlines()[-1]

    @contextmanager
    def running(self) -> Iterator[Running]:
        """Its server."""
        with processes(self._command, "/tickets/submit/", folder=self.folder) as running:
            yield running

    def _command(self, port: int) -> list[str]:
        return [
            *(
                "env",
                f"PEER_DATABASE_URL={self.database}",
                str(self.python),
                "-m",
                "gunicorn",
                "wsgi:application",
                "--bind",
                f"127.0.0.1:{port}",
            ),
            *("--workers", "1", "--worker-class", "gthread", "--threads", "4"),
            *("--keep-alive", "60", "--log-level", "error"),
        ]

    def _run(self, *command: str) -> str:
        env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        env["PEER_DATABASE_URL"] = self.database
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stderr[-3000:]}")
        return done.stdout
