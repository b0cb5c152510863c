"""Numbers for machines that watch."""

from collections.abc import Callable

import pytest
from django.test import Client

from core import metrics

pytestmark = pytest.mark.django_db


def test_metrics_count_requests_by_view_and_never_by_path(client: Client, scrape: Callable[[], str]) -> None:
    client.get("/healthz")
    client.get("/vi/no/such/page/xyzzy/")
    text = scrape()
    assert 'http_requests_total{method="GET",status="200",view="healthz"}' in text
    assert "xyzzy" not in text


def test_an_invented_method_makes_no_number_of_its_own(client: Client, scrape: Callable[[], str]) -> None:
    client.generic("QWXZJ", "/healthz")
    text = scrape()
    assert 'http_requests_total{method="other",status="405",view="healthz"}' in text
    assert "QWXZJ" not in text


def test_metrics_show_the_gauges_of_apps_and_skip_broken_ones(
    scrape: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics._gauges, "readers", {})
    metrics.gauge("test_open", "Open", lambda: {"stc": 2, "sxd": 0}, label="agency")
    metrics.gauge("test_broken", "Broken", lambda: 1 / 0)
    text = scrape()
    assert 'test_open{agency="stc"} 2.0' in text
    assert "test_broken" not in text
