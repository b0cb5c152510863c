"""Nobody goes round in circles: who may not open a page reads so, and how to go on."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from accounts.models import Role, User
from tests.factories.issues import make_agency, make_enterprise, make_user

pytestmark = pytest.mark.django_db


def people() -> list[User]:
    return [
        make_user(Role.ENTERPRISE, enterprise=make_enterprise()),
        make_user(Role.OFFICER, agency=make_agency()),
        make_user(Role.LEADER),
        make_user(),
    ]


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/", "/admin/login/?next=/admin/"])
def test_the_administration_says_that_it_is_not_for_them(path: str) -> None:
    for person in people():
        client = Client()
        client.force_login(person)
        answer = client.get(path, follow=True)
        assert answer.status_code == 403
        assert len(answer.redirect_chain) <= 3
        page = BeautifulSoup(answer.content, "html.parser")
        assert person.email in page.text
        way = page.select_one("a.btn-primary")
        assert way is not None
        signing_out = str(way["href"])
        assert client.get(signing_out).status_code == 200
        answer = client.post(signing_out)
        assert answer["Location"].startswith("/vi/account/login/?next=")
        assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/"])
def test_visitors_sign_in_first(path: str, client: Client) -> None:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/vi/account/login/")


def test_those_with_a_role_come_in(client: Client) -> None:
    client.force_login(make_user(Role.EDITOR))
    assert client.get("/admin/login/?next=/admin/", follow=True).redirect_chain[-1] == ("/admin/", 302)
    assert client.get("/vi/account/login/?next=/admin/pages/", follow=True).status_code == 200


def test_a_page_for_a_group(client: Client) -> None:
    page = Page.objects.get(depth=2, locale__language_code="vi") if Page.objects.filter(depth=2).count() > 1 else None
    page = page or Page.objects.filter(depth=2).first()
    assert page is not None
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    client.force_login(make_user(Role.LEADER))
    answer = client.get("/vi/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) <= 2


def test_no_way_leads_to_another_site(client: Client) -> None:
    person = make_user(Role.LEADER)
    client.force_login(person)
    answer = client.get("/vi/_util/login/?next=//evil.example/", follow=True)
    assert "evil.example" not in answer.content.decode()


def test_signed_in_people_are_sent_on_as_before(client: Client) -> None:
    client.force_login(make_user(Role.LEADER))
    assert client.get("/vi/account/login/?next=/vi/answers/")["Location"] == "/vi/answers/"
