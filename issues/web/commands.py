"""Every command of a ticket's page: its form, its action, who and when. One table, one view.

Who may and when it is possible is asked here only to show or hide; the actions check again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import NotPossible
from issues import policies, rules
from issues.actions import (
    assigning,
    complex_cases,
    consultations,
    enterprise,
    extensions,
    merging,
    publishing,
    resolving,
    routing,
)
from issues.actor import Actor
from issues.models import Consultation, Extension, Ticket, TicketStatus
from issues.web import command_forms as forms
from issues.web import command_runs as runs
from issues.web.command_fields import CommandForm
from issues.web.command_runs import Run, Values

Check = Callable[[Ticket], None]
HIDING = (
    "wrong_state",
    "nothing_proposed",
    "no_consent",
    "complex_already",
    "complex_no_gain",
)  # refusals that no patience will change


@dataclass(frozen=True)
class Command:
    """One thing that somebody may do on the page. `name` is the last part of its address."""

    name: str
    label: str | Promise  # of the tab
    button: str | Promise
    done: str | Promise
    form: type[CommandForm]
    run: Run
    permission: str
    check: Check
    say: Callable[[Any], str] | None = None  # what to say of the outcome, where `done` is not enough
    undo: str = ""  # the kind of issues.web.undo that takes it back; `run` then gives the ticket as it left it, or None

    @property
    def has_files(self) -> bool:
        return "uploads" in self.form.base_fields


@dataclass(frozen=True)
class Availability:
    """Whether a command is offered; `reason` says why it has to wait."""

    offered: bool
    reason: str = ""

    @property
    def now(self) -> bool:
        return self.offered and not self.reason


def availability(command: Command, ticket: Ticket, user: Any) -> Availability:
    """Hidden from whoever may not; shown with the reason where only patience is needed."""
    if not rules.may(user, command.permission, ticket):
        return Availability(offered=False)
    try:
        command.check(ticket)
    except NotPossible as error:
        return Availability(offered=error.code not in HIDING, reason=error.message)
    return Availability(offered=True)


def _transition(name: str) -> Check:
    return lambda ticket: policies.check_transition(ticket, name)


def _check_publishable(ticket: Ticket) -> None:
    if ticket.status not in (TicketStatus.RESOLVED, TicketStatus.CLOSED) or not ticket.public_consent:
        raise NotPossible("", code="no_consent")
    if ticket.published_at is not None:
        raise NotPossible("", code="wrong_state")


def _check_proposed(ticket: Ticket) -> None:
    _check_publishable(ticket)
    if ticket.public_proposed_by_id is None:
        raise NotPossible("", code="nothing_proposed")


_TABLE = (
    Command(
        "provide_info", _("Answer the question"), _("Send the answer"), _("Sent. The clock runs on."),
        forms.ProvideInfoForm, runs.provide_info, "provide_info", _transition("provide_info"),
    ),
    Command(
        "confirm", _("Confirm"), _("It is solved, close it"), _("Thank you. The proposal is closed."),
        forms.NothingForm, runs.simple(enterprise.confirm), "confirm", _transition("confirm"),
    ),
    Command(
        "rate", pgettext_lazy("command", "Rate"), _("Send the rating"), _("Thank you for the rating."),
        forms.RateForm, runs.simple(enterprise.rate, "score", "comment"), "rate", policies.check_rating,
    ),
    Command(
        "reopen", _("Reopen"), _("Reopen"), _("Reopened. A new clock runs."),
        forms.ReopenForm, runs.simple(enterprise.reopen, "reason"), "reopen", _transition("reopen"),
    ),
    Command(
        "withdraw", _("Withdraw"), _("Withdraw the proposal"), _("The proposal is withdrawn."),
        forms.WithdrawForm, runs.simple(enterprise.withdraw, "reason"), "withdraw", _transition("withdraw"),
    ),
    Command(
        "accept", _("Accept"), _("Accept"), _("Accepted."),
        forms.AcceptForm, runs.accept, "accept", _transition("accept"),
    ),
    Command(
        "reassign", _("Hand over"), _("Hand it over"), _("Handed over."),
        forms.ReassignForm, runs.simple(assigning.reassign, "assignee", "reason"), "reassign", policies.check_reassign,
        undo="reassign",
    ),
    Command(
        "resolve", pgettext_lazy("command", "Answer"), _("Send the answer"), _("The answer is sent."),
        forms.ResolveForm, runs.simple(resolving.resolve, "answer", "kind"), "resolve", _transition("resolve"),
    ),
    Command(
        "request_info", _("Ask"), _("Ask the enterprise"), _("Asked. The clock stands still."),
        forms.RequestInfoForm, runs.simple(resolving.request_info, "question"), "request_info",
        _transition("request_info"),
    ),
    Command(
        "consult", _("Consult"), _("Ask for the opinion"), _("Asked. The ticket waits for the opinion."),
        forms.ConsultForm, runs.consult, "consult", policies.check_in_progress, undo="questions",
    ),
    Command(
        "return", _("Return"), _("Return it"), _("Returned."),
        forms.ReturnForm, runs.simple(resolving.return_ticket, "agency", "legal_basis", "reason"), "return",
        _transition("return"),
    ),
    Command(
        "extend", _("More time"), _("Ask the leader"), _("The leader is asked."),
        forms.ExtensionForm, runs.simple(extensions.request_extension, "working_days", "as_complex", "reason"),
        "ask_extension", policies.check_extension,
    ),
    Command(
        "complex", _("Complex case"), _("Treat as a complex case"), _("It is now a complex case."),
        forms.ComplexForm, runs.simple(complex_cases.grant_complex, "reason"), "grant_complex",
        policies.check_grant_complex,
    ),
    Command(
        "message", _("Message"), _("Send"), _("Sent."),
        forms.MessageForm, runs.message, "post_message", policies.check_not_over, undo="words",
    ),
    Command(
        "note", _("Note"), _("Keep the note"), _("The note is kept."),
        forms.NoteForm, runs.note, "post_note", policies.check_not_over, undo="words",
    ),
    Command(
        "route", _("Route"), _("Send it there"), _("Routed."),
        forms.RouteForm, runs.simple(routing.route, "lead_agency", "coordinating_agencies", "category", "reason"),
        "route",
        _transition("route"),
    ),
    Command(
        "reroute", _("Decide again"), _("Let rules and text decide"), _("Routed."),
        forms.NothingForm, runs.reroute, "route", _transition("route"),
    ),
    Command(
        "decline", _("Decline"), _("Decline it"), _("Declined."),
        forms.DeclineForm, runs.simple(routing.decline, "agency", "legal_basis"), "decline", _transition("decline"),
    ),
    Command(
        "split", _("Split"), _("Make it a proposal of its own"), _("The part is a proposal of its own now."),
        forms.SplitForm, runs.split, "split", policies.check_split, say=runs.said_of_part,
    ),
    Command(
        "merge", _("Merge"), _("Merge"), _("Merged."),
        forms.MergeForm, runs.simple(merging.merge, "into"), "merge", policies.check_open,
    ),
    Command(
        "propose_publication", pgettext_lazy("command", "Publish"),
        _("Hand over for checking"), _("Handed over for checking."),
        forms.PublicationForm, runs.without_event(publishing.propose_publication, "title", "answer"),
        "propose_publication", _check_publishable,
    ),
    Command(
        "publish", _("Check the public words"), pgettext_lazy("command", "Publish"), _("Published."),
        forms.NothingForm, runs.without_event(publishing.publish), "publish", _check_proposed,
    ),
)  # fmt: skip
COMMANDS: Mapping[str, Command] = {command.name: command for command in _TABLE}

# What is done to one consultation or extension of the ticket: its id stands in the form.
PARTS = ("consultation_answer", "consultation_cancel", "extension_decision")


def part_form(name: str) -> type[CommandForm]:
    """The form of a command on a part."""
    return {
        "consultation_answer": forms.ConsultationAnswerForm,
        "consultation_cancel": forms.ReasonForm,
        "extension_decision": forms.DecisionForm,
    }[name]


def run_part(name: str, part: Consultation | Extension, actor: Actor, values: Values) -> Any:
    """Do it."""
    if isinstance(part, Extension):
        return extensions.decide_extension(
            extension=part, actor=actor, granted=values.get("granted"), reason=values.get("reason")
        )
    if name == "consultation_answer":
        return consultations.answer_consultation(consultation=part, actor=actor, answer=values.get("answer"))
    return consultations.cancel_consultation(consultation=part, actor=actor, reason=values.get("reason"))
