"""A language answers in its own words, or not at all."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage
from cms.setup import project_index

pytestmark = pytest.mark.usefixtures("site")
OTHER = {"en": "vi", "vi": "en"}
CONTENT = {"en": "guide", "vi": "huong-dan"}


def home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_unpublished_home_page_is_missing_in_its_language_alone(client: Client, language: str) -> None:
    home(language).unpublish()
    missing = client.get(f"/{language}/")
    assert missing.status_code == 404
    assert f'<html lang="{language}"' in missing.content.decode()
    assert f'class="btn btn-primary" href="/{OTHER[language]}/"' in missing.content.decode()
    assert home(OTHER[language]).opening_title not in missing.content.decode()
    assert client.get(f"/{OTHER[language]}/").status_code == 200
    assert client.get(f"/{language}/{CONTENT[language]}/").status_code == 200  # its pages are published still
    assert client.get(f"/{language}/{CONTENT[OTHER[language]]}/").status_code == 404
    home(language).save_revision().publish()
    assert client.get(f"/{language}/").status_code == 200


def test_a_home_page_that_was_deleted(client: Client) -> None:
    home("en").delete()
    assert client.get("/en/").status_code == 404
    assert client.get("/en/huong-dan/").status_code == 404
    assert client.get("/vi/").status_code == 200


@pytest.mark.parametrize("language", ["en", "vi"])
def test_with_the_pages_below_it(client: Client, language: str) -> None:
    for page in home(language).get_descendants(inclusive=True):
        page.specific.unpublish()
    for path in ("", "projects/", f"{CONTENT[language]}/", f"{CONTENT[OTHER[language]]}/"):
        assert client.get(f"/{language}/{path}").status_code == 404
    assert client.get(f"/{OTHER[language]}/{CONTENT[OTHER[language]]}/").status_code == 200
    assert client.get(f"/{language}/tickets/new/").status_code != 404


def test_an_unpublished_translation_is_missing(client: Client) -> None:
    ContentPage.objects.get(slug="guide").unpublish()
    assert client.get("/en/guide/").status_code == 404
    assert 'href="/en/guide/"' not in client.get("/vi/huong-dan/").content.decode()


def test_the_site_may_begin_with_either_language(client: Client) -> None:
    Site.objects.update(root_page=Page.objects.get(pk=home("en").pk))
    for language in ("en", "vi"):
        assert client.get(f"/{language}/{CONTENT[language]}/").status_code == 200


def test_an_alias_in_another_language_is_not_shown(client: Client) -> None:
    """As “Sync from” of a locale makes them: a page of the other language under an address of this one."""
    source = ContentPage.objects.get(slug="quy-che")
    ContentPage.objects.get(slug="rules").delete()
    source.copy_for_translation(project_index("en").locale, alias=True)
    assert client.get("/vi/quy-che/").status_code == 200
    assert client.get("/en/quy-che/").status_code == 404
    assert "/en/quy-che/" not in client.get("/vi/quy-che/").content.decode()
    assert "/en/quy-che/" not in client.get("/en/").content.decode()
