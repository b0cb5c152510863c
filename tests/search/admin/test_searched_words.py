"""The report of searched words."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core import clock
from search import searched
from search.models import WordGroup
from tests.issues.conftest import at

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(at("2026-11-18 12:00")):
        yield


def search(text: str, *, times: int = 1, results: int = 0, positions: tuple[int, ...] = (), days_ago: int = 0) -> None:
    """People search for a text, and open results."""
    with clock.at(clock.now() - timedelta(days=days_ago)):
        for _ in range(times):
            searched.record(text, "vi", results)
        for position in positions:
            searched.record_click(text, "vi", position)


def report(client: Client, **parameters: str) -> Any:
    return client.get(reverse("searched_words:report"), parameters)


def texts(answer: Any) -> list[str]:
    return [line.row["text"] for line in answer.context["lines"]]


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 200), (Role.PUBLISHER, 200), (Role.ADMIN, 200)])
def test_who_writes_the_site_reads_it(as_role: SignIn, role: Role, status: int) -> None:
    client = as_role(role)
    assert report(client).status_code == status
    assert reverse("searched_words:report") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_else_does(as_role: SignIn) -> None:
    client = as_role(Role.COORDINATOR)
    assert report(client).status_code in (302, 403)
    assert reverse("searched_words:report") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_found_nothing_comes_first_and_most_often_on_top(as_role: SignIn) -> None:
    search("nhà giá rẻ", times=2)
    search("lò gạch", times=3)
    search("KCN", times=9, results=41)
    assert texts(report(as_role(Role.EDITOR))) == ["lò gạch", "nhà giá rẻ"]


def test_the_last_search_says_whether_it_finds_something(as_role: SignIn) -> None:
    search("nhà giá rẻ", times=5, days_ago=2)
    search("nhà giá rẻ", results=12)
    client = as_role(Role.EDITOR)
    assert texts(report(client)) == []
    (line,) = report(client, show="most").context["lines"]
    assert (line.row["times"], line.row["found"]) == (6, 12)


def test_the_most_searched(as_role: SignIn) -> None:
    search("GPMB", times=2, results=3)
    search("KCN", times=3, results=41, days_ago=1)
    assert texts(report(as_role(Role.EDITOR), show="most")) == ["kcn", "gpmb"]


def test_what_is_opened_far_down(as_role: SignIn) -> None:
    search("cầu", results=9, positions=(1, 1, 2))
    search("cảng", results=9, positions=(8, 5))
    search("never opened", results=9)
    answer = report(as_role(Role.EDITOR), show="far")
    assert texts(answer) == ["cảng", "cầu"]
    assert answer.context["lines"][0].average == 6.5


@pytest.mark.parametrize(("days", "found"), [("7", ["new"]), ("30", ["month", "new"]), ("90", ["month", "new", "old"])])
def test_by_period(as_role: SignIn, days: str, found: list[str]) -> None:
    for text, ago in (("new", 6), ("month", 7), ("old", 30)):
        search(text, days_ago=ago)
    assert texts(report(as_role(Role.EDITOR), days=days)) == found


@pytest.mark.parametrize("parameters", [{"show": "?", "days": "x", "p": "-1"}, {"days": "9" * 400}, {"p": "x"}])
def test_unknown_parameters_give_the_first_list(as_role: SignIn, parameters: dict[str, str]) -> None:
    search("lò gạch")
    assert texts(report(as_role(Role.EDITOR), **parameters)) == ["lò gạch"]


@pytest.mark.parametrize("show", ["none", "most", "far"])
def test_an_empty_list_says_so(as_role: SignIn, show: str) -> None:
    page = report(as_role(Role.EDITOR), show=show).content.decode()
    assert "listing outgoing" not in page


def test_a_synonym_in_one_click_and_back(as_role: SignIn) -> None:
    search("nhà <giá> rẻ")
    client = as_role(Role.EDITOR)
    (line,) = report(client, show="none", days="7").context["lines"]
    form = client.get(line.new_group_url).context
    assert form["form"]["also_typed"].value() == "nhà <giá> rẻ"
    data = {"forms": "nhà ở xã hội", "also_typed": "nhà <giá> rẻ", "note": "", "active": "on", "next": form["next"]}
    saved = client.post(reverse("word_groups:add"), data)
    assert saved.headers["Location"] == f"{reverse('searched_words:report')}?show=none&days=7"
    (line,) = client.get(saved.headers["Location"]).context["lines"]
    group = WordGroup.objects.order_by("pk").last()
    assert group is not None
    assert line.group_url == reverse("word_groups:edit", args=(group.pk,))


def test_the_cost_does_not_grow_with_the_list(as_role: SignIn, django_assert_num_queries: Any) -> None:
    client = as_role(Role.EDITOR)
    report(client)
    for n in (1, 3):
        for number in range(n):
            search(f"word {n} {number}")
        with django_assert_num_queries(14):
            report(client)
