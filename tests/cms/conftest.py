import pytest

from cms.setup import setup_site


@pytest.fixture
def site(db, monkeypatch):
    """A site with its first pages; lists come from the database."""
    monkeypatch.setattr("investment.catalogue._search_backend", None)
    return setup_site()
