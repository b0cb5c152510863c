"""The table of recipients: every type of event has its row, and the rows say what the design promises."""

import pytest

from issues.events.types import EVENT_TYPES
from issues.mail.texts import FOR_AGENCIES, FOR_ENTERPRISES
from issues.notifications.recipients import EventFacts, Group, recipients

G = Group
ENTERPRISE_SIDE = {G.FILER, G.ENTERPRISE, G.PARTY}


def mailed(type_: str, role: str = "", **data: object) -> set[Group]:
    return {told.group for told in recipients(EventFacts(type_, data, role)) if told.mail}


def variants(type_: str) -> list[EventFacts]:
    """The event in every form that changes who is told."""
    return [
        EventFacts(type_, {"clock": clock, "percent": percent, "method": method}, role)
        for clock in ("resolution", "response", "acceptance", "consultation")
        for percent in (50, 75, 150)
        for method in ("rule", "hand")
        for role in ("enterprise", "officer")
    ]


@pytest.mark.parametrize("type_", sorted(EVENT_TYPES))
def test_every_event_has_a_row_and_a_text_for_each_side_that_is_told(type_):
    for facts in variants(type_):
        for told in recipients(facts):
            texts = FOR_ENTERPRISES if told.group in ENTERPRISE_SIDE else FOR_AGENCIES
            assert type_ in texts


@pytest.mark.parametrize(
    ("type_", "data", "role", "expected"),
    [
        ("ticket.submitted", {}, "enterprise", {G.FILER}),
        ("ticket.routed", {"method": "rule"}, "system", {G.ASSIGNEE, G.DUTY, G.HEAD}),
        ("ticket.routed", {"method": "hand"}, "coordinator", {G.ASSIGNEE, G.DUTY, G.HEAD, G.ENTERPRISE}),
        ("ticket.routing_pending", {}, "system", {G.COORDINATOR}),
        ("ticket.info_requested", {}, "officer", {G.ENTERPRISE}),
        ("ticket.info_provided", {}, "enterprise", {G.ASSIGNEE}),
        ("ticket.resolved", {}, "officer", {G.ENTERPRISE, G.PARTY}),
        ("ticket.returned", {}, "officer", {G.ENTERPRISE, G.COORDINATOR}),
        ("clock.timer", {"clock": "resolution", "percent": 50}, "system", {G.ASSIGNEE}),
        ("clock.timer", {"clock": "resolution", "percent": 75}, "system", {G.ASSIGNEE, G.HEAD}),
        ("clock.timer", {"clock": "resolution", "percent": 152}, "system", {G.ASSIGNEE, G.HEAD, G.LEADER}),
        ("clock.timer", {"clock": "consultation", "percent": 50}, "system", {G.CONSULTED}),
        ("clock.breached", {"clock": "resolution"}, "system", {G.ASSIGNEE, G.HEAD, G.LEADER, G.ENTERPRISE}),
        ("clock.breached", {"clock": "acceptance"}, "system", {G.ASSIGNEE, G.HEAD}),
        ("consultation.requested", {}, "officer", {G.CONSULTED}),
        ("consultation.answered", {}, "officer", {G.ASSIGNEE}),
        ("extension.requested", {}, "officer", {G.LEADER}),
        ("extension.decided", {}, "leader", {G.ASSIGNEE, G.ENTERPRISE, G.PARTY}),
        ("message.posted", {}, "enterprise", {G.ASSIGNEE}),
        ("message.posted", {}, "officer", {G.ENTERPRISE, G.ASSIGNEE}),
        ("note.posted", {}, "officer", {G.MENTIONED}),
        ("ticket.rated", {}, "enterprise", set()),
    ],
)
def test_who_gets_a_mail(type_, data, role, expected):
    assert mailed(type_, role, **data) == expected


@pytest.mark.parametrize("type_", sorted(EVENT_TYPES))
def test_the_enterprise_never_hears_of_what_only_agencies_may_see(type_):
    if EVENT_TYPES[type_].visibility != "internal":
        return
    for facts in variants(type_):
        assert not {told.group for told in recipients(facts)} & ENTERPRISE_SIDE
