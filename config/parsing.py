"""How the HTTP interface reads a request: strict JSON in UTF-8, no text that cannot be stored or has no end.

Texts are measured as they came in: what a call does with them afterwards may take longer than reading them.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from ninja.parser import Parser

from core.text import RAW_MOST

MAX_DEPTH = 20
MOST_ERRORS = 20
_NAME_SHOWN = 60  # characters of the name of a field
# PostgreSQL refuses NUL; a lone surrogate cannot be encoded.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictParser(Parser):
    """Refuses NaN, bytes that are not UTF-8, deep nesting, NUL, lone surrogates and endless texts, naming the field."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            data = json.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        # ninja puts the name of the function's argument second; there is none yet
        _refuse_unusable(("body", ""), data)
        return data

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        _refuse_unusable(("query",), {key: data.getlist(key) for key in data if key is not None})
        return super().parse_querydict(data, list_fields, request)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _refuse_unusable(source: tuple[str, ...], data: Any) -> None:
    wrong = ((path, problem) for path, text in _texts(data, ()) if (problem := _problem(text)))
    errors = [
        {"type": "unusable", "loc": (*source, *path), "msg": problem} for path, problem in islice(wrong, MOST_ERRORS)
    ]
    if errors:
        raise ValidationError(errors)


def _problem(text: str) -> str:
    """The sentence that says why no call can use this text; empty for nearly every one."""
    if len(text) > RAW_MOST:
        return _("This is too long: {length} characters, at most {longest}.").format(
            length=f"{len(text):,}", longest=f"{RAW_MOST:,}"
        )
    return _("Contains a character that cannot be stored.") if _UNSTORABLE.search(text) else ""


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a JSON value with the way to it; the names of fields are texts as well."""
    if len(path) > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            name = str(key)
            shown = (*path, _UNSTORABLE.sub("?", name[:_NAME_SHOWN]))
            yield shown, name
            yield from _texts(inner, shown)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, str(index)))
