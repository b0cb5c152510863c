import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from core import navigation


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_more_main", [])
    monkeypatch.setattr(navigation, "_more_footer", [])


def _links(path: str, side: str = "public") -> dict[str, bool]:
    source = (
        "{% load trong_ngay %}{% main_navigation side as links %}"
        "{% for l in links %}{{ l.url }}|{{ l.is_current }} {% endfor %}"
    )
    with translation.override("en"):
        template = engines["django"].from_string(source)
        text = template.render({"request": RequestFactory().get(path), "side": side})
    return {url: current == "True" for url, current in (item.split("|") for item in text.split())}


def test_the_present_entry_is_marked_below_it_too():
    links = _links("/en/projects/HN-1/")
    assert links["/en/projects/"]
    assert sum(links.values()) == 1
    assert not any(_links("/en/account/").values())


def test_apps_add_entries_and_columns():
    navigation.register(
        main=lambda: [navigation.Entry("Guide", "guide/")],
        footer=lambda: [navigation.Column("Help", [navigation.Entry("Wards", "/en/wards/")])],
    )
    assert "/en/guide/" in _links("/en/")
    assert "/en/guide/" not in _links("/en/", "officer")
    assert [str(column.title) for column in navigation.footer_columns()][1] == "Help"
