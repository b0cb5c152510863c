"""What all events have in common. Extra fields are refused.

The audience of an event is its `visibility`; a single field may ask for a narrower one (`Parties`, `Internal`), and is
left out for everybody else. So the public feed shows that an answer was given and never its text.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict

from issues.models.choices import OWN, Visibility


@dataclass(frozen=True)
class Audience:
    """Marks a field that only this audience, or a narrower one, may read (`issues.access`)."""

    visibility: str


PartiesText = Annotated[str, Audience(Visibility.PARTIES)]
OwnText = Annotated[str, Audience(OWN)]  # of the agency that led when it happened


class EventData(BaseModel):
    """Base of all events: immutable, strict about fields, with the type's name and widest audience."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ClassVar[str]
    visibility: ClassVar[str] = Visibility.PARTIES
    own: ClassVar[bool] = False  # internal to the lead agency
    quiet: ClassVar[bool] = False  # nobody is notified; otherwise issues.notifications.recipients must say who is

    @classmethod
    def narrowed_fields(cls) -> dict[str, str]:
        """Fields with an audience of their own."""
        return {
            name: mark.visibility
            for name, field in cls.model_fields.items()
            for mark in field.metadata
            if isinstance(mark, Audience)
        }
