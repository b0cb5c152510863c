"""Fields as a page's form and as a JSON schema."""

from typing import Any

import pytest

from accounts.models import Agency
from core import clock
from issues.commands.fields import Agencies, Choice, Line, Number, Officer, Scale, Scene, Text, TicketFiles, YesNo
from issues.commands.forms import CommandForm
from issues.commands.working_commands import CONSULT, EXTEND
from issues.commands.writing_commands import NOTE, SPLIT
from tests.factories.issues import make_agency
from tests.issues.conftest import MORNING, TaskForce

COLOURS = [("red", "Red"), ("blue", "Blue")]


@pytest.mark.parametrize(
    ("field", "schema"),
    [
        (Text(name="a"), {"type": "string"}),
        (Choice(name="a", choices=COLOURS), {"type": "string", "enum": ["red", "blue"]}),
        (Choice(name="a", choices=COLOURS, required=False), {"type": "string", "enum": ["red", "blue", "", None]}),
        (Scale(name="a", choices=[(1, "bad"), (2, "good")]), {"type": "integer", "minimum": 1, "maximum": 2}),
        (Number(name="a", lowest=2, highest=9), {"type": "integer", "minimum": 2, "maximum": 9}),
        (YesNo(name="a", yes="Yes", no="No"), {"type": "boolean"}),
        (Officer(name="a", blank="Nobody"), {"type": ["string", "integer"]}),
        (Agencies(name="a"), {"type": "array", "items": {"type": "string"}}),
        (TicketFiles(name="a"), {"type": "array", "items": {"type": "string"}}),
    ],
)
def test_what_programs_are_told(field: Any, schema: dict[str, Any]) -> None:
    assert field.json() == schema


def test_a_form_has_the_fields_in_their_order_and_keeps_their_limits() -> None:
    fields = (Line(name="title", label="Title", longest=5), Number(name="days", lowest=1, highest=3, required=False))
    form = CommandForm(fields, Scene(None), {"title": "too long", "days": "9"})
    assert [*form.fields] == ["title", "days"]
    assert set(form.errors) == {"title", "days"}
    assert CommandForm(fields, Scene(None), {"title": "short"}).is_valid()


@pytest.mark.django_db
class TestOnATicket:
    def test_consulting_offers_every_connected_agency_but_the_lead(self, force: TaskForce) -> None:
        make_agency("PHX", level=Agency.Level.WARD)
        form = CommandForm(CONSULT.fields, Scene(force.officer, force.accepted()))
        departments = {code for code, _name in form.fields["agencies"].choices}
        assert departments == {"STC", "STP"}
        assert [code for code, _name in form.fields["ward"].choices] == ["", "PHX"]

    def test_who_speaks_for_no_agency_has_no_choice_of_readers(self, force: TaskForce) -> None:
        ticket = force.accepted()
        assert "reach" in CommandForm(NOTE.fields, Scene(force.officer, ticket)).fields
        assert "reach" not in CommandForm(NOTE.fields, Scene(force.coordinator, ticket)).fields

    def test_files_are_offered_only_where_there_are_some(self, force: TaskForce) -> None:
        form = CommandForm(SPLIT.fields, Scene(force.officer, force.accepted()))
        assert "chosen_files" not in form.fields

    def test_a_complex_case_is_offered_only_where_it_gives_time(self, force: TaskForce) -> None:
        ticket = force.accepted()
        with clock.at(MORNING):
            assert "as_complex" in CommandForm(EXTEND.fields, Scene(force.officer, ticket)).fields
            ticket.kind = "complex"
            assert "as_complex" not in CommandForm(EXTEND.fields, Scene(force.officer, ticket)).fields
