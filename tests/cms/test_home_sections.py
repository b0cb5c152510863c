import pytest

from cms import home_sections
from core import clock
from issues.actions import publishing, resolving
from issues.actor import Actor
from tests.factories.investment import make_page, make_project
from tests.issues.conftest import MORNING, TaskForce, make_task_force


def test_counts_and_recent_projects(site, client) -> None:
    page = make_page(make_project(name_en="Duong bridge"), "en")
    make_project(province="Đà Nẵng")
    text = client.get("/en/").content.decode()
    assert "2 projects on the list, 1 in Hà Nội." in " ".join(text.split())
    assert f'<a href="{page.url}">Duong bridge</a>' in text


def test_a_section_that_fails_is_left_out(site, client, monkeypatch) -> None:
    def fails(request, locale):
        raise RuntimeError

    monkeypatch.setitem(home_sections._sections, "projects", fails)
    assert client.get("/vi/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_home_page(site, client, monkeypatch, django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        make_page(make_project(), "en")
    client.get("/en/")
    with django_assert_num_queries(13):
        client.get("/en/")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_with_published_answers(site, client, monkeypatch, django_assert_num_queries, number: int) -> None:
    force = make_task_force()
    for _ in range(number):
        _publish(force)
    client.get("/vi/")
    with django_assert_num_queries(12):
        client.get("/vi/")


def test_only_the_public_words_of_an_answer(site, client) -> None:
    force = make_task_force()
    _publish(force)
    force.accepted(title="Việc riêng của công ty")
    text = client.get("/vi/").content.decode()
    assert "Hỏi miễn giấy phép" in text
    assert "Việc riêng" not in text
    assert "Bí mật" not in text
    assert str(force.filer.memberships.get().enterprise) not in text


def _publish(force: TaskForce) -> None:
    ticket = force.accepted(title="Việc riêng", body="Bí mật", public_consent=True)
    officer = Actor.of(force.officer)
    with clock.at(MORNING):
        ticket = resolving.resolve(ticket=ticket, actor=officer, answer="Bí mật", kind="solved")
        ticket = publishing.propose_publication(
            ticket=ticket, actor=officer, title="Hỏi miễn giấy phép", answer="Được."
        )
        publishing.publish(ticket=ticket, actor=Actor.of(force.head))
