"""The documentation of the HTTP interface."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.config import small_api

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


def test_the_documentation_loads_from_no_other_host(client: Client) -> None:
    cache.clear()
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "//" not in page.content.decode().replace("http://www.w3.org", "")
    assert "<script>" not in page.content.decode()
