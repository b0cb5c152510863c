"""How a proposal ends, and what follows its answer."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rules import always_false

from issues import policies, rules
from issues.commands.command import Command
from issues.commands.fields import Line, Scale, Text
from issues.models import Score

_AFTER_ANSWER = "issues/ticket/panels/after_answer.html"

DECLINE = Command(
    name="decline",
    action="routing.decline",
    step="decline",
    who=rules.is_coordinator,
    fields=(
        Line(
            name="agency",
            label=_("Responsible body"),
            help=_("Its full name, so that the enterprise knows where to go."),
            longest=200,
            api="the responsible body",
        ),
        Text(name="legal_basis", label=_("Legal basis"), rows=2),
    ),
    label=_("Decline"),
    button=_("Decline it"),
    done=_("Declined."),
    officer_tab=100,
    final=True,
)
CONFIRM = Command(
    name="confirm",
    action="enterprise.confirm",
    step="confirm",
    who=rules.is_filer,
    by_receipt=True,
    label=_("Confirm"),
    button=_("It is solved, close it"),
    done=_("Thank you. The proposal is closed."),
    enterprise_tab=20,
    panel=_AFTER_ANSWER,
)
CLOSE_UNCONFIRMED = Command(
    name="close_unconfirmed",
    action="enterprise.close_unconfirmed",
    step="close_unconfirmed",
    who=always_false,
    by_system=True,
    when=policies.check_silence,
    when_words=f"after {policies.CLOSE_AFTER_WORKING_DAYS} working days of silence",
)
REOPEN = Command(
    name="reopen",
    action="enterprise.reopen",
    step="reopen",
    who=rules.is_filer,
    when=policies.check_reopening_time,
    when_words=f"within {policies.REOPEN_WITHIN_WORKING_DAYS} working days after the answer",
    fields=(
        Text(
            name="reason",
            label=_("What is not solved?"),
            help=_("It goes back to the same agency, with a new clock."),
            rows=3,
        ),
    ),
    label=_("Reopen"),
    button=_("Reopen"),
    done=_("Reopened. A new clock has started."),
    enterprise_tab=40,
    panel=_AFTER_ANSWER,
)
WITHDRAW = Command(
    name="withdraw",
    action="enterprise.withdraw",
    step="withdraw",
    who=rules.is_filer,
    fields=(Text(name="reason", label=_("Why?"), rows=2, required=False),),
    label=_("Withdraw"),
    button=_("Withdraw the proposal"),
    done=_("The proposal is withdrawn."),
    enterprise_tab=150,
    panel="",  # beside the facts of the proposal
    final=True,
)
RATE = Command(
    name="rate",
    action="enterprise.rate",
    who=rules.is_filer,
    when=policies.check_rating,
    fields=(
        Scale(name="score", label=_("Does the answer solve it?"), choices=Score.choices, api="1 (bad) to 5 (good)"),
        Text(name="comment", label=_("What should be better?"), rows=2, required=False),
    ),
    label=pgettext_lazy("command", "Rate"),
    button=_("Send the rating"),
    done=_("Thank you for the rating."),
    template="issues/ticket/commands/rate.html",
    enterprise_tab=30,
    panel=_AFTER_ANSWER,
)
PROPOSE_PUBLICATION = Command(
    name="propose_publication",
    action="publishing.propose_publication",
    who=rules.is_lead_officer | rules.is_coordinator,
    when=policies.check_unpublished,
    fields=(
        Line(name="title", label=_("Public title")),
        Text(
            name="answer",
            label=_("Public answer"),
            help=_("No names, no business secrets. A second person checks it."),
            rows=5,
        ),
    ),
    prefilled=lambda ticket: {
        "title": ticket.public_title or ticket.title,
        "answer": ticket.public_answer or ticket.answer,
    },
    compares_events=False,
    label=pgettext_lazy("command", "Publish"),
    button=_("Hand over for checking"),
    done=_("Sent for checking."),
    officer_tab=110,
)
PUBLISH = Command(
    name="publish",
    action="publishing.publish",
    who=rules.is_lead_officer | rules.is_coordinator | rules.is_leader,
    when=policies.check_public_words,
    compares_events=False,
    label=_("Check the public words"),
    button=pgettext_lazy("command", "Publish"),
    done=_("Published."),
    template="issues/ticket/commands/publish.html",
    officer_tab=120,
)
TABLE = (DECLINE, CONFIRM, CLOSE_UNCONFIRMED, REOPEN, WITHDRAW, RATE, PROPOSE_PUBLICATION, PUBLISH)
