"""Pages of saved searches and followed projects, without script."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cms.setup import setup_site
from core.errors import NotPossible
from search.models import AlertMail, ProjectFollow, SavedSearch
from search.saved.actions import follow_project, save_search
from search.saved.stop_token import StopToken
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_user
from tests.search.saved.conftest import searchable

__all__ = ["searchable"]  # the fixture

NEW = "/vi/account/searches/new/"
ACCOUNT = "/vi/account/"


@pytest.fixture
def an(client: Client, db: Any) -> User:
    """Ms An, signed in."""
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def hers(an: User) -> SavedSearch:
    return save_search(actor=an, query="sector=transport", locale="vi", frequency="weekly", name="Giao thông")[0]


def page(response: Any) -> str:
    return str(response.content.decode())


class TestSaving:
    def test_the_list_leads_to_saving_what_it_shows(self, an: User, client: Client) -> None:
        setup_site()
        make_project(sector="transport")
        shown = page(client.get("/vi/projects/", {"sector": "transport", "q": "dự án", "sort": "name", "page": "1"}))
        assert f"{NEW}?q=d%E1%BB%B1+%C3%A1n&amp;sector=transport&amp;tab=city" in shown  # the tab that has results

    def test_saved_it_comes_back_to_the_list_which_says_so(self, an: User, client: Client) -> None:
        setup_site()
        saved = client.post(f"{NEW}?sector=transport&page=3&sort=name", {"name": "Đường", "frequency": "daily"})
        assert saved.headers["Location"] == "/vi/projects/?sector=transport&tab=all"
        search = SavedSearch.objects.get(user=an)
        assert (search.name, search.frequency, search.query) == ("Đường", "daily", "sector=transport&tab=all")
        shown = page(client.get(saved.headers["Location"]))
        assert "Đường" in shown
        assert f"{ACCOUNT}#saved-searches" in shown

    def test_it_says_what_it_looks_for_and_how_many_there_are(self, an: User, client: Client, run_jobs: Any) -> None:
        for _number in range(3):
            make_project(sector="transport", area_ha="20")
        run_jobs()
        shown = client.get(NEW, {"sector": "transport", "area_min": "10"})
        assert len(shown.context["chips"]) == 2
        assert shown.context["count"] == 3

    def test_everything_may_be_saved_and_says_so(self, an: User, client: Client) -> None:
        shown = client.get(NEW)
        assert shown.context["chips"] == []
        assert (
            page(shown).count('class="notice"') == page(client.get(f"{NEW}?sector=health")).count('class="notice"') + 1
        )
        client.post(NEW, {"name": "", "frequency": "weekly"})
        assert SavedSearch.objects.get(user=an).query == "tab=all"

    def test_mistyped_words_are_offered_as_the_list_corrects_them(
        self, an: User, client: Client, run_jobs: Any
    ) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("without an engine nothing is corrected")
        make_project(name_vi="Khu công nghiệp Quang Minh")
        run_jobs()
        shown = client.get(NEW, {"q": "quang mnih", "sector": "transport"})
        assert shown.context["instead"]["url"] == f"{NEW}?q=quang+minh&sector=transport&tab=all"
        assert shown.context["count"] == 0
        assert client.get(NEW, {"q": "quang minh"}).context["instead"] == {}

    @pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
    def test_without_a_name_it_is_named_after_what_it_looks_for(self, typed: str, an: User, client: Client) -> None:
        client.post(f"{NEW}?q=c%E1%BA%A7u", {"name": typed, "frequency": "weekly"})
        assert SavedSearch.objects.get(user=an).name == "cầu"

    def test_words_filters_and_ranges_survive(self, an: User, client: Client) -> None:
        asked = "q=c%E1%BA%A7u&province=H%C3%A0+N%E1%BB%99i&sector=transport&sector=water&capital_min=100.5&area_max=9"
        asked += "&area_unknown=1&tab=elsewhere"
        make_project(province="Hà Nội")
        client.post(f"{NEW}?{asked}", {"name": "", "frequency": "weekly"})
        assert sorted(SavedSearch.objects.get(user=an).query.split("&")) == sorted(asked.split("&"))

    def test_the_same_search_is_saved_once(self, an: User, client: Client, hers: SavedSearch) -> None:
        assert client.get(f"{NEW}?sector=transport").context["is_known"]
        client.post(f"{NEW}?sort=area&sector=transport", {"name": "Đường", "frequency": "at_once"})
        assert list(SavedSearch.objects.values_list("name", "frequency")) == [("Đường", "at_once")]

    @pytest.mark.parametrize(("query", "is_known"), [("sector=transport", True), ("q=transport", False)])
    def test_without_words_it_is_the_same_in_every_language(
        self, query: str, is_known: bool, an: User, client: Client
    ) -> None:
        client.post(f"{NEW}?{query}", {"name": "", "frequency": "weekly"})
        assert client.get(f"/en/account/searches/new/?{query}").context["is_known"] is is_known

    @pytest.mark.parametrize(
        "wrong", [{"frequency": "weekly", "name": "x" * 121}, {"frequency": "hourly", "name": "Tên"}, {"name": "Tên"}]
    )
    def test_wrong_input_is_shown_with_what_was_typed(self, wrong: dict[str, str], an: User, client: Client) -> None:
        response = client.post(f"{NEW}?sector=transport", wrong)
        assert response.status_code == 422
        assert wrong["name"] in page(response)
        assert response.context["form"].errors
        assert not SavedSearch.objects.exists()

    def test_too_many_are_refused_with_the_number(self, an: User, client: Client, settings: Any) -> None:
        settings.TN_LIMITS = settings.TN_LIMITS | {"saved_searches.person": (1, 0)}
        client.post(NEW, {"name": "", "frequency": "weekly"})
        refused = client.post(f"{NEW}?q=a", {"name": "Tên", "frequency": "weekly"})
        assert refused.status_code == 422
        assert "1" in str(refused.context["form"].non_field_errors())
        assert "Tên" in page(refused)

    def test_saving_too_often_says_when(self, an: User, client: Client, settings: Any) -> None:
        settings.TN_LIMITS = settings.TN_LIMITS | {"saved_search.person": (1, 3600)}
        client.post(NEW, {"name": "", "frequency": "weekly"})
        refused = client.post(f"{NEW}?q=a", {"name": "", "frequency": "weekly"})
        assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)

    def test_a_search_with_too_much_is_refused(self, an: User) -> None:
        much = "&".join(f"province={quote('ạ' * 50)}{number}" for number in range(150))
        with pytest.raises(NotPossible):
            save_search(actor=an, query=much, locale="vi", frequency="weekly")

    @pytest.mark.parametrize("junk", ["sector=%FF", "capital_min=nan", "locale=xx", "page=-1", "a=b&&&=", "q=[x"])
    def test_junk_is_left_out(self, junk: str, an: User, client: Client) -> None:
        assert client.get(f"{NEW}?{junk}").status_code == 200
        client.post(f"{NEW}?{junk}", {"name": "", "frequency": "weekly"})
        assert client.get(ACCOUNT).status_code == 200

    def test_who_is_not_signed_in_comes_back_to_it(self, client: Client, db: Any) -> None:
        asked = client.get(f"{NEW}?q=c%E1%BA%A7u&sector=transport")
        assert asked.status_code == 302
        client.force_login(make_user())
        back = asked.headers["Location"].partition("next=")[2]
        assert quote(f"{NEW}?q=c%25E1%25BA%25A7u&sector=transport", safe="/%") in (quote(back, safe="/%"), back)


class TestAccount:
    def test_it_lists_them_with_what_they_find_now(self, client: Client, hers: SavedSearch, run_jobs: Any) -> None:
        make_project(sector="transport")
        run_jobs()
        shown = page(client.get(ACCOUNT))
        assert "Giao thông" in shown
        assert "/vi/projects/?sector=transport" in shown
        assert 'value="weekly" selected' in shown

    def test_how_often_is_changed_from_the_list(self, client: Client, hers: SavedSearch) -> None:
        answer = client.post(reverse("saved:edit", args=[hers.pk]), {"frequency": "at_once"})
        assert answer.headers["Location"].endswith("/account/#saved-searches")
        hers.refresh_from_db()
        assert (hers.name, hers.frequency) == ("Giao thông", "at_once")

    def test_rename(self, client: Client, hers: SavedSearch) -> None:
        address = reverse("saved:edit", args=[hers.pk])
        assert "Giao thông" in page(client.get(address))
        client.post(address, {"name": "Đường", "frequency": "weekly"})
        hers.refresh_from_db()
        assert hers.name == "Đường"

    def test_wrong_input_keeps_what_was_typed(self, client: Client, hers: SavedSearch) -> None:
        refused = client.post(reverse("saved:edit", args=[hers.pk]), {"name": "Mới", "frequency": "hourly"})
        assert refused.status_code == 422
        assert "Mới" in page(refused)

    def test_delete(self, client: Client, hers: SavedSearch) -> None:
        client.post(reverse("saved:delete", args=[hers.pk]))
        assert not SavedSearch.objects.exists()

    def test_nobody_touches_those_of_another(self, client: Client, hers: SavedSearch) -> None:
        client.force_login(make_user())
        for name in ("saved:edit", "saved:delete"):
            answer = client.post(reverse(name, args=[hers.pk]), {"name": "x", "frequency": "never"})
            assert answer.status_code == 404
        hers.refresh_from_db()
        assert (hers.name, hers.frequency) == ("Giao thông", "weekly")
        assert "Giao thông" not in page(client.get(ACCOUNT))

    def test_switched_on_again_it_does_not_send_what_came_meanwhile(
        self, client: Client, hers: SavedSearch, run_jobs: Any
    ) -> None:
        address = reverse("saved:edit", args=[hers.pk])
        client.post(address, {"frequency": "never"})
        between = make_project(sector="transport")
        run_jobs()
        client.post(address, {"frequency": "at_once"})
        between.save()
        later = make_project(sector="transport")
        run_jobs()
        assert list(hers.items.values_list("object_id", flat=True)) == [later.pk]


class TestFollowing:
    def test_a_click_on_the_page_follows_and_another_stops(self, an: User, client: Client) -> None:
        setup_site()
        project = make_project()
        address = make_page(project).get_url()
        assert reverse("saved:follow", args=[project.code]) in page(client.get(address))
        answer = client.post(reverse("saved:follow", args=[project.code]))
        assert answer.headers["Location"] == address
        assert reverse("saved:unfollow", args=[project.code]) in page(client.get(address))
        assert project.name_vi in page(client.get(ACCOUNT))
        answer = client.post(reverse("saved:unfollow", args=[project.code]), {"from": "project"})
        assert answer.headers["Location"] == address
        assert not ProjectFollow.objects.exists()

    def test_who_is_not_signed_in_confirms_it_after_the_sign_in(self, client: Client, db: Any) -> None:
        project = make_project()
        address = reverse("saved:follow", args=[project.code])
        assert address in client.get(address).headers["Location"]
        client.force_login(make_user())
        assert "<form" in page(client.get(address))
        assert not ProjectFollow.objects.exists()
        client.post(address)
        assert ProjectFollow.objects.count() == 1

    def test_one_too_many_is_refused_with_a_sentence(self, an: User, client: Client, settings: Any) -> None:
        settings.TN_LIMITS = settings.TN_LIMITS | {"followed_projects.person": (1, 0)}
        client.post(reverse("saved:follow", args=[make_project().code]))
        refused = client.post(reverse("saved:follow", args=[make_project().code]), follow=True)
        assert 'data-tone="error"' in page(refused)
        assert ProjectFollow.objects.count() == 1


class TestStopping:
    """The link of a mail: opening it changes nothing, one POST without anything else stops (RFC 8058)."""

    @pytest.fixture
    def stranger(self) -> Client:
        return Client(enforce_csrf_checks=True)

    def stop(self, stranger: Client, kind: str, pk: int, asked: Callable[[], Any]) -> None:
        address = StopToken(kind, pk).url().removeprefix("http://testserver")
        before = asked()
        assert stranger.get(address).status_code == 200
        assert asked() == before
        assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert asked() != before
        for method in (stranger.get, stranger.post):
            assert method(address).status_code == 200

    @pytest.mark.parametrize(("kind", "frequency"), [("search", "at_once"), ("daily", "daily"), ("weekly", "weekly")])
    def test_a_search(self, kind: str, frequency: str, an: User, stranger: Client) -> None:
        search, _new = save_search(actor=an, query="", locale="vi", frequency=frequency)
        other, _new = save_search(actor=an, query="q=a", locale="vi", frequency="never")
        self.stop(
            stranger,
            kind,
            search.pk if kind == "search" else an.pk,
            lambda: SavedSearch.objects.get(pk=search.pk).frequency,
        )
        assert SavedSearch.objects.get(pk=search.pk).frequency == "never"
        assert SavedSearch.objects.filter(pk=other.pk).exists()

    def test_a_daily_link_leaves_the_weekly_ones(self, hers: SavedSearch, an: User, stranger: Client) -> None:
        stranger.post(StopToken("daily", an.pk).url().removeprefix("http://testserver"))
        hers.refresh_from_db()
        assert hers.frequency == "weekly"

    def test_a_followed_project(self, an: User, stranger: Client) -> None:
        follow_project(actor=an, code=make_project().code)
        self.stop(stranger, "follow", ProjectFollow.objects.get().pk, ProjectFollow.objects.count)

    def test_what_waits_is_not_sent_any_more(self, an: User, stranger: Client, run_jobs: Any) -> None:
        search, _new = save_search(actor=an, query="", locale="vi", frequency="daily")
        make_project()
        run_jobs()
        stranger.post(StopToken("search", search.pk).url().removeprefix("http://testserver"))
        assert not search.items.filter(mailed_at=None).exists()
        assert not AlertMail.objects.exists()

    @pytest.mark.parametrize("token", ["x", "WyJzZWFyY2giLDFd:1:2"])
    def test_a_broken_link_says_so(self, token: str, stranger: Client, db: Any) -> None:
        for method in (stranger.get, stranger.post):
            assert method(f"/vi/account/stop/{token}/").status_code == 404
