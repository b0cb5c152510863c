"""The interface with its errors in the document: every call may answer with a problem.

What pydantic cannot say is added here: which calls everybody may make, which fields of a body an action needs (it
checks them itself, after it has checked who calls), and that no text may have a NUL (config.parsing).
"""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

from config.problems import CONTENT_TYPE
from issues.api.declared import NEEDED

Json = dict[str, Any]

PUBLIC_AUTH = "OptionalAuth"  # a token is read where there is one (accounts.auth)
STORABLE = "^[^\\u0000]*$"
_PROBLEM: Json = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `detail` is for people, `code` for programs; `errors` names the fields that are wrong.",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
_REST: Json = {
    "title": "Ignored",
    "description": "Fields that nobody asked for are ignored, but no text in them may have a NUL.",
    "anyOf": [
        {"type": ["number", "boolean", "null"]},
        {"type": "string", "pattern": STORABLE},
        {"type": "array", "items": {"$ref": "#/components/schemas/Ignored"}},
        {
            "type": "object",
            "propertyNames": {"pattern": STORABLE},
            "additionalProperties": {"$ref": "#/components/schemas/Ignored"},
        },
    ],
}
_RESPONSE: Json = {
    "description": "Refused",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class DocumentedAPI(NinjaAPI):
    """Adds to the document of every call what holds for all of them."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        bodies = schema["components"]["schemas"]
        bodies |= {"Problem": _PROBLEM, "Ignored": _REST}
        for operations in schema["paths"].values():
            for operation in operations.values():
                answers = {str(status): answer for status, answer in operation["responses"].items()}
                operation["responses"] = {**answers, "default": _RESPONSE}
                _say_who_may(operation)
                for parameter in operation.get("parameters", ()):
                    _refuse_nul(parameter["schema"])
                _say_what_is_needed(operation.get("requestBody"), bodies)
        return schema


def _say_who_may(operation: Json) -> None:
    """An empty requirement beside the other makes it optional (OpenAPI 3.1, Security Requirement Object)."""
    security = operation.get("security", [])
    if any(PUBLIC_AUTH in requirement for requirement in security):
        operation["security"] = [{}, *security]


def _say_what_is_needed(request: Json | None, bodies: Json) -> None:
    """Which fields a body must have, and that there must be one where it must have any."""
    for kind, content in (request or {}).get("content", {}).items():
        given = content["schema"]
        for body in (given, *_referred(given, bodies)):
            properties = body.get("properties", {})
            for name in body.pop(NEEDED, ()):
                body["required"] = sorted({*body.get("required", ()), name})
                if properties[name].get("type") == "string" and "enum" not in properties[name]:
                    properties[name].setdefault("minLength", 1)
            if kind == "multipart/form-data":
                _ask_for_the_file(body, properties)
            elif properties:
                body["propertyNames"] = {"pattern": STORABLE}
                body["additionalProperties"] = {"$ref": "#/components/schemas/Ignored"}
            for one in properties.values():
                _refuse_nul(one)
            if body.get("required") and request is not None:
                request["required"] = True
        if request is not None and request.get("required") and "anyOf" in given:
            (content["schema"],) = [one for one in given["anyOf"] if one != {"type": "null"}]


def _ask_for_the_file(body: Json, properties: Json) -> None:
    """A file that may be missing for the reader of the request, so that the action says so in its turn."""
    for name, one in properties.items():
        file = next((kind for kind in one.get("anyOf", ()) if kind.get("format") == "binary"), None)
        if file is not None:
            properties[name] = {**{key: value for key, value in one.items() if key != "anyOf"}, **file}
            body["required"] = [name]


def _referred(schema: Json, bodies: Json) -> Iterator[Json]:
    for one in (schema, *schema.get("anyOf", ())):
        if "$ref" in one:
            yield bodies[one["$ref"].rpartition("/")[2]]


def _refuse_nul(schema: Json) -> None:
    """Text of any kind: codes, formats and patterns have none anyway."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ()), *schema.get("properties", {}).values()):
        kinds = one.get("type", [])
        is_text = kinds == "string" or "string" in kinds
        if is_text and not {"enum", "format", "pattern", "const"} & one.keys():
            one["pattern"] = STORABLE
