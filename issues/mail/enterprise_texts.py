"""Texts for the enterprise: what happened to its proposal, who is responsible now, what it can do."""

from django.utils.translation import gettext as _

from issues.mail.scene import Scene
from issues.mail.words import Say, Words
from issues.models import ResolutionKind
from issues.sentences.explanations import explain_steps
from issues.sentences.limit_words import reopening_time, silence_time


def submitted(scene: Scene) -> Words:
    """The receipt: code, who handles it, by when and why."""
    lead = scene.ticket.lead_agency
    who = (
        _("{agency} is responsible for it.").format(agency=lead.name)
        if lead is not None
        else _(
            "A coordinator of the task force is choosing the responsible agency. You will be notified which one it is."
        )
    )
    whole = scene.data.get("split_from")
    headline = (
        _("A part of your proposal {code} continues as a separate proposal").format(code=whole)
        if whole
        else _("We have received your proposal")
    )
    about = [_("It is about another matter, so it is answered separately. You lose no time.")] if whole else []
    return Words(
        headline=headline,
        lines=(
            *about,
            _("Your proposal has the code {code}.").format(code=scene.ticket.code),
            who,
            _("You will have an answer by {due}.").format(due=scene.moment("due_at")),
            *explain_steps(scene.data.get("explanation", []), hours=scene.hours, dated=True),
        ),
        action=_("Follow your proposal"),
    )


def routed(scene: Scene) -> Words:
    lines = [_("Reason: {reason}").format(reason=scene.data["reason"])] if scene.data.get("reason") else []
    if scene.ticket.due_at:
        lines.append(_("It is due at {due}.").format(due=scene.say(scene.ticket.due_at)))
    return Words(
        headline=_("{agency} is now responsible for your proposal").format(agency=scene.agency("lead_agency")),
        lines=tuple(lines),
        action=_("Follow your proposal"),
    )


def accepted(scene: Scene) -> Words:
    return Words(
        headline=_("{agency} has accepted your proposal").format(agency=scene.agency("agency")),
        action=_("Follow your proposal"),
    )


def info_requested(scene: Scene) -> Words:
    return Words(
        headline=_("The agency has a question for you"),
        lines=(
            _("The clock is paused until you answer; {left} of working time are left after that.").format(
                left=scene.duration("left_minutes")
            ),
        ),
        quote=scene.data["question"],
        action=_("Answer the question"),
    )


def returned(scene: Scene) -> Words:
    lines = [
        _("It says that {agency} is responsible. Legal basis: {basis}").format(
            agency=scene.agency("agency"), basis=scene.data["legal_basis"]
        ),
        _("The coordinator of the task force will decide. The clock keeps running."),
    ]
    return Words(
        headline=_("{agency} has returned your proposal").format(agency=scene.agency("from_agency")),
        lines=tuple(lines),
        quote=scene.data.get("reason", ""),
        action=_("Follow your proposal"),
    )


def resolved(scene: Scene) -> Words:
    """The one answer; people who joined read the same text."""
    joined = scene.group == "party"
    kind = ResolutionKind(scene.data["kind"]).label
    lines = [_("Outcome: {kind}.").format(kind=kind)]
    if not joined:
        text = _("Please confirm it, rate it, or reopen the proposal within {time} if it does not help.")
        lines.append(text.format(time=reopening_time()))
    return Words(
        headline=_("{agency} has answered").format(agency=scene.agency("agency")),
        lines=tuple(lines),
        quote=scene.data["answer"],
        action=_("Read the answers") if joined else _("Read and confirm the answer"),
    )


def declined(scene: Scene) -> Words:
    return Words(
        headline=_("Your proposal is outside the competence of the city"),
        lines=(
            _("Responsible: {agency}.").format(agency=scene.agency("agency")),
            _("Legal basis: {basis}").format(basis=scene.data["legal_basis"]),
        ),
        action=_("Read the decision"),
    )


def closed_unconfirmed(scene: Scene) -> Words:
    return Words(
        headline=_("Your proposal was closed without your confirmation"),
        lines=(
            _("There was no reaction within {time}. It is counted as not confirmed, never as satisfied.").format(
                time=silence_time()
            ),
            _("You can still reopen it within {time} after the answer.").format(time=reopening_time()),
        ),
        action=_("Read the answer"),
    )


