"""What the lead agency does with a proposal, and what it gets from others: questions, opinions, time, the answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues import policies, rules
from issues.commands.command import Command, Given, Undo
from issues.commands.fields import (
    UPLOADS,
    Choice,
    Line,
    Number,
    OneAgency,
    OtherDepartments,
    OtherWard,
    Text,
    YesNo,
)
from issues.models import ResolutionKind

_IN_CHARGE = rules.is_assignee | rules.is_lead_head
_ENTERPRISE_READS = _("The enterprise reads it too.")


def _consult_arguments(given: Given) -> dict[str, Any]:
    """The ticked departments and the ward are asked together."""
    ward = given.values.get("ward")
    agencies = [*(given.values.get("agencies") or ()), *([ward] if ward else ())]
    return {"agencies": agencies, "question": given.values.get("question")}


def _extension_arguments(given: Given) -> dict[str, Any]:
    """The form always sends days; a complex case has its own time limit instead."""
    as_complex = bool(given.values.get("as_complex"))
    days = None if as_complex else given.values.get("working_days")
    return {"working_days": days, "as_complex": as_complex, "reason": given.values.get("reason")}


REQUEST_INFO = Command(
    name="request_info",
    action="resolving.request_info",
    step="request_info",
    who=_IN_CHARGE,
    fields=(
        Text(
            name="question",
            label=_("Question to the enterprise"),
            help=_("The clock is paused until the enterprise answers."),
            rows=5,
        ),
    ),
    label=_("Ask"),
    button=_("Ask the enterprise"),
    done=_("Question sent. The clock is paused."),
    officer_tab=30,
    hotkey="h",  # hỏi lại
    takes_replies=True,
)
PROVIDE_INFO = Command(
    name="provide_info",
    action="enterprise.provide_info",
    step="provide_info",
    who=rules.is_filer,
    by_receipt=True,
    fields=(
        Text(name="text", label=_("Your answer"), help=_("The clock continues as soon as you send it.")),
        UPLOADS,
    ),
    label=_("Answer the question"),
    button=_("Send the answer"),
    done=_("Sent. The clock is running again."),
    enterprise_tab=10,
    panel="issues/ticket/panels/question.html",
)
CONSULT = Command(
    name="consult",
    action="consultations.request_consultations",
    who=_IN_CHARGE,
    when=policies.check_in_progress,
    fields=(
        OtherDepartments(name="agencies", label=_("Agencies to ask"), required=False),
        OtherWard(name="ward", label=_("Ward or commune to ask"), required=False),
        Text(
            name="question",
            label=_("Question"),
            help=_("Each gets part of the working time that is left, and answers on its own clock."),
        ),
    ),
    arguments=_consult_arguments,
    label=_("Consult"),
    button=_("Ask for the opinion"),
    done=_("Question sent. The ticket waits for the opinion."),
    officer_tab=40,
    hotkey="y",  # xin ý kiến
    takes_replies=True,
    undo=Undo("questions", lambda made, values: made[0].ticket),
)
RETURN = Command(
    name="return",
    action="resolving.return_ticket",
    step="send_back",
    who=rules.is_lead_officer,
    when=policies.check_may_return,
    when_words=f"not after the decision that followed {policies.RETURNS_BEFORE_COORDINATOR} returns",
    fields=(
        OneAgency(name="agency", label=_("The right agency"), api="code of the right agency"),
        Line(
            name="legal_basis",
            label=_("Legal basis"),
            help=_("The document and article that make this agency responsible."),
            longest=2000,
        ),
        Text(name="reason", label=_("Reason"), rows=2, required=False),
    ),
    label=_("Return"),
    button=_("Return it"),
    done=_("Returned."),
    officer_tab=50,
    final=True,
)
EXTEND = Command(
    name="extend",
    action="extensions.request_extension",
    who=_IN_CHARGE,
    right="ask_extension",
    when=policies.check_extension,
    fields=(
        YesNo(
            name="as_complex",
            label=_("What to ask for"),
            yes=_("Treatment as a complex case, with its own time limit"),
            no=_("More working days"),
            no_first=True,
            required=False,
            offered=policies.can_be_complex,
            api="Instead of working days: the time limit of a complex case",
        ),
        Number(
            name="working_days",
            label=_("Working days from today"),
            lowest=1,
            highest=policies.LONGEST_EXTENSION,
            start=5,
            required=False,
            schema={"type": "integer"},
        ),
        Text(name="reason", label=_("Reason"), help=_ENTERPRISE_READS, rows=3),
    ),
    arguments=_extension_arguments,
    label=_("More time"),
    button=_("Ask the leader"),
    done=_("The leader is asked."),
    officer_tab=60,
)
COMPLEX = Command(
    name="complex",
    action="complex_cases.grant_complex",
    who=rules.is_leader,
    right="grant_complex",
    when=policies.check_grant_complex,
    fields=(Text(name="reason", label=_("Reason"), help=_ENTERPRISE_READS, rows=3),),
    label=_("Complex case"),
    button=_("Treat as a complex case"),
    done=_("It is now a complex case."),
    template="issues/ticket/commands/complex.html",
    officer_tab=150,
)
RESOLVE = Command(
    name="resolve",
    action="resolving.resolve",
    step="resolve",
    who=_IN_CHARGE,
    when=policies.check_nothing_open,
    when_words="no consultation is open",
    fields=(
        Text(
            name="answer",
            label=_("Answer to the enterprise"),
            help=_("The first sentence gives the conclusion; the legal basis comes after."),
            rows=8,
        ),
        Choice(name="kind", label=_("Outcome"), choices=ResolutionKind.choices, radio=True),
    ),
    label=pgettext_lazy("command", "Answer"),
    button=_("Send the answer"),
    done=_("The answer is sent."),
    officer_tab=20,
    hotkey="r",  # trả lời
    takes_replies=True,
)
CONSULTATION_ANSWER = Command(
    name="consultation_answer",
    action="consultations.answer_consultation",
    who=rules.is_consulted,
    right="answer_consultation",
    part="consultation",
    fields=(Text(name="answer", label=_("Your agency’s opinion"), rows=5),),
    compares_events=False,
    label=_("Give your opinion"),
    button=_("Send the opinion"),
    done=_("Your agency’s opinion is sent."),
    template="issues/ticket/commands/consultation_answer.html",
    takes_replies=True,
)
CONSULTATION_CANCEL = Command(
    name="consultation_cancel",
    action="consultations.cancel_consultation",
    who=_IN_CHARGE,
    right="cancel_consultation",
    part="consultation",
    fields=(Text(name="reason", label=_("Reason"), rows=2),),
    compares_events=False,
    label=_("Cancel the consultation"),
    button=_("Cancel the consultation"),
    done=_("The consultation is cancelled."),
)
EXTENSION_DECISION = Command(
    name="extension_decision",
    action="extensions.decide_extension",
    who=rules.is_leader,
    right="decide_extension",
    part="extension",
    fields=(
        YesNo(name="granted", label=_("Decision"), yes=_("Grant"), no=_("Refuse")),
        Text(name="reason", label=_("Reason"), help=_ENTERPRISE_READS, rows=2),
    ),
    compares_events=False,
    label=_("Decide on more time"),
    button=_("Decide"),
    done=_("The decision is made."),
    template="issues/ticket/commands/extension_decision.html",
)
TABLE = (
    REQUEST_INFO, PROVIDE_INFO, CONSULT, RETURN, EXTEND, COMPLEX, RESOLVE, CONSULTATION_ANSWER, CONSULTATION_CANCEL,
    EXTENSION_DECISION,
)  # fmt: skip
