"""What the ticket calls take. Fields that nobody asked for are ignored; those of a command are in its declaration.

Bodies of actions are read without types: the action itself checks every field, after it has checked who calls and
whether it is possible, so that refusals come in the order 401, 404, 403, 409, 422.
"""

from typing import Any

from ninja import Field, Schema

from accounts.models import User
from issues.actions.assisting import CHANNELS
from issues.api.declared import needs, takes
from issues.commands.table import COMMANDS, TRANSITIONS
from issues.models import BODY_MAX, FILABLE_KINDS, TITLE_MAX, Category


def _field(kind: str | list[str], words: str = "", **more: Any) -> Any:
    """A field of a body: documented here, checked by the action."""
    return Field(default=None, description=words or None, json_schema_extra={"type": kind, **more})


@needs("title", "body")
class FilingIn(Schema):
    """A proposal."""

    title: Any = _field("string", f"At most {TITLE_MAX} characters", maxLength=TITLE_MAX)
    body: Any = _field("string", f"At most {BODY_MAX} characters", maxLength=BODY_MAX)
    kind: Any = _field(["string", "null"], enum=[*map(str, FILABLE_KINDS), None])
    category: Any = _field(["string", "null"], "Empty: the words of the text decide", enum=[*Category.values, "", None])
    ward: Any = _field(["string", "null"], "Code of a ward")
    project: Any = _field(["string", "null"], "Code of a project")
    public_consent: Any = _field(["boolean", "null"], "The answer may be published, without names")
    on_behalf_of: Any = _field(
        ["object", "null"],
        "Officers and coordinators: the enterprise that came or called. A tax code that is new here needs a name; "
        "contact and phone or email are needed unless the channel is meeting",
        required=["tax_code"],
        properties={
            **{name: {"type": "string"} for name in ("tax_code", "name", "contact", "phone", "email")},
            "language": {"type": "string", "enum": [*User.Language.values, ""]},
        },
    )
    channel: Any = _field(
        ["string", "null"], "Only with on_behalf_of; counter by default", enum=[*map(str, CHANNELS), None]
    )


class PreviewIn(Schema):
    """The beginning of a proposal; title and body may still be empty."""

    title: str = Field(max_length=TITLE_MAX)
    body: str = Field(max_length=BODY_MAX)
    kind: str | None = Field(default=None, json_schema_extra={"enum": [*map(str, FILABLE_KINDS), "", None]})
    category: str | None = Field(default=None, json_schema_extra={"enum": [*Category.values, "", None]})
    ward: str | None = None
    project: str | None = None


class ActionIn(Schema):
    """A field of every action: the last event that the caller has seen."""

    expected_event: Any = _field(
        ["integer", "null"], "409 unless this is the last event that the caller may see", minimum=0, maximum=2**63 - 1
    )


@takes(*TRANSITIONS.values())
class TransitionIn(ActionIn):
    """The fields of all transitions; each reads its own."""


@needs("body")
class MessageIn(ActionIn):
    body: Any = _field("string")
    visibility: Any = _field(["string", "null"], enum=["parties", "internal", None])
    internal_to: Any = _field(
        ["string", "null"], "Of a note: the code of the writer's own agency, to keep it from the others"
    )


@needs("agency", "question")
class ConsultationIn(ActionIn):
    agency: Any = _field("string", "Code of the agency that is asked")
    question: Any = _field("string")


@takes(COMMANDS["consultation_answer"])
class ConsultationAnswerIn(Schema):
    pass


@takes(COMMANDS["consultation_cancel"])
class ReasonIn(Schema):
    pass


@takes(COMMANDS["rate"])
class RatingIn(ActionIn):
    pass


@takes(COMMANDS["extend"])
class ExtensionIn(ActionIn):
    pass


@takes(COMMANDS["extension_decision"])
class DecisionIn(Schema):
    pass


@takes(COMMANDS["reassign"])
class AssigneeIn(ActionIn):
    pass


@takes(COMMANDS["split"])
class SplitIn(ActionIn):
    pass


@takes(COMMANDS["merge"])
class MergeIn(ActionIn):
    pass
