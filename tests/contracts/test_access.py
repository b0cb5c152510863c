"""The access matrix of the HTTP interface: every call, right in itself, by everybody who may come along.

Who may do it gets 200 or 201; who sees the thing but may not gets 403; who may not see it gets 404; nobody in
particular gets 401. A call without a line fails, so that nobody forgets to decide. What wrong bodies give stands in
`test_operations`, every transition in every state in `test_state_machine`, pages in `test_pages` and `test_forms`.
"""

import json
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from accounts.models import Role
from config.api import api
from core import clock
from tests.contracts.query_counts import QueryCounts, counted
from tests.contracts.world import PEOPLE, World, address_of, token_of
from tests.issues.conftest import MORNING

pytestmark = pytest.mark.django_db

# Every call, and in brackets which of several ways to make it. Statuses in the order of PEOPLE.
TABLE = """
GET  /projects                                      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /projects.csv                                  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /projects.xlsx                                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /projects.geojson                              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /projects/{code}                               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /suggest                                       200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /stats                                         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /events                                        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /events (of the ticket)                        401 403 403 200 200 200 200 200 200 403 200 200 403 403 403
GET  /events (of the lead agency)                   401 403 403 403 403 200 200 200 403 403 200 200 403 403 403
GET  /events (of the board)                         401 403 403 403 403 200 200 200 200 200 200 200 403 403 403
POST /tickets/preview                               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /tickets                                       401 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST /tickets                                       401 403 201 201 201 403 403 403 403 403 403 403 403 403 403
POST /tickets (for an enterprise)                   401 403 403 403 403 201 201 201 201 201 201 403 403 403 403
GET  /tickets/{code}                                401 404 404 200 200 200 200 200 200 404 200 200 404 404 404
GET  /tickets/{code}/events                         401 404 404 200 200 200 200 200 200 404 200 200 404 404 404
POST /tickets/{code}/transitions/{name}             401 404 404 403 403 200 403 200 403 404 403 403 404 404 404
POST /tickets/{code}/messages                       401 404 404 201 201 201 201 201 201 404 201 201 404 404 404
POST /tickets/{code}/messages (a note)              401 404 404 403 403 201 201 201 201 404 201 201 404 404 404
POST /tickets/{code}/attachments                    401 404 404 201 201 201 201 201 201 404 201 403 404 404 404
POST /tickets/{code}/attachments (internal)         401 404 404 403 403 201 201 201 201 404 201 403 404 404 404
POST /tickets/{code}/consultations                  401 404 404 403 403 201 403 201 403 404 403 403 404 404 404
POST /tickets/{code}/extensions                     401 404 404 403 403 201 403 201 404 404 403 403 404 404 404
POST /tickets/{code}/complex                        401 404 404 403 403 403 403 403 404 404 403 201 404 404 404
POST /tickets/{code}/rating                         401 404 404 201 201 403 403 403 404 404 403 403 404 404 404
POST /tickets/{code}/assignee                       401 404 404 403 403 200 403 200 403 404 403 403 404 404 404
POST /tickets/{code}/split                          401 404 404 403 403 201 201 201 403 404 201 403 404 404 404
POST /tickets/{code}/merge                          401 404 404 403 403 200 200 200 404 404 200 403 404 404 404
POST /tickets/{code}/join                           401 403 201 409 409 403 403 403 403 403 403 403 403 403 403
POST /consultations/{consultation_id}/answer        401 404 404 403 403 403 403 403 200 404 403 403 404 404 404
POST /consultations/{consultation_id}/cancel        401 404 404 403 403 200 403 200 403 404 403 403 404 404 404
POST /extensions/{extension_id}/decision            401 404 404 403 403 403 403 403 403 404 403 200 404 404 404
GET  /attachments/{attachment_id}                   401 404 404 200 200 200 200 200 200 404 200 200 404 404 404
GET  /attachments/{attachment_id} (internal)        401 404 404 404 404 200 200 200 200 404 200 200 404 404 404
GET  /attachments/{attachment_id} (kept to the lead agency) 401 404 404 404 404 200 200 200 404 404 200 200 404 404 404
"""


def read_table() -> dict[str, list[int]]:
    """The lines of the table by call."""
    rows = {}
    for line in TABLE.strip().splitlines():
        words = line.split()
        rows[" ".join(words[: -len(PEOPLE)])] = [int(word) for word in words[-len(PEOPLE) :]]
    return rows


