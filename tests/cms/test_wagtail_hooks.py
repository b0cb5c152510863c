"""What Wagtail offers here works here: moderation, comments, locks, copies, moves, privacy, bulk actions."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageSubscription

from accounts.models import Role
from cms.demo import load_project_pages
from cms.models import ContentPage, HomePage, ProjectIndexPage, ProjectPage
from search import engines, sync
from search.engines.base import Kind, SearchQuery
from search.finding import find
from tests.cms.editors import SignIn, edit_url, form_of, person_of
from tests.factories.investment import make_project


def admin_url(name: str, *args: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def status(path: str) -> int:
    return Client().get(path).status_code


def found(text: str, locale: str = "vi") -> bool:
    """Whether the search of the site finds a content page; without an engine the pages themselves are asked."""
    sync.drain()
    engine = engines.current()
    if engine is None:
        return ContentPage.objects.live().public().filter(title=text).exists()
    hits = find(engine, text, SearchQuery(kinds=(Kind.PAGE,), locale=locale)).result.hits
    return any(hit.title == text for hit in hits)


class AwayBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionError("away")


class TestModeration:
    def submit(self, client: Client, page: ContentPage) -> None:
        answer = client.post(edit_url(page), form_of(client, page, title="Quy chế sửa", **{"action-submit": "1"}))
        assert answer.status_code == 302

    def test_asked_approved_and_both_are_notified(self, as_role: SignIn, page: ContentPage) -> None:
        editor, publisher = as_role(Role.EDITOR), as_role(Role.PUBLISHER)
        self.submit(editor, page)
        assert [message.to for message in mail.outbox] == [[person_of(publisher).email]]
        task = page.current_workflow_task_state
        mail.outbox.clear()
        publisher.post(admin_url("workflow_action", page.pk, "approve", task.pk), {"comment": "Được"})
        assert ContentPage.objects.get(pk=page.pk).title == "Quy chế sửa"
        assert [message.to for message in mail.outbox] == [[person_of(editor).email]]

    def test_rejected(self, as_role: SignIn, page: ContentPage) -> None:
        editor, publisher = as_role(Role.EDITOR), as_role(Role.PUBLISHER)
        self.submit(editor, page)
        task = page.current_workflow_task_state
        mail.outbox.clear()
        publisher.post(admin_url("workflow_action", page.pk, "reject", task.pk), {"comment": "Sai số"})
        assert ContentPage.objects.get(pk=page.pk).title != "Quy chế sửa"
        assert "Sai số" in mail.outbox[0].body

    def test_a_mail_server_that_is_away_loses_nothing(self, as_role: SignIn, page: ContentPage, settings: Any) -> None:
        as_role(Role.PUBLISHER)
        settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
        self.submit(as_role(Role.EDITOR), page)
        assert page.current_workflow_state is not None


def test_a_comment_is_kept_and_mailed_to_who_follows_the_page(as_role: SignIn, page: ContentPage) -> None:
    editor, publisher = as_role(Role.EDITOR), as_role(Role.PUBLISHER)
    PageSubscription.objects.create(page=page, user=person_of(publisher), comment_notifications=True)
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": "Số này sai",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    assert editor.post(edit_url(page), form_of(editor, page, **comment)).status_code == 302
    assert page.wagtail_admin_comments.get().text == "Số này sai"
    assert [message.to for message in mail.outbox] == [[person_of(publisher).email]]
    assert "Số này sai" in mail.outbox[0].body


def test_a_locked_page_is_changed_by_nobody_else(as_role: SignIn, page: ContentPage) -> None:
    editor, publisher = as_role(Role.EDITOR), as_role(Role.PUBLISHER)
    publisher.post(admin_url("lock", page.pk))
    answer = editor.post(edit_url(page), form_of(editor, page, title="Trộm"))
    assert answer.status_code == 200
    assert page.get_latest_revision_as_object().title != "Trộm"
    assert page.title in publisher.get(reverse("wagtailadmin_reports:locked_pages")).content.decode()
    editor.post(admin_url("unlock", page.pk))
    assert ContentPage.objects.get(pk=page.pk).locked
    publisher.post(admin_url("unlock", page.pk))
    assert not ContentPage.objects.get(pk=page.pk).locked


class TestCopies:
    def copy(self, client: Client, page: Page, parent: Page, **more: str) -> Any:
        form = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": str(parent.pk)}
        return client.post(admin_url("copy", page.pk), form | more)

    def test_a_content_page(self, as_role: SignIn, page: ContentPage) -> None:
        self.copy(as_role(Role.PUBLISHER), page, page.get_parent(), publish_copies="on")
        assert status("/vi/ban-sao/") == 200
        assert found("Bản sao")

    def test_an_alias_follows_its_source(self, as_role: SignIn, page: ContentPage) -> None:
        self.copy(as_role(Role.PUBLISHER), page, page.get_parent(), alias="on")
        page.title = "Quy chế mới"
        page.save_revision().publish()
        assert "Quy chế mới" in Client().get("/vi/ban-sao/").content.decode()
        page.unpublish()
        assert status("/vi/ban-sao/") == 404

    @pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
    def test_not_into_another_language(self, as_role: SignIn, page: ContentPage, alias: dict[str, str]) -> None:
        english = HomePage.objects.get(locale__language_code="en")
        answer = self.copy(as_role(Role.PUBLISHER), page, english, publish_copies="on", **alias)
        assert "Choose a page of the same language." in answer.content.decode()
        assert status("/en/ban-sao/") == 404

    @pytest.mark.parametrize("model", [HomePage, ProjectIndexPage, ProjectPage])
    def test_what_stands_once_is_not_copied(self, as_role: SignIn, page: ContentPage, model: type[Page]) -> None:
        load_project_pages([make_project()], timezone.now())
        single = model.objects.filter(locale__language_code="vi").first()
        assert single is not None
        client = as_role(Role.ADMIN)
        shown = client.get(edit_url(single)).content.decode()
        assert admin_url("copy", single.pk) not in shown
        assert admin_url("copy", page.pk) in client.get(edit_url(page)).content.decode()
        before = Page.objects.count()
        self.copy(client, single, single.get_parent(), copy_subpages="on")
        assert Page.objects.count() == before


class TestMoves:
    def test_the_old_address_leads_to_the_new_one(
        self, as_role: SignIn, page: ContentPage, django_capture_on_commit_callbacks: Any
    ) -> None:
        target = ContentPage.objects.get(slug="huong-dan")
        as_role(Role.PUBLISHER).post(admin_url("move_confirm", page.pk, target.pk))
        moved = Client().get("/vi/quy-che/")
        assert (moved.status_code, moved["location"]) == (301, "/vi/huong-dan/quy-che/")
        english = ContentPage.objects.get(slug="rules")
        english.slug = "the-rules"
        with django_capture_on_commit_callbacks(execute=True):
            english.save_revision().publish()
        renamed = Client().get("/en/rules/?a=1")
        assert (renamed.status_code, renamed["location"]) == (301, "/en/the-rules/")

    def test_a_redirect_by_hand(self, as_role: SignIn, page: ContentPage) -> None:
        form = {"old_path": "/tin-cu", "site": "", "is_permanent": "on", "redirect_page": str(page.pk)}
        as_role(Role.ADMIN).post(reverse("wagtailredirects:add"), form | {"redirect_link": ""})
        for path in ("/tin-cu", "/tin-cu/"):
            answer = Client().get(path)
            assert (answer.status_code, answer["location"]) == (301, "/vi/quy-che/")

    def test_not_into_another_language(self, as_role: SignIn, page: ContentPage) -> None:
        english = HomePage.objects.get(locale__language_code="en")
        as_role(Role.PUBLISHER).post(admin_url("move_confirm", page.pk, english.pk))
        assert ContentPage.objects.get(pk=page.pk).get_parent().pk != english.pk
        assert status("/vi/quy-che/") == 200


class TestPrivacy:
    def restrict(self, client: Client, page: Page, **form: Any) -> None:
        assert client.post(admin_url("set_privacy", page.pk), {"groups": [], "password": ""} | form).status_code == 200

    def test_a_password(self, as_role: SignIn, page: ContentPage) -> None:
        assert "/vi/quy-che/" in Client().get("/vi/").content.decode()
        self.restrict(as_role(Role.PUBLISHER), page, restriction_type="password", password="mo-cua-1")
        reader = Client()
        closed = reader.get("/vi/quy-che/")
        assert 'class="masthead"' in closed.content.decode()  # with the look of the site
        assert page.summary not in closed.content.decode().split("<body")[1]
        assert "/vi/quy-che/" not in reader.get("/vi/").content.decode()  # the footer
        assert not found(page.title)
        wrong = {"password": "sai", "return_url": "/vi/quy-che/"}
        assert reader.post(closed.context["action_url"], wrong).status_code == 200
        reader.post(closed.context["action_url"], wrong | {"password": "mo-cua-1"})
        assert page.summary in reader.get("/vi/quy-che/").content.decode()
        self.restrict(as_role(Role.PUBLISHER), page, restriction_type="none")
        assert (status("/vi/quy-che/"), found(page.title)) == (200, True)

    def test_signing_in(self, as_role: SignIn, page: ContentPage) -> None:
        editor = as_role(Role.EDITOR)
        self.restrict(as_role(Role.PUBLISHER), page, restriction_type="login")
        answer = Client().get("/vi/quy-che/", follow=True)
        assert unquote(answer.redirect_chain[-1][0]) == "/vi/account/login/?next=/vi/quy-che/"
        assert editor.get("/vi/quy-che/").status_code == 200

    def test_groups(self, as_role: SignIn, page: ContentPage) -> None:
        publisher, editor = as_role(Role.PUBLISHER), as_role(Role.EDITOR)
        groups = [group.pk for group in person_of(publisher).groups.all()]
        self.restrict(publisher, page, restriction_type="groups", groups=groups)
        assert publisher.get("/vi/quy-che/").status_code == 200
        assert editor.get("/vi/quy-che/").status_code != 200


class TestManyAtATime:
    def bulk(self, client: Client, action: str, *pages: Page, **form: str) -> None:
        ids = "&".join(f"id={page.pk}" for page in pages)
        url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
        assert client.get(f"{url}?{ids}&next=/admin/").status_code == 200
        assert client.post(f"{url}?{ids}&next=/admin/", form).status_code == 302

    def test_unpublish_publish_delete(self, as_role: SignIn, page: ContentPage) -> None:
        client, guide = as_role(Role.PUBLISHER), ContentPage.objects.get(slug="huong-dan")
        self.bulk(client, "unpublish", page, guide)
        assert [status("/vi/quy-che/"), status("/vi/huong-dan/"), found(page.title)] == [404, 404, False]
        self.bulk(client, "publish", page, guide)
        assert [status("/vi/quy-che/"), status("/vi/huong-dan/"), found(page.title)] == [200, 200, True]
        self.bulk(client, "delete", page)
        assert [status("/vi/quy-che/"), found(page.title)] == [404, False]

    def test_a_tree_is_taken_down(self, as_role: SignIn, page: ContentPage) -> None:
        home = HomePage.objects.get(locale__language_code="vi")
        as_role(Role.PUBLISHER).post(admin_url("unpublish", home.pk), {"include_descendants": "on"})
        assert [status("/vi/"), status("/vi/quy-che/"), found(page.title)] == [404, 404, False]
        assert status("/en/rules/") == 200


@pytest.mark.parametrize("model", [HomePage, ProjectIndexPage, ContentPage])
def test_a_preview_shows_what_is_typed(as_role: SignIn, page: ContentPage, model: type[Page]) -> None:
    client, shown = as_role(Role.EDITOR), model.objects.filter(locale__language_code="vi").first()
    assert shown is not None
    url = admin_url("preview_on_edit", shown.pk)
    assert client.post(url, form_of(client, shown, title="Chưa lưu")).json()["is_valid"]
    assert "Chưa lưu" in client.get(url).content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.ADMIN])
def test_every_report_of_the_menu_opens(as_role: SignIn, page: ContentPage, role: Role) -> None:
    client = as_role(role)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    names = ("aging_pages", "page_types_usage", "site_history", "workflow", "workflow_tasks", "locked_pages")
    reports = [reverse(f"wagtailadmin_reports:{name}") for name in names]
    offered = [url for url in [*reports, reverse("cms_translations:report")] if f'"{url}"' in menu]
    assert len(offered) >= 6
    for url in offered:
        assert client.get(url).status_code == 200
    for name in ("history", "usage"):
        assert client.get(admin_url(name, page.pk)).status_code == 200
