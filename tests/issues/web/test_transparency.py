"""The page of indices: for everybody, with definitions, honest about small numbers."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from core import clock
from issues.actions import resolving
from issues.actor import Actor
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

PAGE = "/en/transparency/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def answer(force: TaskForce, number: int) -> None:
    for _ in range(number):
        resolving.resolve(ticket=force.accepted(), actor=Actor.of(force.officer), answer="Xong.", kind="solved")


def test_without_answers_it_says_so(client: Client, db: None) -> None:
    assert "No answer in this period" in text_of(client.get(PAGE))


def test_four_answers_are_counted_and_five_are_rated(force: TaskForce, client: Client) -> None:
    answer(force, 4)
    few = text_of(client.get(PAGE))
    assert "no rate for fewer than 5 cases" in few
    assert "100%" not in few
    answer(force, 1)
    assert "100%" in text_of(client.get(PAGE))


def test_every_index_has_its_definition(force: TaskForce, client: Client) -> None:
    answer(force, 1)
    page = text_of(client.get(PAGE))
    for sentence in ("An extension does not make a late answer", "Half of the answers", "Silence is “unconfirmed”"):
        assert sentence in page


def test_nothing_private_is_on_it(force: TaskForce, client: Client) -> None:
    answer(force, 1)
    page = text_of(client.get(PAGE))
    assert "Hỏi về giấy phép xây dựng" not in page
    assert force.officer.email not in page


@pytest.mark.parametrize("period", ["2026-11", "2026-13", "recent", "%27", "2026-11-01", "9" * 50])
def test_any_period_is_answered(force: TaskForce, client: Client, period: str) -> None:
    answer(force, 1)
    response = client.get(f"{PAGE}?period={period}")
    assert response.status_code == 200
    assert response.context["indices"].answered == 1


def test_months_can_be_chosen_back_to_the_beginning(force: TaskForce, client: Client) -> None:
    with clock.at(at("2026-09-10 09:00")):
        force.file(at("2026-09-10 09:00"))
    values = [choice.value for choice in client.get(PAGE).context["periods"]]
    assert values == ["recent", "2026-11", "2026-10", "2026-09"]


def test_csv(force: TaskForce, client: Client) -> None:
    answer(force, 2)
    response = client.get(PAGE + "indices.csv?period=2026-11")
    assert response.headers["Content-Disposition"] == 'attachment; filename="trong-ngay-2026-11.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["answers"] == "2"
    assert [row["key"] for row in rows if row["group"] == "agency"] == ["SXD"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries(force: TaskForce, client: Client, django_assert_num_queries: Any, number: int) -> None:
    answer(force, number)
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)
