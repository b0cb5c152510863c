"""The sign-ins of the demonstration."""

import pytest
from django.test import Client

from accounts.models import Membership, Role, User

pytestmark = pytest.mark.django_db


def test_demo_sign_ins_are_listed_only_in_the_demonstration(settings):
    User.objects.create_user("coordinator@demo.example", "demo", name="Điều phối viên 1")
    assert "coordinator@demo.example" not in Client().get("/vi/account/login/").content.decode()
    settings.TN_DEMO = True
    html = Client().get("/vi/account/login/").content.decode()
    assert 'name="login" value="coordinator@demo.example"' in html
    assert 'class="demo"' in html


@pytest.mark.parametrize("people_count", [1, 3])
def test_demo_list_query_count(settings, people_count, django_assert_num_queries):
    settings.TN_DEMO = True
    for number in range(people_count):
        Membership.objects.create(user=User.objects.create_user(f"p{number}@demo.example"), role=Role.LEADER)
    client = Client()
    client.get("/vi/account/login/")
    with django_assert_num_queries(2):
        client.get("/vi/account/login/")
