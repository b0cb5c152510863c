"""Trying a search: who may, what the page says, and the ways to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from search import engines, searched, sync
from search.admin.try_search import address
from search.engines.base import Engine, EngineUnavailable
from search.models import SearchedText
from tests.search.conftest import make_content_page, make_project

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


@pytest.fixture
def project(engine: Engine, site: None) -> int:
    made = make_project("HN-901", "Cầu <vượt> Đông Anh")
    make_project("HN-902", "Hồ Đông Anh")
    make_content_page("Cầu và đường")
    sync.drain()
    return made.pk


def page(client: Client, **asked: str) -> Any:
    answer = client.get(reverse("try_search:try"), asked)
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.ADMIN])
def test_who_writes_the_site_may(as_role: SignIn, role: Role) -> None:
    client = as_role(role)
    page(client)
    assert reverse("try_search:try") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_else_may(as_role: SignIn) -> None:
    assert as_role(Role.COORDINATOR).get(reverse("try_search:try")).status_code in (302, 403)
    assert Client().get(reverse("try_search:try")).status_code == 302


def test_it_explains_and_does_not_count(as_role: SignIn, project: int) -> None:
    answer = page(as_role(Role.EDITOR), q="cầu xyzzyq", locale="vi")
    text = answer.content.decode()
    assert [line.hit.title for line in answer.context["hits"]] == [
        hit.title for hit in answer.context["explanation"].hits
    ]
    assert len(answer.context["hits"]) == 2
    assert "<mark>Cầu</mark> &lt;vượt&gt; Đông Anh" in text
    assert "xyzzyq" in " ".join(answer.context["notes"])
    assert 'value="cầu xyzzyq"' in text
    assert not SearchedText.objects.exists()


def test_one_kind(as_role: SignIn, project: int) -> None:
    client = as_role(Role.EDITOR)
    assert page(client, q="cầu", locale="vi", kind="page").context["explanation"].count == 1
    assert page(client, q="cầu", locale="vi", kind="?").context["explanation"].count == 2
    assert page(client, q="cầu", locale="en", kind="page").context["explanation"].count == 0


def test_nothing_typed_is_said(as_role: SignIn) -> None:
    assert not page(as_role(Role.EDITOR)).context["problem"]
    answer = page(as_role(Role.EDITOR), q="  ")
    assert answer.context["problem"]
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x" * 2000, "\u200b", "???", '" OR 1=1', "cầu " * 200])
def test_any_text_is_taken(as_role: SignIn, project: int, text: str) -> None:
    assert "<script>alert(1)" not in page(as_role(Role.EDITOR), q=text, about=text).content.decode()


def test_the_result_page_leads_to_the_reason(as_role: SignIn, project: int) -> None:
    client = as_role(Role.EDITOR)
    link = (
        f"{reverse('try_search:try')}?q=c%E1%BA%A7u&amp;locale=vi&amp;kind=project&amp;about=project%3A{project}%3Avi"
    )
    url = "/vi/search/?q=cầu&kind=project"
    assert link in client.get(url).content.decode()
    answer = client.get(link.replace("&amp;", "&"))
    assert answer.context["about"].hit.position == 1
    assert reverse("try_search:try") not in as_role(Role.COORDINATOR).get(url).content.decode()
    assert reverse("try_search:try") not in Client().get(url).content.decode()


def test_the_report_leads_to_the_explanation(as_role: SignIn, project: int) -> None:
    searched.record("lò <gạch>", "en", 0)
    client = as_role(Role.EDITOR)
    (line,) = client.get(reverse("searched_words:report")).context["lines"]
    assert line.why_url == address("lò <gạch>", "en")
    answer = client.get(line.why_url)
    assert (answer.context["q"], answer.context["language"]) == ("lò <gạch>", "en")


def test_a_document_that_the_search_does_not_find(as_role: SignIn, project: int) -> None:
    answer = page(as_role(Role.EDITOR), q="hồ", locale="vi", about=f"project:{project}:vi")
    assert not answer.context["about"].hit.found
    assert answer.context["about"].parts[0][1]


def test_without_an_engine_it_says_so(as_role: SignIn, project: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    client = as_role(Role.EDITOR)
    monkeypatch.setattr(type(engines.current()), "search", down)
    assert page(client, q="cầu").context["problem"]
    monkeypatch.setattr(engines, "current", lambda: None)
    answer = page(client, q="cầu")
    assert answer.context["problem"]
    assert 'value="cầu"' in answer.content.decode()


def test_too_many_are_refused(as_role: SignIn, project: int, settings: Any) -> None:
    settings.TN_LIMITS = settings.TN_LIMITS | {"search.person": (1, 60)}
    client = as_role(Role.EDITOR)
    page(client, q="cầu")
    assert client.get(reverse("try_search:try"), {"q": "cầu"}).status_code == 429
