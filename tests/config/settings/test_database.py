"""The database that an address means."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.database import database


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "nonsense", "postgres//x"])
def test_a_database_that_is_not_supported_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL has a wrong value"):
        database(url)


def test_sqlite_takes_its_lock_at_the_start_of_a_transaction(tmp_path: Path) -> None:
    options = database(f"sqlite:///{tmp_path}/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in options["init_command"]
