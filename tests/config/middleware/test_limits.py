"""What a page answers at a limit, and that a quick person never meets one."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.issues import make_user

pytestmark = pytest.mark.django_db


def only(settings: Any, name: str, count: int) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, name: (count, settings.TN_LIMITS[name][1])}


@pytest.mark.parametrize(("language", "said"), [("en", "Too many requests. Wait"), ("vi", 'lang="vi"')])
def test_forms_of_one_address(settings: Any, language: str, said: str) -> None:
    only(settings, "write.address", 2)
    sent = {"title": 'Nhà "xưởng" <b>', "body": "Dòng một\nDòng hai", "password": "secret-word"}
    url = f"/{language}/tickets/new/preview/"
    assert [Client().post(url, sent).status_code for _ in range(2)] == [200, 200]
    response = Client().post(url, sent)
    page = response.content.decode()
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert said in page
    # Nothing typed is lost: the same form, to be sent again.
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert html.unescape(fields["title"]) == sent["title"]
    assert html.unescape(fields["body"]) == sent["body"]
    assert f'action="{url}"' in page
    assert fields["csrfmiddlewaretoken"]
    assert "secret-word" not in page
    assert Client().post(url, sent, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_what_was_typed_can_be_sent_again(settings: Any) -> None:
    only(settings, "write.address", 1)
    client, url = Client(enforce_csrf_checks=True), "/en/follow/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(url).content.decode())
    assert token
    sent = {"code": "KN-2026-0001", "tax_code": "1", "csrfmiddlewaretoken": token[1]}
    client.post(url, sent)
    page = client.post(url, sent).content.decode()
    only(settings, "write.address", 9)
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert client.post(url, again).status_code == 404  # read as before: no such codes


def test_a_script_that_keeps_what_is_typed_gets_a_sentence(settings: Any) -> None:
    only(settings, "write.address", 1)
    for _ in range(2):
        response = Client().post("/en/tickets/new/draft/", {"title": "x"}, headers={"Accept": "application/json"})
    assert response.status_code == 429
    assert response.json()["problem"].startswith("Too many requests.")
    assert response["Retry-After"]


def test_a_part_of_a_page_is_answered_by_a_part(settings: Any) -> None:
    only(settings, "search.address", 1)
    for _ in range(2):
        response = Client().get("/en/search/?q=x", headers={"HX-Request": "true"})
    assert response.status_code == 429
    assert "<html" not in response.content.decode()


def test_writing_calls_of_the_interface(settings: Any) -> None:
    only(settings, "write.person", 1)
    client = Client()
    client.force_login(make_user())
    for _ in range(2):
        response = client.post("/api/v1/tickets", {}, content_type="application/json")
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert (problem["status"], problem["code"], str(problem["retry_after"])) == (
        429, "too_many", response["Retry-After"],
    )  # fmt: skip
    assert client.get("/api/v1/tickets").status_code == 200


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("search", "/en/search/?q=nhà"),
        ("search", "/en/answers/?q=nhà"),
        ("search", "/api/v1/projects?q=nhà"),
        ("suggestion", "/api/v1/suggest?q=nh"),
        ("export", "/api/v1/projects.csv"),
        ("export", "/api/v1/projects.xlsx"),
        ("export", "/api/v1/projects.geojson"),
    ],
)
@pytest.mark.parametrize("who", ["address", "person"])
def test_reading_at_cost(settings: Any, name: str, path: str, who: str) -> None:
    only(settings, f"{name}.{who}", 2)
    client = Client()
    if who == "person":
        client.force_login(User.objects.create_user("an@example.com"))
    assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    refused = client.get(path)
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert Client().get(path, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_indices_as_a_file(settings: Any) -> None:
    only(settings, "export.address", 1)
    path = "/en/transparency/indices.csv"
    assert [Client().get(path).status_code for _ in range(2)] == [200, 429]
    assert Client().get(path, REMOTE_ADDR="203.0.113.9").status_code == 200


@pytest.mark.parametrize(
    ("path", "times"), [("/en/tickets/new/preview/", 60), ("/en/follow/", 10), ("/en/account/signup/", 10)]
)
def test_a_quick_person_passes(path: str, times: int) -> None:
    typed = {"title": "Nhà xưởng", "body": "Xin cấp phép."}
    assert 429 not in [Client().post(path, typed).status_code for _ in range(times)]


def test_typing_without_an_account(settings: Any) -> None:
    only(settings, "typing.address", 1)
    for _ in range(2):
        response = Client().post("/en/tickets/new/preview/", {"title": "x"}, headers={"HX-Request": "true"})
    assert response.status_code == 429
    assert 'id="promise"' in response.content.decode()
    assert response["Retry-After"]
    assert Client().get("/en/tickets/new/?title=x").status_code == 429
    assert Client().get("/en/tickets/new/").status_code == 200


@pytest.mark.parametrize(
    ("name", "path", "typed"),
    [
        ("token", "tokens/", {"name": "x"}),
        ("membership_request", "requests/", {"tax_code": "1", "name": "A"}),
    ],
)
def test_forms_of_the_account_page(settings: Any, name: str, path: str, typed: dict[str, str]) -> None:
    only(settings, f"{name}.person", 1)
    client = Client()
    client.force_login(User.objects.create_user("an@example.com"))
    assert client.post(f"/en/account/{path}", typed).status_code in (200, 302, 422)
    assert client.post(f"/en/account/{path}", typed).status_code == 429
