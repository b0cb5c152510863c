import re

import pytest
from django.core.cache import caches
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage, ProjectIndexPage, SiteWords
from cms.setup import setup_site
from issues import policies
from issues.models import TargetSetting

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
    assert not re.search(r"\{[a-z_]{4,}\}", html), "a limit is not filled in"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/vi/", "<b>45 phút</b>"),
        ("/en/", "<b>45 min</b>"),
        ("/vi/quy-che/", "Tiếp nhận: 45 phút làm việc."),
        ("/en/rules/", "Acceptance: 45 min of working time."),
        ("/vi/quy-che/", "mở lại trong 7 ngày làm việc nếu"),
        ("/en/about/", "After 3 returns the coordinator decides"),
    ],
)
def test_the_first_words_follow_the_settings(site, client, monkeypatch, path: str, said: str) -> None:
    monkeypatch.setattr(policies, "REOPEN_WITHIN_WORKING_DAYS", 7)
    monkeypatch.setattr(policies, "RETURNS_BEFORE_COORDINATOR", 3)
    TargetSetting.objects.filter(clock="acceptance").update(target={"type": "working_time", "minutes": 45})
    caches["process"].delete("targets")
    assert said in client.get(path).content.decode()


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
