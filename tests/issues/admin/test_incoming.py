"""Operators see what became of every mail."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from issues.models import MailRecord
from tests.factories.issues import make_ticket, make_user
from tests.issues.admin.test_outgoing import signed_in

pytestmark = pytest.mark.django_db


def record(**fields: object) -> MailRecord:
    values = {"outcome": "refused", "reason": "Không đúng người gửi.", "sender": "la@x.vn", "size": 10, **fields}
    return MailRecord.objects.create(**values)


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("incoming:mails"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_mail_with_its_outcome_and_reason() -> None:
    ticket = make_ticket(code="KN-2026-0777")
    record(ticket=ticket, user=make_user(Role.LEADER), subject="<b>Trả lời</b>")
    shown = page(signed_in())
    for words in ("la@x.vn", "KN-2026-0777", "Không đúng người gửi.", "&lt;b&gt;Trả lời&lt;/b&gt;"):
        assert words in shown


def test_filtered_by_outcome_and_words() -> None:
    record(sender="mot@x.vn")
    record(sender="hai@x.vn", outcome="answer", reason="")
    client = signed_in()
    assert "mot@x.vn" not in page(client, state="answer")
    assert "hai@x.vn" in page(client, state="answer")
    assert "hai@x.vn" not in page(client, q="mot@")
    assert "mot@x.vn" in page(client, state="no such", q="MOT")
    assert "mot@x.vn" not in page(client, q="%")


@pytest.mark.parametrize("role", [Role.LEADER, None])
def test_nobody_else_sees_it(role: Role | None) -> None:
    answer = signed_in(role).get(reverse("incoming:mails"))
    assert answer.status_code in (302, 403)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    client = signed_in()
    page(client)
    for number in range(3):
        record(ticket=make_ticket(code=f"KN-2026-07{number}"), user=make_user(Role.LEADER))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page(client)
