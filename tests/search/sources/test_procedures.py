"""A procedure is found by its name, says agency and limit, and leads to the projects that have it."""

import pytest

from investment.models import ProjectStep
from search import sync
from search.engines.base import Engine, Hit, Kind, SearchQuery
from search.finding import complete
from search.sources.procedures import procedure_ids
from tests.factories.issues import make_agency
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


def suggested(engine: Engine, text: str, locale: str = "vi") -> list[Hit]:
    sync.drain()
    return complete(engine, text, SearchQuery(locale=locale, kinds=(Kind.PROCEDURE,)))


def make_step(code: str, **facts: object) -> ProjectStep:
    names = {"name_vi": "Giao đất, cho thuê đất", "name_en": "Land allocation, land lease"}
    return ProjectStep.objects.create(project=make_project(code, "Chợ"), order=1, **{**names, **facts})


def test_one_document_for_the_same_step_of_many_projects(engine: Engine) -> None:
    agency = make_agency("SNN", name_vi="Sở Nông nghiệp", name_en="Department of Agriculture")
    for number in range(3):
        make_step(f"HN-{number}", agency=agency, limit_working_days=20)
    (hit,) = suggested(engine, "giao dat")
    assert (hit.title, hit.summary) == ("Giao đất, cho thuê đất", "Sở Nông nghiệp · 20 ngày làm việc")
    assert hit.url.startswith("/vi/projects/?q=Giao")
    (hit,) = suggested(engine, "land lease", "en")
    assert hit.summary == "Department of Agriculture · 20 working days"
    assert suggested(engine, "giao dat", "en")[0].title == "Land allocation, land lease"


def test_it_goes_with_the_last_step(engine: Engine) -> None:
    step = make_step("HN-1")
    assert suggested(engine, "giao dat")
    step.name_vi, step.name_en = "Đấu giá", ""
    step.save()
    assert suggested(engine, "giao dat") == []
    assert [hit.title for hit in suggested(engine, "dau gia")] == ["Đấu giá"]
    step.project.withdraw()
    step.project.save()
    assert suggested(engine, "dau gia") == []
    assert procedure_ids() == []
