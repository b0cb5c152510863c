"""Every type of event has a sentence, in both languages, that needs no field which its reader may not see."""

from datetime import UTC, datetime
from typing import Any, get_args, get_origin

import pytest
from django.utils import translation

from accounts.models import Role
from issues.events.event_data import EventData
from issues.events.serialize import event_data
from issues.events.types import EVENT_TYPES
from issues.models import TicketEvent, Visibility
from issues.sentences.event_reading import Reading, agency_codes
from issues.sentences.event_sentences import sentence_of

AT = datetime(2026, 11, 18, 8, 20, tzinfo=UTC)
WORDS = {
    "channel": "web", "kind": "explained", "method": "rule", "clock": "resolution", "at": AT, "cause": "returned",
}  # fmt: skip


def example(kind: type[EventData]) -> dict[str, Any]:
    """Data of an event with something in every field."""
    values = {name: _value(name, field.annotation) for name, field in kind.model_fields.items()}
    if kind.type == "ticket.submitted":
        values["kind"] = "question"
    if kind.type == "consultation.cancelled":
        values["cause"] = "returned"
    return kind(**values).model_dump(mode="json")


def _value(name: str, annotation: Any) -> Any:
    if name in WORDS:
        return WORDS[name]
    options = [option for option in get_args(annotation) if option is not type(None)] or [annotation]
    chosen = options[0] if get_origin(annotation) not in (list,) else annotation
    if get_origin(chosen) is list:
        return ["SXD"] if name == "coordinating_agencies" else []
    return {str: f"<i>{name}</i>", int: 2, bool: True, datetime: AT}[chosen]


def read(kind: type[EventData], audience: str, role: str = Role.OFFICER) -> Reading:
    event = TicketEvent(
        type=kind.type, at=AT, actor_role=role, actor_agency="SXD", actor_name="Cán bộ", data=example(kind),
        visibility=kind.visibility,
    )  # fmt: skip
    return Reading(event, event_data(event, audience=audience), {"SXD": "Sở Xây dựng"}, "Công ty")


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
@pytest.mark.parametrize("audience", list(Visibility))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_type_has_a_sentence_for_every_reader(name: str, audience: str, language: str) -> None:
    with translation.override(language):
        said = sentence_of(read(EVENT_TYPES[name], audience))
    assert said.text
    assert "{" not in said.text
    assert "<i>" not in said.text  # what people wrote is escaped


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_narrower_fields_are_not_said_to_the_public(name: str) -> None:
    kind = EVENT_TYPES[name]
    said = sentence_of(read(kind, Visibility.PUBLIC))
    for field in kind.narrowed_fields():
        assert f"&lt;i&gt;{field}&lt;/i&gt;" not in said.text
        assert f"<i>{field}</i>" not in said.quote


def test_the_names_of_agencies_are_read_at_once() -> None:
    event = TicketEvent(
        type="ticket.routed", actor_agency="", data={"lead_agency": "SXD", "coordinating_agencies": ["STP", "STC"]}
    )
    assert agency_codes(event) == {"SXD", "STP", "STC"}


@pytest.mark.parametrize(
    ("role", "agency", "who"),
    [
        (Role.ENTERPRISE, "", "<b>Công ty</b>"),
        (Role.OFFICER, "SXD", "<b>Sở Xây dựng</b>"),
        (Role.COORDINATOR, "", "<b>Cán bộ</b>"),
        ("system", "", "<b>The system</b>"),
    ],
)
def test_who(role: str, agency: str, who: str) -> None:
    reading = read(EVENT_TYPES["message.posted"], Visibility.PARTIES, role)
    reading.event.actor_agency = agency
    with translation.override("en"):
        assert reading.who == who
