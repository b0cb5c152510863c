"""Numbers for machines that watch."""

import pytest
from django.test import Client

from core import metrics

pytestmark = pytest.mark.django_db


def test_metrics_count_requests_by_view_and_never_by_path(client: Client) -> None:
    client.get("/healthz")
    client.get("/vi/no/such/page/xyzzy/")
    text = client.get("/metrics").content.decode()
    assert 'http_requests_total{method="GET",status="200",view="healthz"}' in text
    assert "xyzzy" not in text


def test_metrics_show_the_gauges_of_apps_and_skip_broken_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics._gauges, "readers", {})
    metrics.gauge("test_open", "Open", lambda: {"stc": 2, "sxd": 0}, label="agency")
    metrics.gauge("test_broken", "Broken", lambda: 1 / 0)
    text = client.get("/metrics").content.decode()
    assert 'test_open{agency="stc"} 2.0' in text
    assert "test_broken" not in text
