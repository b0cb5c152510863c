"""What is written on a proposal without changing its state, and proposals that become two or one."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import NotPossible
from issues import policies, rules
from issues.actor import speaker_of
from issues.commands.command import Bulk, Command, Given, Undo, Values
from issues.commands.fields import UPLOADS, Choice, Line, NoteReaders, Text, TicketFiles
from issues.models import BODY_MAX, TITLE_MAX, Category, Message, Ticket, Visibility


def _note_arguments(given: Given) -> dict[str, Any]:
    """A note of the agencies, or of one of them."""
    own = speaker_of(given.actor, given.ticket) if given.values.get("reach") == "own" else None
    return {
        "body": given.values.get("body"),
        "visibility": Visibility.INTERNAL,
        "internal_to": own.code if own else None,
    }


def _as_it_was_left(message: Message, values: Values) -> Ticket | None:
    """The ticket, where the message can be taken back: it came alone and ended no clock."""
    try:
        policies.check_no_promise_kept(message)
    except NotPossible:
        return None
    return None if values.get("uploads") else message.ticket


def _say_part(part: Ticket) -> str:
    """Its code, and where it went."""
    where = (
        gettext("It is with {agency}.").format(agency=part.lead_agency)
        if part.lead_agency
        else gettext("A coordinator of the task force will choose the agency.")
    )
    return " ".join([gettext("The part is now a separate proposal: {code}.").format(code=part.code), where])


MESSAGE = Command(
    name="message",
    action="conversation.post_message",
    who=rules.is_filer | rules.works_for_ticket | rules.is_coordinator | rules.is_leader,
    right="post_message",
    when=policies.check_not_over,
    fields=(
        Text(
            name="body",
            label=_("Message"),
            help=_("The enterprise and the agencies read it. The clock does not stop."),
            rows=3,
        ),
        UPLOADS,
    ),
    # A message is no decision: it may be sent although something new has happened.
    compares_events=False,
    label=_("Message"),
    button=_("Send"),
    done=_("Sent."),
    officer_tab=130,
    enterprise_tab=50,
    panel="issues/ticket/panels/message.html",
    takes_replies=True,
    undo=Undo("words", _as_it_was_left),
)
NOTE = Command(
    name="note",
    action="conversation.post_message",
    who=rules.works_for_ticket | rules.is_coordinator | rules.is_leader,
    right="post_note",
    when=policies.check_not_over,
    fields=(
        Text(
            name="body",
            label=_("Internal note"),
            help=_("The enterprise never reads it. Write @ and a name to notify somebody."),
            rows=3,
            attributes={"data-mentions": "mentionable"},
        ),
        NoteReaders(name="reach", label=_("Who reads it"), required=False),
        UPLOADS,
    ),
    arguments=_note_arguments,
    compares_events=False,
    label=_("Note"),
    button=_("Keep the note"),
    done=_("The note is kept."),
    template="issues/ticket/commands/note.html",
    officer_tab=140,
    undo=Undo("words", _as_it_was_left),
    bulk=Bulk(
        label=_("Leave an internal note"),
        fields=(Text(name="body", label=_("Internal note"), help=_("The enterprise never reads it.")),),
        offered_to=lambda person: person.is_staff_side,
    ),
)
SPLIT = Command(
    name="split",
    action="splitting.split",
    who=rules.is_coordinator | rules.is_lead_officer,
    when=policies.check_split,
    fields=(
        Line(
            name="title",
            label=_("Title of the part"),
            longest=TITLE_MAX,
            api=f"At most {TITLE_MAX} characters",
            schema={"maxLength": TITLE_MAX},
        ),
        Text(
            name="body",
            label=_("What the part says"),
            help=_("Keep only what belongs to this other matter."),
            rows=7,
            api=f"At most {BODY_MAX} characters",
            schema={"maxLength": BODY_MAX},
        ),
        Choice(
            name="category",
            label=_("Field"),
            choices=Category.choices,
            blank=_("Let the text decide"),
            required=False,
            api="Empty: the words of the text decide",
        ),
        TicketFiles(
            name="chosen_files",
            label=_("Files to copy along"),
            required=False,
            action_name="files",
            api="Ids of files of the ticket to copy along",
        ),
    ),
    # Prefilled with the whole text: people remove what does not belong to the other matter.
    prefilled=lambda ticket: {"title": ticket.title, "body": ticket.body},
    label=_("Split"),
    button=_("Make it a separate proposal"),
    done=_("The part is now a separate proposal."),
    say=_say_part,
    officer_tab=160,
    final=True,
)
MERGE = Command(
    name="merge",
    action="merging.merge",
    who=rules.is_coordinator | rules.is_lead_officer,
    when=policies.check_open,
    when_words="both are open; an agency must lead both",
    fields=(
        Line(
            name="into",
            label=_("Code of the ticket to keep"),
            help=_("For example KN-2026-0034."),
            longest=20,
            api="Code of the ticket to keep",
        ),
    ),
    label=_("Merge"),
    button=_("Merge"),
    done=_("Merged."),
    officer_tab=170,
    final=True,
)
TABLE = (MESSAGE, NOTE, SPLIT, MERGE)
