"""An editor sees that the source of a translation has changed: in lists, above the editor and in a report."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from accounts import groups
from accounts.models import Role
from cms import translations
from cms.models import ContentPage
from cms.setup import setup_site
from tests.factories.issues import make_user

pytestmark = pytest.mark.usefixtures("site")
CHANGED = "the source has changed"
NOTICE = "has changed since this translation was compared with it"


def signed_in(role: Role = Role.EDITOR) -> Client:
    groups.ensure_groups()
    user = make_user(role)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    groups.apply_to([user])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def pair() -> tuple[ContentPage, ContentPage]:
    return ContentPage.objects.get(slug="quy-che"), ContentPage.objects.get(slug="rules")


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def change(page: Page, title: str = "Quy chế mới") -> None:
    page.title = title
    page.save_revision().publish()


def test_every_starting_page_is_a_translation_of_its_source() -> None:
    for page in Page.objects.filter(locale__language_code="en", depth__gt=1):
        row = Translation.objects.get(source__object_id=page.translation_key)
        assert (row.source.locale.language_code, row.target_locale) == ("vi", page.locale)
        assert row.get_target_instance().pk == page.pk
        assert not row.enabled  # its words are edited as those of any page
    before = Translation.objects.count()
    setup_site()
    assert Translation.objects.count() == before > 7


def test_nothing_has_changed_at_first(pair: tuple[ContentPage, ContentPage]) -> None:
    client = signed_in()
    assert NOTICE not in text(client.get(edit(pair[1])))
    assert CHANGED not in text(client.get(reverse("wagtailadmin_explore", args=(pair[1].get_parent().pk,)))).lower()
    report = text(client.get(reverse("cms_translations:report")))
    assert "Rules for taking proposals" in report
    assert "Quy chế" in report
    assert "Up to date" in report
    assert CHANGED not in report.lower().replace("the source has changed:", "").split("</form>")[-1]


def test_a_changed_source_is_seen_until_somebody_has_compared(pair: tuple[ContentPage, ContentPage]) -> None:
    client, (source, target) = signed_in(), pair
    change(source)
    explorer = reverse("wagtailadmin_explore", args=(target.get_parent().pk,))
    compared = reverse("cms_translations:compared", args=(target.pk,))
    shown = text(client.get(edit(target)))
    assert NOTICE in shown
    assert compared in shown
    assert edit(source) in shown
    assert NOTICE not in text(client.get(edit(source)))
    assert f"Rules for taking proposals ({CHANGED})" in text(client.get(explorer))
    changed = client.get(reverse("cms_translations:report"), {"changed": "true"})
    assert [row.target_page for row in changed.context["object_list"]] == [target.pk]
    differences = client.get(compared).context["changes_url"]
    assert "Quy chế mới" in text(client.get(differences))
    client.post(compared)
    for address in (edit(target), explorer):
        assert CHANGED not in text(client.get(address))
        assert NOTICE not in text(client.get(address))
    assert not client.get(reverse("cms_translations:report"), {"changed": "true"}).context["object_list"]
    change(source, "Quy chế lần ba")
    assert NOTICE in text(client.get(edit(target)))


def test_a_draft_of_the_source_changes_nothing_yet(pair: tuple[ContentPage, ContentPage]) -> None:
    source, target = pair
    source.title = "Nháp"
    source.save_revision()
    assert NOTICE not in text(signed_in().get(edit(target)))


def test_what_would_lose_words_is_not_offered(pair: tuple[ContentPage, ContentPage]) -> None:
    shown = text(signed_in(Role.ADMIN).get(edit(pair[1])))
    assert "localize-convert-to-alias" not in shown
    assert "localize-restart-translation" not in shown
    assert "action-publish" in shown


def test_only_who_edits_pages(pair: tuple[ContentPage, ContentPage]) -> None:
    compared = reverse("cms_translations:compared", args=(pair[1].pk,))
    coordinator = signed_in(Role.COORDINATOR)
    for address in (reverse("cms_translations:report"), compared):
        assert coordinator.get(address).status_code == 302  # Wagtail sends back to its start, with a message
    change(pair[0])
    coordinator.post(compared)
    assert NOTICE in text(signed_in().get(edit(pair[1])))


def test_a_page_that_is_no_translation(pair: tuple[ContentPage, ContentPage]) -> None:
    client = signed_in()
    assert client.get(reverse("cms_translations:compared", args=(pair[0].pk,))).status_code == 302
    assert client.get(reverse("cms_translations:compared", args=(999_999,))).status_code == 404
    Page.objects.get(pk=pair[0].pk).delete()  # a source that is gone changes nothing
    assert NOTICE not in text(client.get(edit(pair[1])))
    assert client.get(reverse("cms_translations:report")).status_code == 200


def test_the_report_stands_in_the_menu_once_and_can_be_exported(pair: tuple[ContentPage, ContentPage]) -> None:
    client = signed_in()
    change(pair[0])
    home = text(client.get(reverse("wagtailadmin_home")))
    assert home.count(reverse("cms_translations:report")) == 1
    assert reverse("wagtail_localize:translations_report") not in home
    report = client.get(reverse("cms_translations:report"), {"export": "csv"})
    assert report.status_code == 200
    assert "Quy chế mới" in b"".join(report.streaming_content).decode()


def test_the_list_costs_no_query_a_page(pair: tuple[ContentPage, ContentPage], django_assert_num_queries: Any) -> None:
    change(pair[0])
    with translation.override("en"), django_assert_num_queries(1):
        pages = list(translations.mark_changed(ContentPage.objects.all()))
        titles = [page.get_admin_display_title() for page in pages]
    assert [title for title in titles if title.endswith(f"({CHANGED})")] == [f"Rules for taking proposals ({CHANGED})"]
