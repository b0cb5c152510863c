"""Passwords of pages that editors protect cannot be tried without end."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

pytestmark = pytest.mark.django_db


def test_tries_are_counted_by_address(settings: Any) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, "page_password.address": (3, 600)}
    page = Page.objects.get(depth=2) if Page.objects.filter(depth=2).count() == 1 else Page.objects.filter(depth=2)[0]
    kind = PageViewRestriction.PASSWORD
    rule = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="right")
    url = f"/en/_util/authenticate_with_password/{rule.pk}/{page.pk}/"
    answers = [Client().post(url, {"password": f"x{n}", "return_url": "/"}).status_code for n in range(3)]
    assert answers == [200] * 3
    refused = Client().post(url, {"password": "right", "return_url": "/"})
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert Client().post(url, {"password": "right", "return_url": "/"}, REMOTE_ADDR="203.0.113.9").status_code == 302
