"""The table of commands: each declaration is whole, and fits its action, the state machine and its templates."""

import inspect

import pytest
from django.template.loader import get_template
from django.utils.module_loading import import_string

from issues import rules
from issues.commands.command import Command
from issues.commands.fields import Files
from issues.commands.table import COMMANDS, HOLDER_MAY, TRANSITIONS
from issues.models import Ticket

ALL = [pytest.param(command, id=name) for name, command in COMMANDS.items()]
SHOWN = [pytest.param(command, id=name) for name, command in COMMANDS.items() if command.label]


def parameters_of(command: Command) -> set[str]:
    return set(inspect.signature(import_string(f"issues.actions.{command.action}")).parameters)


@pytest.mark.parametrize("command", ALL)
def test_the_action_takes_what_the_command_gives(command: Command) -> None:
    given = {command.part or "ticket", "actor"} | ({"expected_event"} if command.compares_events else set())
    if command.arguments is None:
        given |= {field.argument for field in command.fields if not isinstance(field, Files)}
    assert given <= parameters_of(command)
    assert set(command.bulk.more or {} if command.bulk else {}) <= parameters_of(command)


@pytest.mark.parametrize("command", ALL)
def test_who_may_is_registered_under_its_permission(command: Command) -> None:
    assert rules.TICKET_PERMISSIONS[command.permission] is command.who


@pytest.mark.parametrize("command", SHOWN)
def test_what_is_shown_has_its_words_and_templates(command: Command) -> None:
    assert command.button
    assert command.done
    get_template(command.template)
    if command.panel:
        get_template(command.panel)


def test_the_machine_has_no_step_without_a_command() -> None:
    steps = {step.name for step in Ticket._meta.get_field("status").get_all_transitions(Ticket)}
    # Merging is no transition that is asked for by name: it has a call of its own.
    assert steps == {command.step for command in TRANSITIONS.values()} | {"merge"}


@pytest.mark.parametrize("command", [pytest.param(one, id=name) for name, one in TRANSITIONS.items()])
def test_a_transition_takes_over_http_what_its_form_takes(command: Command) -> None:
    assert command.arguments is None
    assert all(field.argument == field.name for field in command.fields)


def test_tabs_have_places_of_their_own() -> None:
    for places in (
        [command.officer_tab for command in COMMANDS.values() if command.officer_tab],
        [command.enterprise_tab for command in COMMANDS.values() if command.enterprise_tab],
    ):
        assert len(places) == len(set(places))


def test_two_commands_of_one_permission_must_agree() -> None:
    with pytest.raises(ValueError, match="accept"):
        rules.allow("accept", rules.is_leader)


def test_a_receipt_allows_little() -> None:
    assert {"provide_info", "confirm"} == HOLDER_MAY
