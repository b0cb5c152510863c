from typing import Any

import pytest
from django.test import Client

from search import engines, sync
from search.engines.base import Engine, EngineUnavailable
from tests.search.conftest import make_content_page, make_project, make_project_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def _content(engine: Engine, site: None) -> None:
    make_project_page(make_project("HN-900", "Cầu zqx <b>"), summary="Qua sông")
    make_content_page("Sổ tay zqx", summary="Từng bước")
    sync.drain()


def page(client: Client, **asked: Any) -> str:
    response = client.get("/vi/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("_content")
class TestPage:
    def test_projects_and_pages_together(self, client: Client) -> None:
        html = page(client, q="zqx")
        assert "Cầu <mark>zqx</mark> &lt;b&gt;" in html
        assert "Sổ tay <mark>zqx</mark>" in html

    def test_one_kind(self, client: Client) -> None:
        html = page(client, q="zqx", kind="page")
        assert "Sổ tay" in html
        assert "Cầu" not in html

    def test_only_in_the_language_of_the_page(self, client: Client) -> None:
        assert "Sổ tay" not in client.get("/en/search/", {"q": "zqx"}).content.decode()

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"q": ""},
            {"q": '"><script>alert(1)</script>'},
            {"q": "a" * 5_000},
            {"q": "zqx", "page": "-1"},
            {"q": "zqx", "page": "99999999999999999999"},
            {"q": "zqx", "page": "x"},
            {"q": "zqx", "kind": "nothing"},
        ],
    )
    def test_anything_may_be_asked(self, client: Client, asked: dict[str, str]) -> None:
        assert "<script>alert" not in page(client, **asked)

    def test_the_engine_down(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def down(*args: Any) -> None:
            raise EngineUnavailable("down")

        monkeypatch.setattr(type(engines.current()), "search", down)
        html = page(client, q="zqx")
        assert "<mark>zqx</mark>" in html
        assert "Sổ tay" not in html

    def test_posting_is_refused(self, client: Client) -> None:
        assert client.post("/vi/search/").status_code == 405


@pytest.mark.usefixtures("_content")
class TestWaysOn:
    def test_before_anything_is_typed_there_are_examples(self, client: Client) -> None:
        html = client.get("/en/search/").content.decode()
        assert 'href="?q=industrial%20park"' in html
        assert 'href="/en/answers/"' in html

    def test_nothing_found_leads_on(self, client: Client) -> None:
        html = page(client, q="qqwwx <i>")
        assert "qqwwx &lt;i&gt;" in html
        assert 'href="/vi/projects/"' in html
        assert 'href="/vi/tickets/new/"' in html

    def test_a_word_that_is_nowhere_is_named(self, client: Client) -> None:
        html = client.get("/vi/search/", {"q": "zqx qqwwx"}).content.decode()
        assert "“qqwwx”" in html
        assert "<mark>zqx</mark>" in html

    def test_positions_count_over_all_pages(self, client: Client) -> None:
        assert [f'data-position="{n}"' in page(client, q="zqx") for n in (1, 2, 3)] == [True, True, False]

    def test_the_other_language_keeps_the_words_and_the_kind(self, client: Client) -> None:
        html = page(client, q="zqx", kind="page", page="7")
        assert 'href="/en/search/?q=zqx&amp;kind=page"' in html


def test_every_page_can_be_searched_from(client: Client, site: None) -> None:
    for path in ("/vi/", "/vi/answers/", "/vi/transparency/", "/vi/account/login/", "/vi/search/"):
        assert 'action="/vi/search/"' in client.get(path).content.decode(), path


@pytest.mark.usefixtures("_content")
def test_a_correction_is_said_as_the_results_write_it(client: Client) -> None:
    make_content_page("Industrial parks", locale="en")
    sync.drain()
    html = client.get("/en/search/", {"q": "indusrtial"}).content.decode()
    assert "Nothing for “indusrtial”; showing 1 for “industrial”." in html
    assert "for “industrial”" in html
