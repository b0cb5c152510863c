"""An officer files for an enterprise: whose it is, who helped, and what the helper may not."""

from typing import Any

import pytest

from accounts import people
from accounts.models import Agency, Enterprise, Role, User
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn
from core.readable_codes import clean_code, shown_code
from issues import rules
from issues.access import visible_tickets
from issues.actions import filing
from issues.actor import Actor
from issues.events.serialize import event_data
from issues.models import Assistance, Ticket
from issues.models.follow_up_code import new_follow_up_code
from issues.notifications.recipients import EventFacts, Group, recipients
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce

NEW_CODE = "0109990027"  # valid, and nobody's
WORDS = {"title": "Xin giấy phép xây dựng", "body": "Anh Tư kể ở quầy.", "category": "construction"}


@pytest.fixture
def clerk(force: TaskForce) -> User:
    ward = make_agency("W-VH", name_vi="UBND phường Việt Hưng", level=Agency.Level.WARD)
    return make_user(Role.OFFICER, agency=ward)


def behalf(**changes: Any) -> dict[str, Any]:
    return {"tax_code": NEW_CODE, "name": "Công ty Mới", "contact": "Chị Ba", "phone": "0901 234 567", **changes}


def file_for(actor: User, *, channel: str = "counter", key: str | None = None, **changes: Any) -> Ticket:
    return filing.file_ticket(
        actor=Actor.of(actor), **WORDS, channel=channel, idempotency_key=key, on_behalf_of=behalf(**changes)
    )


def test_a_new_enterprise_is_made_and_owns_the_ticket(clerk: User) -> None:
    ticket = file_for(clerk, channel="phone", email="ba@example.com", language="en")
    assert ticket.enterprise == Enterprise.objects.get(tax_code=NEW_CODE, name="Công ty Mới")
    assert (ticket.channel, ticket.filer, ticket.status) == ("phone", clerk, "routed")
    helped = ticket.assistance
    assert (helped.agency.code, helped.officer, helped.contact) == ("W-VH", clerk, "Chị Ba")
    assert (helped.phone, helped.email, helped.language) == ("0901 234 567", "ba@example.com", "en")
    assert len(helped.follow_up_code) == 12


def test_a_known_enterprise_is_taken_with_its_own_name(force: TaskForce, clerk: User) -> None:
    known = force.filer.memberships.get().enterprise
    ticket = file_for(clerk, tax_code=f" {known.tax_code} ", name="Tên khác")
    assert ticket.enterprise == known
    assert ticket.enterprise.name == known.name
    assert ticket in visible_tickets(people.of(force.filer))


def test_the_helper_gets_no_right_on_the_ticket(clerk: User) -> None:
    ticket = file_for(clerk)
    assert ticket not in visible_tickets(people.of(clerk))
    assert not any(rules.may(clerk, name, ticket) for name in rules.TICKET_PERMISSIONS)


def test_the_log_says_who_helped_and_the_public_does_not_read_it(clerk: User) -> None:
    event = file_for(clerk).events.get(type="ticket.submitted")
    assert (event.data["assisted_by"], event.data["channel"], event.actor_role) == ("W-VH", "counter", Role.OFFICER)
    assert "assisted_by" not in event_data(event, audience="public")
    told = recipients(EventFacts(event.type, event.data, event.actor_role))
    assert [told.group for told in told] == [Group.ENTERPRISE]


def test_the_same_key_files_once(clerk: User) -> None:
    first, again = file_for(clerk, key="k"), file_for(clerk, key="k")
    assert (first, Assistance.objects.count()) == (again, 1)
    with pytest.raises(NotPossible):
        file_for(clerk, key="k", contact="Người khác")


def test_all_that_is_wrong_is_said_at_once(clerk: User) -> None:
    with pytest.raises(Invalid) as refused:
        filing.file_ticket(actor=Actor.of(clerk), title="", body="x", channel="web", on_behalf_of={"email": "keine"})
    assert set(refused.value.fields) == {
        "title", "channel", "on_behalf_of.tax_code", "on_behalf_of.contact", "on_behalf_of.email",
    }  # fmt: skip
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tax_code": "0109990028"}, "tax_code"),
        ({"tax_code": ["0109990027"]}, "tax_code"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"phone": "", "email": ""}, "phone"),
        ({"email": "a@b"}, "email"),
        ({"language": "fr"}, "language"),
        ({"contact": {"a": 1}}, "contact"),
    ],
)
def test_a_wrong_field_is_named_and_makes_no_enterprise(clerk: User, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        file_for(clerk, **changes)
    assert f"on_behalf_of.{field}" in refused.value.fields
    assert not Enterprise.objects.filter(tax_code=NEW_CODE).exists()


@pytest.mark.parametrize("given", ["0109990027", 7, ["x"], False])
def test_something_that_names_no_enterprise_is_refused(clerk: User, given: Any) -> None:
    with pytest.raises(Invalid):
        filing.file_ticket(actor=Actor.of(clerk), **WORDS, on_behalf_of=given, channel="counter")


def test_in_a_meeting_nobody_asks_for_a_phone_number(force: TaskForce) -> None:
    ticket = file_for(force.coordinator, channel="meeting", contact="", phone="")
    assert ticket.assistance.agency is None


def test_only_officers_and_coordinators_help(force: TaskForce) -> None:
    for user in (force.filer, force.leader, make_user()):
        with pytest.raises(NotAllowed):
            file_for(user)
    with pytest.raises(NotSignedIn):
        filing.file_ticket(actor=Actor.of(None), **WORDS, on_behalf_of=behalf())


def test_a_follow_up_code_is_read_as_people_type_it() -> None:
    code = new_follow_up_code()
    assert clean_code(shown_code(code).lower()) == code
    assert clean_code("o1il abcd efgh") == "0111ABCDEFGH"
    assert clean_code("abcdefghuuuu") == ""
    assert clean_code("0" * 13) == ""
