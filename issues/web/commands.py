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
    between,
    complex_cases,
    conversation,
    enterprise,
    publishing,
    resolving,
    routing,
    splitting,
)
from issues.actor import Actor, speaker_of
from issues.models import Consultation, Extension, Message, Ticket, TicketStatus, Visibility
from issues.web import command_forms as forms

Values = Mapping[str, Any]
Run = Callable[[Ticket, Actor, Values, int | None], Any]
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
    form: type[forms.CommandForm]
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


def _attach_all(ticket: Ticket, actor: Actor, values: Values, visibility: str, internal_to: str | None = None) -> None:
    for upload in values.get("uploads") or ():
        conversation.attach(ticket=ticket, actor=actor, upload=upload, visibility=visibility, internal_to=internal_to)


def _simple(action: Callable[..., Any], *names: str) -> Run:
    """An action whose keywords are fields of the form."""

    def run(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
        return action(ticket=ticket, actor=actor, expected_event=expected, **{name: values.get(name) for name in names})

    return run


def _accept(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    return resolving.accept(
        ticket=ticket, actor=actor, assignee=values.get("assignee") or None, expected_event=expected
    )


def _provide_info(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> None:
    enterprise.provide_info(ticket=ticket, actor=actor, text=values.get("text"), expected_event=expected)
    _attach_all(ticket, actor, values, Visibility.PARTIES)


def _message(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket | None:
    # Words are no decision: they may cross with something new, so the last event is not asked for.
    message = conversation.post_message(ticket=ticket, actor=actor, body=values.get("body"))
    _attach_all(ticket, actor, values, Visibility.PARTIES)
    return _undoable(message, values)


def _note(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket | None:
    own = speaker_of(actor, ticket) if values.get("reach") == "own" else None
    kept_to = own.code if own else None
    note = conversation.post_message(
        ticket=ticket, actor=actor, body=values.get("body"), visibility=Visibility.INTERNAL, internal_to=kept_to
    )
    _attach_all(ticket, actor, values, Visibility.INTERNAL, kept_to)
    return _undoable(note, values)


def _undoable(message: Message, values: Values) -> Ticket | None:
    """The ticket as the message left it, where the message can be taken back: it came alone and ended no clock."""
    try:
        policies.check_no_promise_kept(message)
    except NotPossible:
        return None
    return None if values.get("uploads") else message.ticket


def _consult(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    asked = [*(values.get("agencies") or ()), *([values["ward"]] if values.get("ward") else ())]
    made = between.request_consultations(
        ticket=ticket, actor=actor, agencies=asked, question=values.get("question"), expected_event=expected
    )
    return made[0].ticket


def _split(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket:
    given = {name: values.get(name) for name in ("title", "body", "category")}
    files = values.get("chosen_files")
    return splitting.split(ticket=ticket, actor=actor, files=files, expected_event=expected, **given)


def _said_of_part(part: Ticket) -> str:
    where = (
        _("It is with {agency}.").format(agency=part.lead_agency)
        if part.lead_agency
        else _("A coordinator of the task force will choose the agency.")
    )
    return " ".join([_("The part is a proposal of its own now: {code}.").format(code=part.code), str(where)])


def _reroute(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    return routing.reroute(ticket=ticket, actor=actor)


def _publish(action: Callable[..., Any], *names: str) -> Run:
    def run(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
        return action(ticket=ticket, actor=actor, **{name: values.get(name) for name in names})

    return run


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
        forms.ProvideInfoForm, _provide_info, "provide_info", _transition("provide_info"),
    ),
    Command(
        "confirm", _("Confirm"), _("It is solved, close it"), _("Thank you. The proposal is closed."),
        forms.NothingForm, _simple(enterprise.confirm), "confirm", _transition("confirm"),
    ),
    Command(
        "rate", pgettext_lazy("command", "Rate"), _("Send the rating"), _("Thank you for the rating."),
        forms.RateForm, _simple(enterprise.rate, "score", "comment"), "rate", policies.check_rating,
    ),
    Command(
        "reopen", _("Reopen"), _("Reopen"), _("Reopened. A new clock runs."),
        forms.ReopenForm, _simple(enterprise.reopen, "reason"), "reopen", _transition("reopen"),
    ),
    Command(
        "withdraw", _("Withdraw"), _("Withdraw the proposal"), _("The proposal is withdrawn."),
        forms.WithdrawForm, _simple(enterprise.withdraw, "reason"), "withdraw", _transition("withdraw"),
    ),
    Command(
        "accept", _("Accept"), _("Accept"), _("Accepted."),
        forms.AcceptForm, _accept, "accept", _transition("accept"),
    ),
    Command(
        "reassign", _("Hand over"), _("Hand it over"), _("Handed over."),
        forms.ReassignForm, _simple(assigning.reassign, "assignee", "reason"), "reassign", policies.check_reassign,
        undo="reassign",
    ),
    Command(
        "resolve", pgettext_lazy("command", "Answer"), _("Send the answer"), _("The answer is sent."),
        forms.ResolveForm, _simple(resolving.resolve, "answer", "kind"), "resolve", _transition("resolve"),
    ),
    Command(
        "request_info", _("Ask"), _("Ask the enterprise"), _("Asked. The clock stands still."),
        forms.RequestInfoForm, _simple(resolving.request_info, "question"), "request_info",
        _transition("request_info"),
    ),
    Command(
        "consult", _("Consult"), _("Ask for the opinion"), _("Asked. The ticket waits for the opinion."),
        forms.ConsultForm, _consult, "consult", policies.check_in_progress, undo="questions",
    ),
    Command(
        "return", _("Return"), _("Return it"), _("Returned."),
        forms.ReturnForm, _simple(resolving.return_ticket, "agency", "legal_basis", "reason"), "return",
        _transition("return"),
    ),
    Command(
        "extend", _("More time"), _("Ask the leader"), _("The leader is asked."),
        forms.ExtensionForm, _simple(between.request_extension, "working_days", "as_complex", "reason"),
        "ask_extension", policies.check_extension,
    ),
    Command(
        "complex", _("Complex case"), _("Treat as a complex case"), _("It is now a complex case."),
        forms.ComplexForm, _simple(complex_cases.grant_complex, "reason"), "grant_complex",
        policies.check_grant_complex,
    ),
    Command(
        "message", _("Message"), _("Send"), _("Sent."),
        forms.MessageForm, _message, "post_message", policies.check_not_over, undo="words",
    ),
    Command(
        "note", _("Note"), _("Keep the note"), _("The note is kept."),
        forms.NoteForm, _note, "post_note", policies.check_not_over, undo="words",
    ),
    Command(
        "route", _("Route"), _("Send it there"), _("Routed."),
        forms.RouteForm, _simple(routing.route, "lead_agency", "coordinating_agencies", "category", "reason"),
        "route",
        _transition("route"),
    ),
    Command(
        "reroute", _("Decide again"), _("Let rules and text decide"), _("Routed."),
        forms.NothingForm, _reroute, "route", _transition("route"),
    ),
    Command(
        "decline", _("Decline"), _("Decline it"), _("Declined."),
        forms.DeclineForm, _simple(routing.decline, "agency", "legal_basis"), "decline", _transition("decline"),
    ),
    Command(
        "split", _("Split"), _("Make it a proposal of its own"), _("The part is a proposal of its own now."),
        forms.SplitForm, _split, "split", policies.check_split, say=_said_of_part,
    ),
    Command(
        "merge", _("Merge"), _("Merge"), _("Merged."),
        forms.MergeForm, _simple(between.merge, "into"), "merge", policies.check_open,
    ),
    Command(
        "propose_publication", pgettext_lazy("command", "Publish"),
        _("Hand over for checking"), _("Handed over for checking."),
        forms.PublicationForm, _publish(publishing.propose_publication, "title", "answer"), "propose_publication",
        _check_publishable,
    ),
    Command(
        "publish", _("Check the public words"), pgettext_lazy("command", "Publish"), _("Published."),
        forms.NothingForm, _publish(publishing.publish), "publish", _check_proposed,
    ),
)  # fmt: skip
COMMANDS: Mapping[str, Command] = {command.name: command for command in _TABLE}

# What is done to one consultation or extension of the ticket: its id stands in the form.
PARTS = ("consultation_answer", "consultation_cancel", "extension_decision")


def part_form(name: str) -> type[forms.CommandForm]:
    """The form of a command on a part."""
    return {
        "consultation_answer": forms.ConsultationAnswerForm,
        "consultation_cancel": forms.ReasonForm,
        "extension_decision": forms.DecisionForm,
    }[name]


def run_part(name: str, part: Consultation | Extension, actor: Actor, values: Values) -> Any:
    """Do it."""
    if isinstance(part, Extension):
        return between.decide_extension(
            extension=part, actor=actor, granted=values.get("granted"), reason=values.get("reason")
        )
    if name == "consultation_answer":
        return between.answer_consultation(consultation=part, actor=actor, answer=values.get("answer"))
    return between.cancel_consultation(consultation=part, actor=actor, reason=values.get("reason"))
