"""How the HTTP interface reads a request: strict JSON in UTF-8, no character that cannot be stored."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from ninja.parser import Parser

MAX_DEPTH = 20
# PostgreSQL refuses NUL; a lone surrogate cannot be encoded.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictParser(Parser):
    """Refuses NaN, bytes that are not UTF-8, deep nesting, NUL and lone surrogates, naming the field."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            data = json.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        # ninja puts the name of the function's argument second; there is none yet
        _refuse_unstorable(("body", ""), data)
        return data

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        _refuse_unstorable(("query",), {key: data.getlist(key) for key in data if key is not None})
        return super().parse_querydict(data, list_fields, request)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _refuse_unstorable(source: tuple[str, ...], data: Any) -> None:
    errors = [
        {"type": "unstorable", "loc": (*source, *path), "msg": _("Contains a character that cannot be stored.")}
        for path, text in _texts(data, ())
        if _UNSTORABLE.search(text)
    ]
    if errors:
        raise ValidationError(errors)


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a JSON value with the way to it; the names of fields are texts as well."""
    if len(path) > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            name = str(key)
            yield (*path, _UNSTORABLE.sub("?", name)), name
            yield from _texts(inner, (*path, _UNSTORABLE.sub("?", name)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, str(index)))
