"""The kinds of fields that commands ask for: each gives its field of a page's form and its part of a JSON schema.

What is typed or sent is checked by the actions; a form only asks, and the schema only documents.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.models import AGENCY_ROLES, Agency, User
from core.forms import CleanCharField
from issues.access import TicketFacts, may_read
from issues.actor import Actor, speaker_of
from issues.commands.form_fields import AgencyField, FilesField, agency_choices, connected_agencies
from issues.files import limits
from issues.models import Ticket

Words = str | Promise
Json = dict[str, Any]


class Scene:
    """For whom, and on which ticket, a form is made; `ticket` is None where it is for many."""

    def __init__(self, user: Any, ticket: Ticket | None = None) -> None:
        self.user, self.ticket = user, ticket

    @cached_property
    def other_agencies(self) -> list[Agency]:
        """Connected agencies except the lead agency; one query, only where a form is rendered or checked."""
        lead = self.ticket.lead_agency_id if self.ticket else None
        return [agency for agency in connected_agencies() if agency.pk != lead]

    def officers(self) -> list[User]:
        """Who may be put in charge: active officers and heads of the lead agency, or of the person's own agencies."""
        agencies = [self.ticket.lead_agency_id] if self.ticket else people.of(self.user).officer_agency_ids
        found = User.objects.filter(
            is_active=True, memberships__agency_id__in=agencies, memberships__role__in=AGENCY_ROLES
        )
        if self.ticket is not None:
            enterprise_id = self.ticket.enterprise_id  # nobody is in charge of a proposal of their own side
            own = {"memberships__enterprise_id": enterprise_id} if enterprise_id else {"pk": self.ticket.filer_id}
            found = found.exclude(**own)
        return list(found.order_by("name", "email").distinct())


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that a command asks for. `api` and `schema` say more of it to programs."""

    name: str
    label: Words = ""
    help: Words = ""
    required: bool = True
    action_name: str = ""  # the keyword of the action, where the page's form calls it otherwise
    api: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def argument(self) -> str:
        """What the action and the HTTP interface call it."""
        return self.action_name or self.name

    def form_field(self, scene: Scene) -> forms.Field | None:
        """The field of the page's form; None where there is nothing to ask."""
        raise NotImplementedError

    def json(self) -> Json:
        """Type and limits as JSON Schema has them."""
        return {"type": "string"}

    def _common(self) -> dict[str, Any]:
        return {"label": self.label, "help_text": self.help, "required": self.required}


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Several lines."""

    rows: int = 4
    attributes: Mapping[str, str] = field(default_factory=dict)  # of its element

    def form_field(self, scene: Scene) -> forms.Field:
        return CleanCharField(widget=forms.Textarea(attrs={"rows": self.rows, **self.attributes}), **self._common())


@dataclass(frozen=True, kw_only=True)
class Line(Field):
    """One line of at most so many characters."""

    longest: int = 300

    def form_field(self, scene: Scene) -> forms.Field:
        return CleanCharField(max_length=self.longest, **self._common())


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several codes; `blank` is what no choice is called."""

    choices: Iterable[tuple[Any, Any]]
    blank: Words = ""
    radio: bool = False

    def form_field(self, scene: Scene) -> forms.Field | None:
        shown = [*([("", self.blank)] if self.blank else ()), *self.choices]
        widget = forms.RadioSelect if self.radio else forms.Select
        return forms.ChoiceField(choices=shown, widget=widget, **self._common())

    def json(self) -> Json:
        codes = [str(code) for code, _label in self.choices]
        return {"type": "string", "enum": codes if self.required else [*codes, "", None]}


