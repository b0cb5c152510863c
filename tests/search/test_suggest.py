"""Completing what is typed."""

from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from accounts.models import Agency
from investment.catalogue import suggest
from investment.models import Sector
from search import engines, rebuilding, sync
from search.engines.base import Engine, EngineUnavailable
from tests.search.conftest import make_content_page, make_project, make_project_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects(engine: Engine, site: None) -> None:
    ward = Agency.objects.create(code="00004", name_vi="UBND phường Ba Đình", level=Agency.Level.WARD)
    facts: list[dict[str, Any]] = [
        {"code": "HN-901", "name": "Khu công nghiệp Đông Anh", "sector": "industrial_infra", "province": "Hà Nội"},
        {"code": "HN-902", "name": "KCN Quang Minh", "sector": "industrial_infra", "province": "Hà Nội", "ward": ward},
        {"code": "DN-901", "name": "Nhà máy nước Hòa Liên", "sector": "water", "province": "Đà Nẵng"},
        {"code": "HN-903", "name": "Trạm cấp nước", "sector": "water", "province": "Hà Nội", "place": "xã Đông Anh"},
    ]
    for number, fact in enumerate(facts):
        project = make_project(capital_vnd_billion=(number + 1) * 1000, area_ha=10 * number + 1, **fact)
        make_project_page(project, title=fact["name"], summary=f"Dự án số {number} < đủ >")
    rebuilding.rebuild(engine)


def _down(*args: Any, **kwargs: Any) -> None:
    raise EngineUnavailable("down")


@pytest.mark.usefixtures("projects")
class TestSuggest:
    def found(self, q: str) -> list[tuple[str, str]]:
        return [(s.kind, s.text) for s in suggest(q, 8, "vi")]

    def test_titles_places_and_sectors(self) -> None:
        assert ("project", "Khu công nghiệp Đông Anh") in self.found("khu công ng")
        assert ("place", "Hà Nội") in self.found("ha n")
        assert ("place", "phường Ba Đình") in self.found("ba đ")
        assert any(kind == "sector" for kind, _ in self.found(str(_sector_label())[:5]))

    @pytest.mark.parametrize(
        ("q", "marked"),
        [
            ("dong a", "Khu công nghiệp <mark>Đông</mark> <mark>A</mark>nh"),
            ("Đông Anh", "Khu công nghiệp <mark>Đông</mark> <mark>Anh</mark>"),
            ("khu công ng", "<mark>Khu</mark> <mark>công</mark> <mark>ng</mark>hiệp Đông Anh"),
        ],
    )
    def test_what_was_typed_is_marked(self, q: str, marked: str) -> None:
        assert marked in [s.marked for s in suggest(q, 8, "vi")]

    def test_pages_are_suggested(self) -> None:
        make_content_page("Zqx nộp hồ sơ")
        sync.drain()
        assert ("page", "Zqx nộp hồ sơ") in self.found("zq")

    def test_addresses_lead_there(self) -> None:
        [place] = [s for s in suggest("đà nẵ", 8, "vi") if s.kind == "place"]
        assert place.url == "/vi/projects/?province=%C4%90%C3%A0+N%E1%BA%B5ng"

    @pytest.mark.parametrize("q", ["", " ", '"', "\x00", "😀", "a" * 10_000])
    def test_nothing_to_complete(self, q: str) -> None:
        assert self.found(q) == []

    def test_the_engine_down(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(engines.current()), "suggest", _down)
        assert ("project", "Khu công nghiệp Đông Anh") in self.found("đông anh")

    def test_queries(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(3 if connection.vendor == "sqlite" else 1):  # groups of words; ranked rows, rows
            suggest("khu", 8, "vi")


def _sector_label() -> str:
    with override("vi"):
        return str(Sector.WATER.label)
