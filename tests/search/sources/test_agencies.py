"""Agencies are suggested while they take tickets, and lead to where they help most."""

import pytest

from accounts.models import Agency
from search import sync
from search.engines.base import Engine, Kind, SearchQuery
from search.finding import complete
from search.sources.agencies import agency_documents, agency_ids
from tests.factories.issues import make_agency
from tests.issues.queries.test_answer_search import make_answer
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


def suggested(engine: Engine, text: str, locale: str = "vi") -> list[str]:
    sync.drain()
    return [hit.title for hit in complete(engine, text, SearchQuery(locale=locale, kinds=(Kind.AGENCY,)))]


def test_names_and_abbreviation_in_both_languages(engine: Engine) -> None:
    agency = make_agency("SXD", name_vi="Sở Xây dựng", name_en="Department of Construction", abbr="SXD")
    for text in ("so xay dung", "SXD", "construction"):
        assert suggested(engine, text) == ["Sở Xây dựng"]
        assert suggested(engine, text, "en") == ["Department of Construction"]
    agency.name_vi = "Sở Kiến trúc"
    agency.save()
    assert suggested(engine, "kien truc") == ["Sở Kiến trúc"]


def test_one_that_takes_no_tickets_is_not_suggested(engine: Engine) -> None:
    agency = make_agency("SXD", name_vi="Sở Xây dựng")
    assert suggested(engine, "xay dung")
    agency.stage = Agency.Stage.OFF
    agency.save()
    assert suggested(engine, "xay dung") == []
    assert agency_ids() == []


def url(agency: Agency) -> str:
    return next(one.url for one in agency_documents([agency.pk]) if one.locale == "vi")


def test_it_leads_to_where_something_is(db: None) -> None:
    agency = make_agency("SXD", name_vi="Sở")
    assert url(agency) == "/vi/answers/?agency=SXD"
    project = make_project("HN-1", "Chợ", contact_agency=agency)
    assert url(agency) == "/vi/projects/?q=S%E1%BB%9F"
    project.ward = agency
    project.save()
    assert url(agency) == "/vi/projects/?ward=SXD"
    make_answer("Hoàn thuế", agency=agency)
    assert url(agency) == "/vi/answers/?agency=SXD"
