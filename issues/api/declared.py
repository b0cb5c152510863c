"""What the document says of calls: bodies from the declarations of their commands (issues/commands/), parameters."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ninja import Field, Schema
from pydantic import create_model

from issues.commands.command import Command
from issues.commands.fields import Field as Declared
from issues.commands.fields import Files

NEEDED = "x-needed"  # read, and taken out of the document, by config.openapi
Body = TypeVar("Body", bound=type[Schema])
Uses = list[tuple[Command, Declared]]  # of one name, by several commands


def documented(parameter: Any, **schema: Any) -> Any:
    """A parameter of a call with more for the document: what the call checks itself, to refuse it with a sentence."""
    parameter.json_schema_extra.update(schema)
    return parameter


def needs(*names: str) -> Callable[[Body], Body]:
    """Say in the document that a body must have these fields. The action checks it."""

    def mark(body: Body) -> Body:
        body.model_config = {**body.model_config, "json_schema_extra": {NEEDED: list(names)}}
        return body

    return mark


def takes(*commands: Command) -> Callable[[Body], Body]:
    """Give a body the fields of these commands. Files go to the call for attachments.

    Fields are only documented: the action checks them, after it has checked who calls and whether it is possible.
    """

    def fill(body: Body) -> Body:
        by_name: dict[str, Uses] = {}
        for command in commands:
            for one in command.fields:
                if not isinstance(one, Files):
                    by_name.setdefault(one.argument, []).append((command, one))
        several = len(commands) > 1
        if not several:
            needs(*(name for name, uses in by_name.items() if uses[0][1].required))(body)
        fields: dict[str, Any] = {name: (Any, _documented(uses, several=several)) for name, uses in by_name.items()}
        return create_model(body.__name__, __base__=body, __doc__=body.__doc__, __module__=body.__module__, **fields)  # type: ignore[return-value]

    return fill


def _documented(uses: Uses, *, several: bool) -> Any:
    """What the document says of a field: what each of its commands says of it."""
    said = _by_command(uses) if several else uses[0][1].api
    return Field(default=None, description=said or None, json_schema_extra=_schema([one for _command, one in uses]))


def _by_command(uses: Uses) -> str:
    """“return: code of the right agency; decline: the responsible body”; whether it is needed, where that differs."""
    differs = len({one.required for _command, one in uses}) > 1
    names: dict[tuple[str, str], list[str]] = {}
    for command, one in uses:
        needed = (" (needed)" if one.required else " (optional)") if differs else ""
        names.setdefault((needed, one.api), []).append(command.name)
    return "; ".join(f"{', '.join(who)}{needed}{f': {api}' if api else ''}" for (needed, api), who in names.items())


def _schema(fields: Iterable[Declared]) -> dict[str, Any]:
    """Type and limits that hold for each of the fields."""
    first, *others = [_schema_of(one) for one in fields]
    shared = {name: value for name, value in first.items() if all(other.get(name) == value for other in others)}
    types = [kind for one in (first, *others) for kind in _as_list(one["type"])]
    kinds = list(dict.fromkeys(types))
    return {**shared, "type": kinds if len(kinds) > 1 else kinds[0]}


def _schema_of(one: Declared) -> dict[str, Any]:
    found = one.json()
    if not one.required:
        found["type"] = [*_as_list(found["type"]), "null"]
    return {**found, **one.schema}


def _as_list(kind: str | list[str]) -> list[str]:
    return kind if isinstance(kind, list) else [kind]
