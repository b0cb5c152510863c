"""Filters and search of the list of projects."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts import groups
from accounts.models import Role, User
from core import clock
from investment.models import ProjectStatus
from tests.factories.investment import make_project
from tests.factories.issues import make_user


def signed_in(client, role: Role) -> User:
    groups.ensure_groups()
    user = make_user(role)
    groups.apply_to([user])
    client.force_login(user)
    return user


def codes(response) -> list[str]:
    return [project.code for project in response.context["object_list"]]


def test_list_filters_and_search(site, client) -> None:
    signed_in(client, Role.EDITOR)
    today = timezone.localdate(clock.now())
    make_project(code="A", name_vi="Cầu Đuống", confirmed_on=today - timedelta(days=91))
    make_project(code="B", status=ProjectStatus.DRAFT, confirmed_on=None, sector="health", province="Đà Nẵng")
    make_project(code="C", confirmed_on=today - timedelta(days=80))
    index = reverse("projects:index")
    for query, expected in {
        "": ["A", "B", "C"],
        "?q=cau duong": ["A"],
        "?status=draft": ["B"],
        "?sector=health": ["B"],
        "?province=Đà Nẵng": ["B"],
        "?freshness=overdue": ["A"],
        "?freshness=due": ["C"],
        "?freshness=never": ["B"],
        "?freshness=fresh": [],
    }.items():
        assert codes(client.get(index + query)) == expected, query
