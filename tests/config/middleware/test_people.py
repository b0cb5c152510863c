"""A session that was good once."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_session_of_the_demo_is_nobodys_elsewhere(client: Client, settings: Any) -> None:
    person = User.objects.create_user("an@example.com", "mot-cau-dai-hon-muoi-chu", is_demo=True)
    client.force_login(person)
    settings.TN_DEMO = True
    assert client.get("/vi/account/").status_code == 200
    settings.TN_DEMO = False
    answer = client.get("/vi/account/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_a_page_that_asks_nobody_reads_no_session(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(User.objects.create_user("an@example.com", "mot-cau-dai-hon-muoi-chu"))
    with django_assert_num_queries(0):
        client.get("/healthz")
