"""Error pages: right status, both languages, no database."""

import pytest
from django.test import Client, RequestFactory

from core import views


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.permission_denied, 403),
        (views.page_not_found, 404),
        (views.too_large, 413),
        (views.too_many, 429),
        (views.csrf_failure, 403),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_error_page_without_database(view, status, language):
    response = view(RequestFactory().get(f"/{language}/somewhere/"))
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in html
    assert f'href="/{"en" if language == "vi" else "vi"}/"' in html
    assert "<h1" in html
    assert "Traceback" not in html


def test_server_error_page():
    assert views.server_error(RequestFactory().get("/vi/")).status_code == 500


def test_too_many_says_when_to_come_back():
    assert views.too_many(RequestFactory().get("/vi/")).headers["Retry-After"] == "60"


def test_language_without_a_prefix_is_the_browsers():
    request = RequestFactory().get("/nowhere", HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="en">' in views.page_not_found(request).content.decode()


@pytest.mark.django_db
def test_missing_page_and_missing_csrf_token():
    response = Client().get("/vi/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "/vi/projects/" in response.content.decode()
    assert Client(enforce_csrf_checks=True).post("/vi/account/login/", {}).status_code == 403
