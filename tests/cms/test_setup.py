import pytest
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage, ProjectIndexPage, SiteWords
from cms.setup import setup_site

PAGES = {
    "vi": ["", "projects/", "huong-dan/", "gioi-thieu/", "quy-che/", "nop-tai-phuong-xa/", "cach-doc-thanh-ngay/",
           "kha-nang-tiep-can/"],
    "en": ["", "projects/", "guide/", "about/", "rules/", "filing-at-a-ward/", "how-to-read-the-day-bar/",
           "accessibility/"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "path"), [(lang, path) for lang, paths in PAGES.items() for path in paths])
def test_every_first_page_answers_in_its_language(site, client, language: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1


def test_a_second_run_changes_nothing(site) -> None:
    page = ContentPage.objects.get(slug="gioi-thieu")
    page.title = "Chúng tôi"
    page.save_revision().publish()
    before = Page.objects.count()
    again = setup_site()
    assert (Page.objects.count(), again.pk) == (before, site.pk)
    assert ContentPage.objects.get(pk=page.pk).title == "Chúng tôi"
    assert (Site.objects.count(), SiteWords.objects.count()) == (1, 1)


@pytest.mark.parametrize("model", [HomePage, ProjectIndexPage, ContentPage])
def test_every_page_has_its_translation(site, model) -> None:
    for page in model.objects.filter(locale__language_code="vi"):
        assert page.get_translations().get().locale.language_code == "en"


def test_the_tree_is_sound(site) -> None:
    assert Page.find_problems() == ([], [], [], [], [])
