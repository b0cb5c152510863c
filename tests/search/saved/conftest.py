from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from accounts.models import User
from search import engines
from search.models import AlertMail, SavedSearch, SavedSearchItem
from search.saved.actions import save_search
from tests.factories.issues import make_user


@pytest.fixture(autouse=True)
def searchable(db: Any) -> None:
    """Searching works: with the engine of the database where it has one, else straight from the database."""
    if connection.vendor == "sqlite":
        engine = engines.current()
        assert engine is not None
        engine.start_rebuild().finish()


@pytest.fixture(autouse=True)
def _everybody_is_confirmed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "addresses_as_they_are" not in request.fixturenames:
        monkeypatch.setattr("search.saved.outbox.confirmed_emails", lambda user: {user.email})


@pytest.fixture
def addresses_as_they_are() -> None:
    """Whether an address is confirmed is asked of the database."""


@pytest.fixture
def an() -> User:
    return make_user()


@pytest.fixture
def save(an: User, run_jobs: Callable[[], int]) -> Callable[..., SavedSearch]:
    """Save a search of Ms An's, after everything before has settled."""

    def saved(query: str = "", **more: Any) -> SavedSearch:
        run_jobs()
        fields = {"actor": an, "locale": "vi", "frequency": "at_once"} | more
        return save_search(query=query, **fields)[0]

    return saved


TUESDAY = datetime(2026, 11, 17, 3, tzinfo=UTC)  # 10:00 in Hà Nội


def morning(day: int) -> datetime:
    """08:01 of a day of November 2026, in Hà Nội."""
    return datetime(2026, 11, day, 1, 1, tzinfo=UTC)


def found(search: SavedSearch) -> list[int]:
    """The projects that a search has found since it was saved."""
    return list(SavedSearchItem.objects.filter(search=search).values_list("object_id", flat=True))


def sent() -> list[Any]:
    """The mails that went out."""
    return list(mail.outbox)


def states() -> list[str]:
    return list(AlertMail.objects.order_by("pk").values_list("state", flat=True))
