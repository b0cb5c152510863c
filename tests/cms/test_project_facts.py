"""Facts of a project as its page shows them."""

import re

from cms.models import ProjectPage
from cms.project_facts import sources
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_agency


def html(client, page: ProjectPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_fact_sheet_prints_blanks(site, client) -> None:
    text = html(client, make_page(make_project(capital_vnd_billion="8690.426"), "en"))
    assert "VND 8,690.43 billion" in text
    for label in ("Place", "Area", "Form of investment", "Contact agency", "Legal basis"):
        assert re.search(rf"<dt>{label}</dt>\s*<dd>\s*<span", text), label


def test_sources_are_links_only_when_they_are_web_addresses() -> None:
    found = sources("VNS, 2024 — https://www.example.com/a?b=1 | Sổ tay — javascript:alert(1) | chỉ có chữ")
    assert [(source.text, source.host) for source in found] == [
        ("VNS, 2024", "example.com"),
        ("Sổ tay — javascript:alert(1)", ""),
        ("chỉ có chữ", ""),
    ]
    assert [source.url for source in found][1:] == ["", ""]
    assert sources("x — https://[bad") == sources("x — https://[bad")
    assert sources("") == []


def test_the_map_stands_where_the_place_is_known(site, client) -> None:
    make_agency("00004", level="ward", abbr="Ba Đình", latitude=21.03, longitude=105.83, area_km2=3)
    make_agency("00008", level="ward", abbr="Ngọc Hà", latitude=21.04, longitude=105.81, area_km2=3)
    assert "<svg viewBox" in html(client, make_page(make_project(latitude=21.03, longitude=105.83), "en"))
    assert 'class="ward"' not in html(client, make_page(make_project(), "en"))
