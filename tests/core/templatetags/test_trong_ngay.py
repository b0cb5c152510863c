"""The template tag library."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from core import clock

NOW = datetime(2026, 11, 18, 8, 20, tzinfo=UTC)


def _render(source: str, language: str = "vi", **context) -> str:
    request = context.pop("request", None) or RequestFactory().get("/vi/projects/?q=cau&page=2")
    with translation.override(language), clock.at(NOW):
        template = engines["django"].from_string("{% load trong_ngay %}" + source)
        return template.render({"request": request, **context}, None).strip()


def test_icon_is_hidden_unless_it_speaks():
    assert 'aria-hidden="true"' in _render('{% icon "alarm" %}')
    assert 'role="img" aria-label="&lt;late&gt;"' in _render('{% icon "alarm" label %}', label="<late>")


def test_unknown_facts_are_said():
    assert _render("{% money None None %}") == '<span class="blank">chưa công bố</span>'
    assert _render("{% area None %}", "en") == '<span class="blank">not published</span>'
    assert _render("{{ ''|or_blank }}") == '<span class="blank">chưa công bố</span>'
    assert _render("{% money 8000 %}") == '<span class="num">8.000 tỷ đồng</span>'


def test_time_follows_the_language_and_the_person():
    person = SimpleNamespace(time_format="12")
    assert _render("{% local_moment at %}", at=NOW).endswith(">15:20 hôm nay</time>")
    assert _render("{% local_moment at %}", "en", at=NOW, user=person).endswith(">3:20 PM today</time>")
    assert 'datetime="2026-11-18T08:20:00+00:00"' in _render("{% local_date at %}", at=NOW)


def test_query_replaces_and_removes():
    assert _render("{% query page=3 %}") == "q=cau&amp;page=3"
    assert _render("{% query page=None sector=many %}", many=["a", "b"]) == "q=cau&amp;sector=a&amp;sector=b"


def test_a_page_leads_to_its_translations_and_else_home():
    class Page:
        def get_translations(self, inclusive):
            return self

        def live(self):
            return self

        def select_related(self, _name):
            return [SimpleNamespace(locale=SimpleNamespace(language_code="vi"), get_url=lambda _request: "/vi/du-an/")]

    source = "{% language_links as links %}{% for l in links %}{{ l.url }} {% endfor %}"
    assert _render(source, page=Page()) == "/vi/du-an/?q=cau /en/"
    assert _render(source, page=Paginator([], 1).page(1)) == "/vi/projects/?q=cau /en/projects/?q=cau"


def test_a_page_may_write_the_kept_query_in_its_own_way():
    source = "{% language_links as links %}{% for l in links %}{{ l.url }} {% endfor %}"
    assert _render(source, kept_query="tab=all") == "/vi/projects/?tab=all /en/projects/?tab=all"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Cán bộ TC-2", "TC"), ("Điều phối viên 1", "ĐP"), ("an@example.com", "AE"), ("", "?"), ("Nguyễn", "N")],
)
def test_initials(name, letters):
    assert _render("{{ name|initials }}", name=name) == letters


def test_pagination_keeps_the_search():
    page = Paginator(range(200), 10).page(2)
    html = _render('{% include "components/pagination.html" %}', "en", page_obj=page)
    assert 'href="?q=cau&amp;page=3"' in html
    current = BeautifulSoup(html, "html.parser").select_one("[aria-current=page]")
    assert current is not None
    assert current.text.strip() == "2"
    assert "…" in html
