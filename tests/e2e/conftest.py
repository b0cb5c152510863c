"""One server on one copy of the demonstration, one browser; each test closes the windows that it opened."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import throwaway
from tests.e2e.browser import chromium
from tests.e2e.people import People
from tests.settings import TEST_DIR


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's own folder."""
    var = tmp_path_factory.mktemp("e2e") / "var"
    shutil.copytree(throwaway.template(TEST_DIR / "demo"), var)
    return var


@pytest.fixture(scope="package")
def address(data: Path) -> Iterator[str]:
    with throwaway.running(data) as found:
        yield found


@pytest.fixture(scope="package")
def everybody(address: str) -> Iterator[People]:
    with chromium() as browser:
        yield People(browser, address)


@pytest.fixture
def people(everybody: People) -> Iterator[People]:
    """Opens windows. At the end no page may have complained of anything."""
    yield everybody
    complaints = list(everybody.complaints)
    everybody.close()
    assert complaints == []
