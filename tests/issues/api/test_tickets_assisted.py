"""Filing for an enterprise over HTTP: additive to POST /tickets."""

from typing import Any

import pytest

from issues.actions import resolving
from issues.actor import Actor
from issues.models import Ticket
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import TaskForce

BEHALF = {"tax_code": "0109990027", "name": "Công ty Mới", "contact": "Chị Ba", "phone": "0901"}
FILING = {"title": "Giấy phép", "body": "Xin phép.", "category": "construction", "on_behalf_of": BEHALF}


def file_for(force: TaskForce, who: str = "finance_officer", key: str = "", **changes: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return call(getattr(force, who), "post", "/tickets", {**FILING, **changes}, **headers)


def test_the_ticket_is_the_enterprises_and_the_receipt_comes_with_it(force: TaskForce) -> None:
    found = ok(file_for(force), 201)
    assert found["enterprise"] == {"name": "Công ty Mới", "tax_code": "0109990027"}
    assert (found["channel"], found["assisted_by"]["code"]) == ("counter", "STC")
    helped = Ticket.objects.get().assistance
    assert found["receipt"] == {
        "follow_up_code": helped.shown_code,
        "url": f"/vi/assisted/{found['code']}/",
        "follow_url": "/vi/follow/",
    }
    assert found["available_transitions"] == []
    refused(call(force.finance_officer, "get", f"/tickets/{found['code']}"), 404)
    assert ok(file_for(force, channel="phone"), 201)["channel"] == "phone"


def test_who_files_for_themselves_gets_no_receipt(force: TaskForce) -> None:
    sent = {**FILING, "on_behalf_of": None, "channel": "phone"}
    found = ok(call(force.filer, "post", "/tickets", sent), 201)
    assert (found["receipt"], found["assisted_by"], found["channel"]) == (None, None, "api")


def test_the_same_key_tells_the_helper_nothing_of_the_answer(force: TaskForce) -> None:
    code = ok(file_for(force, key="k"), 201)["code"]
    ticket = Ticket.objects.get(code=code)
    resolving.accept(ticket=ticket, actor=Actor.of(force.officer))
    resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Kín.", kind="solved")
    again = ok(file_for(force, key="k"), 201)
    assert (again["code"], again["answer"], again["consultations"]) == (code, None, [])


@pytest.mark.parametrize("given", ["0109990027", [], 1])
def test_wrong_fields_are_named(force: TaskForce, given: Any) -> None:
    refused(file_for(force, on_behalf_of=given), 422, "on_behalf_of", "on_behalf_of.tax_code", "on_behalf_of.contact",
            "on_behalf_of.phone")  # fmt: skip
    refused(file_for(force, channel="web"), 422, "channel")
    refused(file_for(force, on_behalf_of={**BEHALF, "email": "x"}), 422, "on_behalf_of.email")


def test_enterprises_and_leaders_file_for_nobody_else(force: TaskForce) -> None:
    refused(file_for(force, "filer"), 403)
    refused(file_for(force, "leader"), 403)