@dataclass(frozen=True, kw_only=True)
class Scale(Field):
    """A whole number of few, each with its words."""

    choices: Iterable[tuple[int, Any]]

    def form_field(self, scene: Scene) -> forms.Field:
        return forms.TypedChoiceField(choices=self.choices, coerce=int, widget=forms.RadioSelect, **self._common())

    def json(self) -> Json:
        numbers = [number for number, _label in self.choices]
        return {"type": "integer", "minimum": min(numbers), "maximum": max(numbers)}


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A whole number within limits."""

    lowest: int
    highest: int
    start: int | None = None

    def form_field(self, scene: Scene) -> forms.Field:
        return forms.IntegerField(min_value=self.lowest, max_value=self.highest, initial=self.start, **self._common())

    def json(self) -> Json:
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


@dataclass(frozen=True, kw_only=True)
class YesNo(Field):
    """Yes or no, each in its own words; a program may leave it out where it is not required.

    `offered` says whether there is anything to ask on this ticket.
    """

    yes: Words
    no: Words
    no_first: bool = False  # "no" comes first and is chosen by default
    offered: Callable[[Ticket], bool] = lambda ticket: True

    def form_field(self, scene: Scene) -> forms.Field | None:
        if scene.ticket is not None and not self.offered(scene.ticket):
            return None
        choices = [("yes", self.yes), ("no", self.no)]
        return forms.TypedChoiceField(
            choices=choices[::-1] if self.no_first else choices,
            coerce=lambda value: value == "yes",
            initial="no" if self.no_first else None,
            widget=forms.RadioSelect,
            **{**self._common(), "required": True},
        )

    def json(self) -> Json:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class OneAgency(Field):
    """An agency by its code."""

    def form_field(self, scene: Scene) -> forms.Field:
        return AgencyField(**self._common())


@dataclass(frozen=True, kw_only=True)
class Agencies(Field):
    """Several agencies by their codes."""

    def form_field(self, scene: Scene) -> forms.Field:
        chosen = forms.MultipleChoiceField(choices=lambda: agency_choices()[1:], **self._common())
        chosen.widget.attrs["size"] = 6
        return chosen

    def json(self) -> Json:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, kw_only=True)
class OtherDepartments(Field):
    """Departments and bodies to tick, without the lead agency."""

    def form_field(self, scene: Scene) -> forms.Field:
        not_here = (Agency.Level.WARD, Agency.Level.CITY)
        return forms.MultipleChoiceField(
            choices=lambda: [(a.code, a.name) for a in scene.other_agencies if a.level not in not_here],
            widget=forms.CheckboxSelectMultiple,
            **self._common(),
        )


@dataclass(frozen=True, kw_only=True)
class OtherWard(Field):
    """One ward or commune, or none."""

    def form_field(self, scene: Scene) -> forms.Field:
        return forms.ChoiceField(
            choices=lambda: [
                ("", _("None")),
                *((a.code, a.name) for a in scene.other_agencies if a.level == Agency.Level.WARD),
            ],
            **self._common(),
        )


@dataclass(frozen=True, kw_only=True)
class Officer(Field):
    """Somebody to put in charge; `blank` is what no choice means."""

    blank: Words
    another: bool = False  # than the one in charge now

    def form_field(self, scene: Scene) -> forms.Field:
        now = scene.ticket.assignee_id if self.another and scene.ticket else None
        shown = [(one.email, str(one)) for one in scene.officers() if one.pk != now]
        return forms.ChoiceField(choices=[("", self.blank), *shown], **self._common())

    def json(self) -> Json:
        return {"type": ["string", "integer"]}


@dataclass(frozen=True, kw_only=True)
class NoteReaders(Field):
    """Which agencies read a note; people who speak for none of them have no choice."""

    def form_field(self, scene: Scene) -> forms.Field | None:
        if scene.ticket is None or speaker_of(Actor.of(scene.user), scene.ticket) is None:
            return None
        choices = [("", _("All agencies on this case")), ("own", _("Only my agency, coordinators and leaders"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **self._common())


@dataclass(frozen=True, kw_only=True)
class Files(Field):
    """Files to attach to the ticket."""

    def form_field(self, scene: Scene) -> forms.Field:
        return FilesField(**{**self._common(), "help_text": limits.ALLOWED})


@dataclass(frozen=True, kw_only=True)
class TicketFiles(Field):
    """Some of the ticket's own files, of those that the person may read."""

    def form_field(self, scene: Scene) -> forms.Field | None:
        if scene.ticket is None:
            return None
        person, facts = people.of(scene.user), TicketFacts.of(scene.ticket)
        readable = [file for file in scene.ticket.attachments.all() if may_read(person, facts, file)]
        if not readable:
            return None
        shown = [(str(file.public_id), file.name) for file in readable]
        return forms.MultipleChoiceField(choices=shown, widget=forms.CheckboxSelectMultiple, **self._common())

    def json(self) -> Json:
        return {"type": "array", "items": {"type": "string"}}


UPLOADS = Files(name="uploads", label=_("Files"), required=False)
