"""What one person can do on a ticket's page: the tabs of an officer, the forms of an enterprise.

Every form carries what the person had typed before (SavedInput), or what was just refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import MultipleChoiceField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import people
from issues import rules
from issues.access import TicketFacts, may_read
from issues.actor import Actor, speaker_of
from issues.models import Consultation, Extension, SavedInput, Ticket
from issues.web.command_fields import CommandForm
from issues.web.commands import COMMANDS, availability, part_form

# In the order in which an officer needs them.
OFFICER = (
    "accept", "resolve", "request_info", "consult", "return", "extend", "reassign", "route", "reroute", "decline",
    "propose_publication", "publish", "message", "note", "complex", "split", "merge",
)  # fmt: skip
ENTERPRISE = ("provide_info", "confirm", "rate", "reopen", "message", "withdraw")
FINAL = ("return", "decline", "split", "merge", "withdraw")  # what cannot be taken back
# Letters that lead to a tab while nobody types: those of the Vietnamese words (trả lời, hỏi lại, xin ý kiến).
_HOTKEYS = {"resolve": "r", "request_info": "h", "consult": "y"}
_WRITING = ("resolve", "request_info", "consult", "message", "consultation_answer")
_PART_LABELS = {
    "consultation_answer": (_("Give your opinion"), _("Send the opinion")),
    "consultation_cancel": (_("Cancel the consultation"), _("Cancel the consultation")),
    "extension_decision": (_("Decide on more time"), _("Decide")),
}


@dataclass(frozen=True)
class Tool:
    """One form of the desk, or a tab that leads to it. `name` is also the last part of the address it posts to."""

    name: str
    label: str | Promise
    button: str | Promise
    form: CommandForm
    reason: str = ""  # why it has to wait
    part: int | None = None  # a consultation or an extension
    has_files: bool = False
    saved_at: Any = None

    @property
    def key(self) -> str:
        """Its name among the tabs: parts may come several times."""
        return f"{self.name}-{self.part}" if self.part else self.name

    @property
    def takes_replies(self) -> bool:
        """Whether saved replies help with it."""
        return self.name in _WRITING

    @property
    def hotkey(self) -> str:
        return _HOTKEYS.get(self.name, "")


@dataclass(frozen=True)
class Refused:
    """A form that was sent and not accepted, to be shown again as it was."""

    key: str
    form: CommandForm
    reason: str = ""


@dataclass
class Desk:
    """The tools of one person on one ticket, by key, in their order."""

    tools: dict[str, Tool] = field(default_factory=dict)
    current: Tool | None = None

    def get(self, key: str) -> Tool | None:
        return self.tools.get(key)


def desk_of(ticket: Ticket, user: Any, *, is_enterprise: bool, tab: str = "", refused: Refused | None = None) -> Desk:
    """Everything that the person may do now; one query for what they had typed before."""
    saved = {row.key.rpartition(":")[2]: row for row in _saved(ticket, user)}
    made = _Maker(ticket, user, saved, refused)
    tools = made.commands(ENTERPRISE if is_enterprise else OFFICER)
    if not is_enterprise:
        tools = [*made.parts(), *tools]
    if refused and refused.form.fields and all(tool.key != refused.key for tool in tools):
        tools.append(_overtaken(refused))
    desk = Desk({tool.key: tool for tool in tools})
    wanted = refused.key if refused else tab
    pressable = [tool for tool in tools if tool.name != "consultation_cancel"]
    # What cannot be taken back is never what opens by itself, as long as there is anything else.
    mild = [tool for tool in pressable if tool.name not in FINAL]
    desk.current = desk.get(wanted) or next(iter(mild or pressable), None)
    return desk


def _overtaken(refused: Refused) -> Tool:
    """What was typed for something that is no longer possible: shown, so that the words are not lost."""
    name, _dash, part = refused.key.partition("-")
    label, button = (COMMANDS[name].label, COMMANDS[name].button) if name in COMMANDS else _PART_LABELS[name]
    return Tool(name, label, button, refused.form, refused.reason, part=int(part) if part else None)


def saved_key(ticket: Ticket, tool: str) -> str:
    """Under which key the text of a form is kept."""
    return f"ticket:{ticket.code}:{tool}"


def form_options(name: str, ticket: Ticket, user: Any) -> dict[str, Any]:
    """What a form must know of the person beside the ticket."""
    if name == "split":
        person, facts = people.of(user), TicketFacts.of(ticket)
        return {"attachments": [file for file in ticket.attachments.all() if may_read(person, facts, file)]}
    if name != "note":
        return {}
    own = speaker_of(Actor.of(user), ticket)
    return {"own_agency": own.code if own else ""}


def typed_values(post: QueryDict, *, without: tuple[str, ...]) -> dict[str, str]:
    """What somebody typed, as it is kept: several ticks of one field in one text."""
    return {name: ",".join(post.getlist(name)) for name in post if name not in without}


def kept_values(form: type[CommandForm], kept: Mapping[str, str]) -> dict[str, Any]:
    """What was kept, as the form takes it."""
    several = {name for name, field in form.base_fields.items() if isinstance(field, MultipleChoiceField)}
    return {name: text.split(",") if name in several else text for name, text in kept.items()}


def _saved(ticket: Ticket, user: Any) -> list[SavedInput]:
    return list(SavedInput.objects.filter(user=user, key__startswith=f"ticket:{ticket.code}:"))


class _Maker:
    def __init__(self, ticket: Ticket, user: Any, saved: dict[str, SavedInput], refused: Refused | None) -> None:
        self.ticket, self.user, self.saved, self.refused = ticket, user, saved, refused

    def commands(self, names: tuple[str, ...]) -> list[Tool]:
        tools = []
        for name in names:
            command = COMMANDS[name]
            found = availability(command, self.ticket, self.user)
            if found.offered:
                form = self._form(name, command.form, self._initial(name))
                tools.append(
                    Tool(
                        name, command.label, command.button, form, found.reason,
                        has_files=command.has_files, saved_at=self._saved_at(name),
                    )
                )  # fmt: skip
        return tools

    def parts(self) -> list[Tool]:
        """Consultations to answer or to cancel, and an extension to decide."""
        mine = people.of(self.user).officer_agency_ids
        may_cancel = rules.may(self.user, "cancel_consultation", self.ticket)
        tools = [
            self._part("consultation_answer", row)
            for row in self.ticket.consultations.all()
            if row.is_open and row.agency_id in mine
        ]
        tools += [
            self._part("extension_decision", row)
            for row in self.ticket.extensions.all()
            if row.status == Extension.Status.ASKED
            and self.ticket.is_open
            and rules.may(self.user, "decide_extension", self.ticket)
        ]
        cancelling = [row for row in self.ticket.consultations.all() if row.is_open and may_cancel]
        return [*tools, *(self._part("consultation_cancel", row) for row in cancelling)]

    def _part(self, name: str, row: Consultation | Extension) -> Tool:
        label, button = _PART_LABELS[name]
        key = f"{name}-{row.pk}"
        return Tool(name, label, button, self._form(key, part_form(name)), part=row.pk, saved_at=self._saved_at(key))

    def _form(self, key: str, form: type[CommandForm], initial: dict[str, Any] | None = None) -> CommandForm:
        if self.refused is not None and self.refused.key == key:
            return self.refused.form
        kept = self.saved.get(key)
        start = {**(initial or {}), **(kept_values(form, kept.data) if kept else {})}
        return form(ticket=self.ticket, initial=start, auto_id=f"{key}_%s", **form_options(key, self.ticket, self.user))

    def _initial(self, name: str) -> dict[str, Any]:
        if name == "split":
            return {"title": self.ticket.title, "body": self.ticket.body}
        if name == "propose_publication":
            ticket = self.ticket
            return {"title": ticket.public_title or ticket.title, "answer": ticket.public_answer or ticket.answer}
        return {}

    def _saved_at(self, key: str) -> Any:
        kept = self.saved.get(key)
        return kept.saved_at if kept else None
