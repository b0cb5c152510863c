import pytest
from django.core.management import call_command

from search.models import PendingChange
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


def test_without_an_engine_nothing_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.current", lambda: None)
    make_project("HN-900", "Cầu")
    assert not PendingChange.objects.exists()
    call_command("search_rebuild")