ROWS = read_table()


PROPOSAL = {"title": "Hỏi về giấy phép", "body": "Công trình khởi công năm 2012.", "category": "construction"}
BEHALF = {"tax_code": "0109990027", "name": "Công ty", "contact": "Chị Ba", "phone": "0912345678"}

# What is sent: of a GET the query, of a POST the body. Calls that are not named need nothing.
SENT: dict[str, dict[str, Any]] = {
    "GET /suggest": {"q": "khu"},
    "GET /events (of the ticket)": {"topic": "ticket:{busy}"},
    "GET /events (of the lead agency)": {"topic": "agency:SXD"},
    "GET /events (of the board)": {"topic": "board"},
    "POST /tickets/preview": {"title": "Hỏi", "body": "Đất"},
    "POST /tickets": PROPOSAL,
    "POST /tickets (for an enterprise)": {**PROPOSAL, "on_behalf_of": BEHALF, "channel": "counter"},
    "POST /tickets/{code}/transitions/{name}": {"question": "Khi nào khởi công?"},
    "POST /tickets/{code}/messages": {"body": "Chào", "visibility": "parties"},
    "POST /tickets/{code}/messages (a note)": {"body": "Xem lại", "visibility": "internal"},
    "POST /tickets/{code}/attachments": {"visibility": "parties"},
    "POST /tickets/{code}/attachments (internal)": {"visibility": "internal"},
    "POST /tickets/{code}/consultations": {"agency": "STC", "question": "?"},
    "POST /tickets/{code}/extensions": {"working_days": 2, "reason": "Đo đạc"},
    "POST /tickets/{code}/complex": {"reason": "Liên quan ba sở"},
    "POST /tickets/{code}/rating": {"score": 4},
    "POST /tickets/{code}/assignee": {"assignee": "{officer}"},
    "POST /tickets/{code}/split": {"title": "Phần hai", "body": "Về thuế"},
    "POST /tickets/{code}/merge": {"into": "{busy}"},
    "POST /consultations/{consultation_id}/answer": {"answer": "Không vướng"},
    "POST /consultations/{consultation_id}/cancel": {"reason": "Không cần nữa"},
    "POST /extensions/{extension_id}/decision": {"granted": True, "reason": "Đồng ý"},
}


def _send(world: World, call: str, who: str) -> tuple[int, int]:
    """The status of the call and its number of queries; whatever it did is undone."""
    address = address_of(world, call)
    named = {"{busy}": str(world.busy.code), "{officer}": world.people["officer"].email}
    sent = {field: _filled(value, named) for field, value in SENT.get(call, {}).items()}
    client, headers = Client(), token_of(world.people[who])
    with transaction.atomic(), clock.at(MORNING):
        if call.startswith("GET"):
            send = partial(client.get, address, sent, headers=headers)
        elif address.endswith("/attachments"):
            send = partial(client.post, address, {**sent, "file": SimpleUploadedFile("b.txt", b"y")}, headers=headers)
        else:
            send = partial(client.post, address, sent, content_type="application/json", headers=headers)
        response, queries = counted(send)
        transaction.set_rollback(True)
    return int(response.status_code), queries


def _filled(value: Any, named: dict[str, str]) -> Any:
    """A value in which tickets and people stand by their names."""
    if isinstance(value, str):
        for name, said in named.items():
            value = value.replace(name, said)
    return value


def test_no_call_is_forgotten() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    calls = {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}
    assert {call.partition(" (")[0] for call in ROWS} == calls
    assert set(SENT) <= set(ROWS)


def test_every_call_has_its_number_of_queries(query_counts: QueryCounts) -> None:
    query_counts.check_names("calls", list(ROWS))


def test_nobody_is_forgotten(world: World) -> None:
    roles = {row.role for user in world.people.values() if user for row in user.memberships.all()}
    assert roles == set(Role.values)
    assert tuple(world.people) == PEOPLE


@pytest.mark.parametrize("call", ROWS)
def test_everybody_gets_what_the_table_says(call: str, world: World, query_counts: QueryCounts) -> None:
    found = {who: _send(world, call, who) for who in PEOPLE}
    assert {who: status for who, (status, _queries) in found.items()} == dict(zip(PEOPLE, ROWS[call], strict=True))
    query_counts.check("calls", PEOPLE, {call: [queries for _status, queries in found.values()]})
