"""One server on one copy of the demonstration, one browser; each test closes the windows that it opened."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deploy import throwaway
from tests import database
from tests.e2e.browser import chromium
from tests.e2e.people import People
from tests.settings import TEST_DIR


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def data(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's own folder."""
    var = tmp_path_factory.mktemp("e2e") / "var"
    shutil.copytree(throwaway.template(TEST_DIR / "demo", migrated=database.migrated_file()), var)
    return var


@pytest.fixture(scope="package")
def address(data: Path) -> Iterator[str]:
    with throwaway.running(data) as found:
        yield found


@pytest.fixture(scope="package")
def browser(django_db_setup: None) -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def everybody(browser: Browser, address: str) -> People:
    return People(browser, address)


@pytest.fixture
def people(everybody: People) -> Iterator[People]:
    """Opens windows. At the end no page may have complained of anything."""
    yield everybody
    complaints = list(everybody.complaints)
    everybody.close()
    assert complaints == []
