"""Bodies of calls from declarations."""

from typing import Any

import rules
from ninja import Schema

from issues.api.declared import takes
from issues.commands.command import Command
from issues.commands.fields import UPLOADS, Choice, Line, Text


def command(name: str, *fields: Any) -> Command:
    return Command(name=name, action="", who=rules.always_true, fields=fields)


def properties(*commands: Command) -> dict[str, Any]:
    @takes(*commands)
    class BodyIn(Schema):
        pass

    found: dict[str, Any] = BodyIn.model_json_schema()["properties"]
    return {name: {key: value for key, value in one.items() if key != "default"} for name, one in found.items()}


def test_one_command_says_what_its_fields_say() -> None:
    found = properties(command("a", Line(name="title", api="At most 9", schema={"maxLength": 9}), UPLOADS))
    assert found == {"title": {"title": "Title", "type": "string", "description": "At most 9", "maxLength": 9}}


def test_what_is_not_required_may_be_null() -> None:
    found = properties(command("a", Text(name="reason", required=False)))
    assert found["reason"] == {"title": "Reason", "type": ["string", "null"]}


def test_of_several_commands_each_says_its_own() -> None:
    agency = properties(command("a", Line(name="agency", api="its code")), command("b", Line(name="agency")))["agency"]
    assert agency["description"] == "a: its code; b"


def test_whether_it_is_needed_is_said_where_that_differs() -> None:
    one, two = command("a", Text(name="reason")), command("b", Text(name="reason", required=False))
    found = properties(one, command("c", Text(name="reason")), two)["reason"]
    assert found == {
        "title": "Reason",
        "type": ["string", "null"],
        "description": "a, c (needed); b (optional)",
    }


def test_a_limit_that_does_not_hold_for_all_is_not_promised() -> None:
    colours = Choice(name="kind", choices=[("red", "Red")])
    assert "enum" not in properties(command("a", colours), command("b", Text(name="kind")))["kind"]


def test_a_field_goes_by_the_name_of_the_action() -> None:
    assert set(properties(command("a", Text(name="chosen", action_name="files")))) == {"files"}
