"""What one person can do on a ticket's page: the tabs of an officer, the forms of an enterprise.

Every form carries what the person had typed before (SavedInput), or what was just refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import MultipleChoiceField
from django.http import QueryDict

from accounts import people
from issues import rules
from issues.commands.command import Command
from issues.commands.fields import Scene
from issues.commands.forms import CommandForm
from issues.commands.table import COMMANDS
from issues.commands.working_commands import CONSULTATION_ANSWER, CONSULTATION_CANCEL, EXTENSION_DECISION
from issues.models import Extension, SavedInput, Ticket
from issues.web.availability import availability

# In the order in which their tabs and panels stand.
OFFICER = sorted((one for one in COMMANDS.values() if one.officer_tab), key=lambda one: one.officer_tab)
ENTERPRISE = sorted((one for one in COMMANDS.values() if one.enterprise_tab), key=lambda one: one.enterprise_tab)


@dataclass(frozen=True)
class Tool:
    """One command as the person sees it: its form, or a tab that leads to it."""

    command: Command
    form: CommandForm
    reason: str = ""  # why it has to wait
    part: int | None = None  # a consultation or an extension
    saved_at: Any = None

    @property
    def name(self) -> str:
        """Also the last part of the address that it posts to."""
        return self.command.name

    @property
    def key(self) -> str:
        """Its name among the tabs: parts may come several times."""
        return f"{self.name}-{self.part}" if self.part else self.name

    @property
    def panel(self) -> str:
        """The panel of the enterprise's page that shows it."""
        return self.command.panel


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
    made = _Maker(Scene(user, ticket), ticket, saved, refused)
    tools = made.commands(ENTERPRISE if is_enterprise else OFFICER)
    if not is_enterprise:
        tools = [*made.parts(), *tools]
    if refused and refused.form.fields and all(tool.key != refused.key for tool in tools):
        tools.append(_overtaken(refused))
    if is_enterprise:
        tools.sort(key=lambda tool: tool.command.enterprise_tab)  # its panel holds it together with others
    desk = Desk({tool.key: tool for tool in tools})
    wanted = refused.key if refused else tab
    pressable = [tool for tool in tools if tool.command is not CONSULTATION_CANCEL]
    # A command that cannot be undone does not open by itself, as long as there is another one.
    mild = [tool for tool in pressable if not tool.command.final]
    desk.current = desk.get(wanted) or next(iter(mild or pressable), None)
    return desk


def _overtaken(refused: Refused) -> Tool:
    """What was typed for something that is not possible any more: shown, so that the text is not lost."""
    name, _dash, part = refused.key.partition("-")
    return Tool(COMMANDS[name], refused.form, refused.reason, part=int(part) if part else None)


def saved_key(ticket: Ticket, tool: str) -> str:
    """Under which key the text of a form is kept."""
    return f"ticket:{ticket.code}:{tool}"


def typed_values(post: QueryDict, *, without: tuple[str, ...]) -> dict[str, str]:
    """What somebody typed, as it is kept: several ticks of one field in one text."""
    return {name: ",".join(post.getlist(name)) for name in post if name not in without}


def kept_values(form: CommandForm, kept: Mapping[str, str]) -> dict[str, Any]:
    """What was kept, as the form takes it."""
    several = {name for name, field in form.fields.items() if isinstance(field, MultipleChoiceField)}
    return {name: text.split(",") if name in several else text for name, text in kept.items()}


def _saved(ticket: Ticket, user: Any) -> list[SavedInput]:
    return list(SavedInput.objects.filter(user=user, key__startswith=f"ticket:{ticket.code}:"))


class _Maker:
    def __init__(self, scene: Scene, ticket: Ticket, saved: dict[str, SavedInput], refused: Refused | None) -> None:
        self.scene, self.ticket, self.saved, self.refused = scene, ticket, saved, refused

    def commands(self, offered: Sequence[Command]) -> list[Tool]:
        tools = []
        for command in offered:
            found = availability(command, self.ticket, self.scene.user)
            if found.offered:
                tools.append(self._tool(command, found.reason))
        return tools

    def parts(self) -> list[Tool]:
        """Consultations to answer or to cancel, and an extension to decide."""
        user, ticket = self.scene.user, self.ticket
        open_ = [row for row in ticket.consultations.all() if row.is_open]
        asked = [row for row in ticket.extensions.all() if row.status == Extension.Status.ASKED and ticket.is_open]
        mine = people.of(user).officer_agency_ids
        may_cancel = rules.may(user, CONSULTATION_CANCEL.permission, ticket)
        may_decide = rules.may(user, EXTENSION_DECISION.permission, ticket)
        return [
            *(self._tool(CONSULTATION_ANSWER, part=row.pk) for row in open_ if row.agency_id in mine),
            *(self._tool(EXTENSION_DECISION, part=row.pk) for row in asked if may_decide),
            *(self._tool(CONSULTATION_CANCEL, part=row.pk) for row in open_ if may_cancel),
        ]

    def _tool(self, command: Command, reason: str = "", part: int | None = None) -> Tool:
        key = f"{command.name}-{part}" if part else command.name
        kept = self.saved.get(key)
        saved_at = kept.saved_at if kept else None
        if self.refused is not None and self.refused.key == key:
            return Tool(command, self.refused.form, reason, part, saved_at)
        form = CommandForm(command.fields, self.scene, auto_id=f"{key}_%s")
        form.initial = {**command.prefilled(self.ticket), **(kept_values(form, kept.data) if kept else {})}
        return Tool(command, form, reason, part, saved_at)
