import pytest

from investment.models import ProjectStatus, ProjectStep
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db
FIELDS = {
    "code", "title", "summary", "sector", "province", "place", "area_ha", "capital_vnd_billion",
    "capital_usd_million", "investment_form", "status", "contact_agency", "confirmed_on", "url", "highlight",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _database_only(monkeypatch) -> None:
    monkeypatch.setattr("investment.catalogue._search_backend", None)
    monkeypatch.setattr("investment.catalogue._suggest_backend", None)


def test_the_list_has_what_the_contract_says(client) -> None:
    make_project(code="A", capital_vnd_billion="500.5")
    data = client.get("/api/v1/projects").json()
    assert set(data) >= {"count", "page", "page_size", "engine", "results", "facets"}
    assert set(data["facets"]) >= {"sector", "province", "form", "status", "capital"}
    (result,) = data["results"]
    assert set(result) >= FIELDS
    assert (result["capital_vnd_billion"], result["area_ha"], result["contact_agency"]) == (500.5, None, None)
    assert data["facets"]["province"] == [{"value": "Hà Nội", "label": "Hà Nội", "count": 1}]


def test_language_of_titles_and_labels(client) -> None:
    make_project(name_vi="Cầu", name_en="Bridge")
    data = client.get("/api/v1/projects?locale=en").json()
    assert data["results"][0]["title"] == "Bridge"
    assert data["facets"]["sector"][0]["label"] == "Transport"


def test_past_the_last_page_there_is_nothing(client) -> None:
    make_project()
    data = client.get("/api/v1/projects?page=7").json()
    assert (data["count"], data["page"], data["results"]) == (1, 7, [])


@pytest.mark.parametrize(
    "query",
    ["sector=x", "status=x", "form=x", "sort=x", "page=0", "page_size=101", "capital_min=x", "ward=x", "locale=fr"],
)
def test_a_wrong_filter_is_a_problem_that_names_it(client, query: str) -> None:
    response = client.get(f"/api/v1/projects?{query}")
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    assert set(response.json()["errors"]) == {query.partition("=")[0]}


def test_one_project_with_its_steps(client) -> None:
    project = make_project(code="HN-1", confirmed_on=None)
    ProjectStep.objects.create(project=project, order=1, name_vi="Giải phóng mặt bằng", kind="site_clearance")
    data = client.get("/api/v1/projects/hn-1").json()
    assert data["confirmation_due_on"] is None
    assert [step["kind"] for step in data["steps"]] == ["site_clearance"]


@pytest.mark.parametrize("status", [ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN, ProjectStatus.STALE])
def test_what_is_not_listed_is_not_there(client, status: ProjectStatus) -> None:
    make_project(code="HN-1", status=status)
    assert client.get("/api/v1/projects/HN-1").status_code == 404
    assert client.get(f"/api/v1/projects?status={status}").json()["count"] == 0


@pytest.mark.parametrize("code", ["none", "%00", "a%2Fb", "%F0%9F%8F%97"])
def test_unknown_codes(client, code: str) -> None:
    response = client.get(f"/api/v1/projects/{code}")
    assert response.status_code in (400, 404)


def test_suggestions(client) -> None:
    make_project(code="A", name_vi="Cầu Trần Hưng Đạo")
    assert client.get("/api/v1/suggest?q=tran hung").json() == {
        "suggestions": [{"text": "Cầu Trần Hưng Đạo", "kind": "project", "url": "/vi/projects/"}]
    }
    assert client.get("/api/v1/suggest").json() == {"suggestions": []}


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(client, django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        make_project()
    with django_assert_num_queries(3):
        client.get("/api/v1/projects")
