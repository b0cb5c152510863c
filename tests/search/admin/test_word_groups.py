"""Groups of words in the administration."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from search.engines.base import Document, Engine, Kind
from search.models import WordGroup
from search.words.groups import Group, load

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]

ADD = "word_groups:add"


@pytest.fixture
def group() -> WordGroup:
    WordGroup.objects.all().delete()
    return WordGroup.objects.create(forms="đường cao tốc\nmotorway", also_typed="xa lộ")


def address(name: str, *args: int) -> str:
    return reverse(f"word_groups:{name}", args=args)


def typed(**changes: str) -> dict[str, str]:
    return {"forms": "TTTM\nmall", "also_typed": "", "note": "", "active": "on"} | changes


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.ADMIN])
def test_who_writes_the_site_writes_the_words(as_role: SignIn, group: WordGroup, role: Role) -> None:
    client = as_role(role)
    opened = [address("list"), address("add"), *(address(name, group.pk) for name in ("edit", "history", "delete"))]
    assert [client.get(each).status_code for each in opened] == [200] * len(opened)
    assert address("list") in client.get(reverse("wagtailadmin_home")).content.decode()
    listed = client.get(address("list")).content.decode()
    assert f'href="{address("edit", group.pk)}"' in listed
    assert "đường cao tốc · motorway" in listed
    assert client.post(address("add"), typed()).status_code == 302
    assert Group(("TTTM", "mall")) in load()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER])
def test_nobody_else_does(as_role: SignIn, group: WordGroup, role: Role) -> None:
    client = as_role(role)
    assert client.get(address("list")).status_code in (302, 403)
    client.post(address("add"), typed())
    assert len(load()) == 1


@pytest.mark.parametrize(("q", "found"), [("cao toc", True), ("ĐƯỜNG", True), ("xa lo", True), ("harbour", False)])
def test_the_list_is_searched_with_and_without_marks(as_role: SignIn, group: WordGroup, q: str, found: bool) -> None:
    page = as_role(Role.EDITOR).get(address("list"), {"q": q}).content.decode()
    assert ("motorway" in page) is found


def test_the_list_filters_by_active(as_role: SignIn, group: WordGroup) -> None:
    WordGroup.objects.create(forms="cụm công nghiệp\nCCN", active=False)
    page = as_role(Role.EDITOR).get(address("list"), {"active": "false"}).content.decode()
    assert "CCN" in page
    assert "motorway" not in page


def test_what_cannot_be_used_is_said_and_nothing_typed_is_lost(as_role: SignIn, group: WordGroup) -> None:
    answer = as_role(Role.EDITOR).post(address("edit", group.pk), typed(forms="mall\nMall", also_typed="???"))
    form = answer.context["form"]
    assert answer.status_code == 200
    assert set(form.errors) == {"also_typed"}
    assert "mall\nMall" in answer.content.decode().replace("\r", "")
    group.refresh_from_db()
    assert group.form_lines == ("đường cao tốc", "motorway")


def test_every_change_is_in_the_history_and_can_be_taken_back(as_role: SignIn) -> None:
    WordGroup.objects.all().delete()
    client = as_role(Role.EDITOR)
    client.post(address("add"), typed())
    group = WordGroup.objects.get()
    client.post(address("edit", group.pk), typed(forms="TTTM\nshopping mall"))
    first, second = group.revisions.order_by("pk")
    compared = client.get(reverse("word_groups:revisions_compare", args=(group.pk, first.pk, second.pk)))
    assert compared.status_code == 200
    assert "shopping" in compared.content.decode()
    client.post(address("edit", group.pk), {**typed(forms="TTTM\nmall"), "revision": str(first.pk)})
    assert load() == (Group(("TTTM", "mall")),)
    assert client.get(address("history", group.pk)).status_code == 200


def test_nothing_is_saved_while_somebody_types(as_role: SignIn, group: WordGroup) -> None:
    """A group works from the moment it is saved, so Wagtail's automatic saving is off."""
    client = as_role(Role.EDITOR)
    for page in (client.get(address("add")), client.get(address("edit", group.pk))):
        assert not page.context["autosave_enabled"]
        assert "w-autosave#save" not in page.content.decode()


def test_what_the_words_find_is_shown(as_role: SignIn, engine: Engine, group: WordGroup) -> None:
    engine.put([Document(kind=Kind.PAGE, object_id=1, locale="en", title="A motorway", url="/")])
    client = as_role(Role.EDITOR)
    saved = client.get(address("edit", group.pk))
    assert {row.line: row.count for row in saved.context["finds"]}["motorway"] == 1
    tried = client.post(address("edit", group.pk), typed(forms="motorway\nfreeway") | {"action-try": "1"})
    assert tried.status_code == 200
    assert [row.line for row in tried.context["finds"]] == ["motorway", "freeway"]
    assert 'name="action-try"' in tried.content.decode()
    assert "freeway: <b>0</b>" in tried.content.decode()
    group.refresh_from_db()
    assert group.form_lines == ("đường cao tốc", "motorway")


def test_trying_bad_words_says_what_is_wrong(as_role: SignIn) -> None:
    tried = as_role(Role.EDITOR).post(address("add"), typed(forms="mall") | {"action-try": "1"})
    assert "forms" in tried.context["form"].errors
    assert not tried.context["finds"]


def test_a_searched_word_is_filled_in_and_leads_back(as_role: SignIn) -> None:
    client = as_role(Role.EDITOR)
    back = reverse("wagtailadmin_home")
    page = client.get(address("add"), {"typed": " nhà  giá rẻ ", "next": back})
    assert page.context["form"]["also_typed"].value() == "nhà giá rẻ"
    assert f'name="next" value="{back}"' in page.content.decode()
    data = typed(forms="nhà ở xã hội", also_typed="nhà giá rẻ", next=back)
    assert client.post(address("add"), data).headers["Location"] == back
    elsewhere: dict[str, Any] = typed(forms="a b\nc d", next="https://example.com/")
    assert client.post(address("add"), elsewhere).headers["Location"] == address("list")
