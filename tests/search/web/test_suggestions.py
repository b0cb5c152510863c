import pytest
from django.test import Client

from investment.catalogue import Suggestion
from search.web import suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Suggestion("Cầu <Đuống>", "project", "/vi/projects/cau/?a=1&b=2", "<mark>Cầu</mark> &lt;Đuống&gt;"),
        Suggestion("Cầu Giấy <b>", "place", "/vi/projects/?ward=1"),
        Suggestion("Sổ tay", "page", "/vi/so-tay/"),
        Suggestion("?", "unheard-of", "/"),
    ]
    monkeypatch.setattr(suggestions, "suggest", lambda q, most, locale: found)


def part(client: Client, language: str = "en", **asked: str) -> str:
    response = client.get(f"/{language}/search/suggest/", asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.usefixtures("_found")
class TestOptions:
    def test_groups_stand_in_the_order_of_the_kinds(self, client: Client) -> None:
        html = part(client, q="cau")
        assert html.index("Places") < html.index("Projects") < html.index("Pages")
        assert html.count('role="option"') == 3
        assert "3 suggestions; choose with the arrow keys" in html

    def test_texts_are_escaped_and_matches_marked(self, client: Client) -> None:
        html = part(client, q="cau")
        assert "<span><mark>Cầu</mark> &lt;Đuống&gt;</span>" in html
        assert "<span>Cầu Giấy &lt;b&gt;</span>" in html
        assert 'data-url="/vi/projects/cau/?a=1&amp;b=2"' in html

    @pytest.mark.parametrize(
        ("asked", "used"),
        [("q-list", "q-list"), ("", "suggestions"), ('"><script>', "suggestions"), ("a" * 99, "suggestions")],
    )
    def test_ids_follow_from_the_id_of_the_listbox(self, client: Client, asked: str, used: str) -> None:
        html = part(client, q="cau", id=asked)
        assert f'id="{used}-o1"' in html
        assert f'aria-labelledby="{used}-g1"' in html
        assert "<script" not in html

    def test_nothing_typed_gives_nothing(self, client: Client) -> None:
        assert "role=" not in part(client, q="  ")


def test_nothing_found_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "suggest", lambda q, most, locale: [])
    assert "No suggestions" in part(client, q="xyzzy")


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/vi/search/suggest/").status_code == 405