def merged(scene: Scene) -> Words:
    lines = [_("Another enterprise asked for the same. You will get the same answer at the same time.")]
    goes_on = scene.ticket.merged_into
    if goes_on is not None and goes_on.lead_agency is not None:
        lines.append(_("{agency} is responsible for it.").format(agency=goes_on.lead_agency.name))
    if goes_on is not None and goes_on.due_at is not None:
        lines.append(_("You will have an answer by {due}.").format(due=scene.say(goes_on.due_at)))
    return Words(
        headline=_("Your proposal continues together with another one"),
        lines=tuple(lines),
        action=_("Open your proposal"),
    )


def split(scene: Scene) -> Words:
    return Words(
        headline=_("A part of your proposal continues as {code}").format(code=scene.data["part"]),
        lines=(_("It is about another matter, so it is answered separately. You lose no time."),),
        quote=scene.data["title"],
        action=_("Open your proposal"),
    )


def withdrawn(scene: Scene) -> Words:
    """For people whose proposal was merged into it: otherwise they would wait for nothing."""
    return Words(
        headline=_("The proposal with which yours was joined has been withdrawn"),
        lines=(_("It will not be answered. If you still need an answer, please file your proposal again."),),
        action=_("Open your proposal"),
    )


def extension_requested(scene: Scene) -> Words:
    return Words(
        headline=_("The agency asks for more time for your proposal"),
        lines=(
            _("It is due at {old}; the agency asks for {new}.").format(
                old=scene.moment("old_due_at"), new=scene.moment("new_due_at")
            ),
            _("A leader of the city will decide. Until then the due time does not change."),
        ),
        quote=scene.data["reason"],
        action=_("Open your proposal"),
    )


def published(scene: Scene) -> Words:
    return Words(
        headline=_("The answer to your proposal was published"),
        lines=(_("As you agreed, it does not name you."),),
        action=_("Read the published answer"),
    )


def extension_decided(scene: Scene) -> Words:
    if not scene.data["granted"]:
        return Words(
            headline=_("Your proposal keeps its due time"),
            lines=(
                _("The agency asked for more time; the leader refused."),
                _("It is due at {due}.").format(due=scene.moment("old_due_at")),
            ),
            quote=scene.data["reason"],
            action=_("Open your proposal"),
        )
    return Words(
        headline=_("The answer to your proposal will take longer"),
        lines=(
            _("A leader has decided that it is a complex case, which takes more working days. The reason is below.")
            if scene.data.get("as_complex")
            else _("A leader has granted the agency more time. The reason is below."),
            _("It was due at {old}; now it is due at {new}.").format(
                old=scene.moment("old_due_at"), new=scene.moment("new_due_at")
            ),
        ),
        quote=scene.data["reason"],
        action=_("Open your proposal"),
    )


def message_posted(scene: Scene) -> Words:
    return Words(headline=_("You have a message"), quote=scene.data["body"], action=_("Reply"))


def attachment_added(scene: Scene) -> Words:
    return Words(headline=_("A file was added: {name}").format(name=scene.data["name"]), action=_("Open your proposal"))


def attachment_blocked(scene: Scene) -> Words:
    return Words(
        headline=_("The file {name} was blocked").format(name=scene.data["name"]),
        lines=(
            _("The virus scan found {signature}. Nobody could open the file, and it is removed.").format(
                signature=scene.data["signature"]
            ),
            _("If the file is needed, check your computer and attach a clean copy."),
        ),
        action=_("Open your proposal"),
    )


TEXTS: dict[str, Say] = {
    "ticket.submitted": submitted,
    "ticket.routed": routed,
    "ticket.accepted": accepted,
    "ticket.info_requested": info_requested,
    "ticket.returned": returned,
    "ticket.resolved": resolved,
    "ticket.declined": declined,
    "ticket.closed_unconfirmed": closed_unconfirmed,
    "ticket.merged": merged,
    "ticket.split": split,
    "ticket.withdrawn": withdrawn,
    "extension.requested": extension_requested,
    "ticket.published": published,
    "extension.decided": extension_decided,
    "message.posted": message_posted,
    "attachment.added": attachment_added,
    "attachment.blocked": attachment_blocked,
}
