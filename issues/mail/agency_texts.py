"""Texts for officers, heads, coordinators and leaders: what arrived, and what to do by when."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues.mail.scene import Scene
from issues.mail.words import Say, Words
from issues.models import Consultation
from issues.notifications.recipients import Group
from issues.sentences.limit_words import acceptance_time


def _due(scene: Scene) -> tuple[str, ...]:
    due = scene.ticket.due_at
    return (_("The answer is due at {due}.").format(due=scene.say(due)),) if due else ()


def routing_pending(scene: Scene) -> Words:
    return Words(
        headline=_("A proposal waits for you to choose the agency"),
        lines=(_("No rule matches and the text is not clear enough."), *_due(scene)),
        action=_("Choose the agency"),
    )


def routed(scene: Scene) -> Words:
    lines = []
    if scene.data.get("suggested_assignee"):
        lines.append(_("Suggested: {officer}.").format(officer=scene.data["suggested_assignee"]))
    if scene.data.get("reason"):
        lines.append(_("Reason: {reason}").format(reason=scene.data["reason"]))
    return Words(
        headline=_("A new proposal for {agency}").format(agency=scene.agency("lead_agency")),
        lines=(*lines, _accept_within(scene), *_due(scene)),
        action=_("Open and accept"),
    )


def _accept_within(scene: Scene) -> str:
    return _("Please accept it within {time}.").format(time=acceptance_time(scene.ticket))


def accepted(scene: Scene) -> Words:
    return Words(headline=_("A proposal was assigned to you"), lines=_due(scene), action=_("Open the proposal"))


def reassigned(scene: Scene) -> Words:
    if scene.group == Group.PREVIOUS:
        headline = _("{officer} is now in charge of a proposal that was yours").format(officer=scene.data["assignee"])
        return Words(headline=headline, quote=scene.data.get("reason", ""), action=_("Open the proposal"))
    return Words(
        headline=_("A proposal was handed over to you"),
        lines=_due(scene),
        quote=scene.data.get("reason", ""),
        action=_("Open the proposal"),
    )


def info_provided(scene: Scene) -> Words:
    return Words(
        headline=_("The enterprise has answered your question"),
        lines=(_("The clock keeps running. The answer is due at {due}.").format(due=scene.moment("due_at")),),
        quote=scene.data["text"],
        action=_("Open the proposal"),
    )


def returned(scene: Scene) -> Words:
    return Words(
        headline=_("{agency} has returned a proposal").format(agency=scene.agency("from_agency")),
        lines=(
            _("It says that {agency} is responsible. Legal basis: {basis}").format(
                agency=scene.agency("agency"), basis=scene.data["legal_basis"]
            ),
            ngettext("It was returned {n} time.", "It was returned {n} times.", scene.data["returns"]).format(
                n=scene.data["returns"]
            ),
            *_due(scene),
        ),
        quote=scene.data.get("reason", ""),
        action=_("Choose the agency"),
    )


def confirmed(scene: Scene) -> Words:
    return Words(headline=_("The enterprise has confirmed your answer"), action=_("Open the proposal"))


def closed_unconfirmed(scene: Scene) -> Words:
    return Words(headline=_("Closed without confirmation: the enterprise was silent"), action=_("Open the proposal"))


def reopened(scene: Scene) -> Words:
    return Words(
        headline=_("The enterprise has reopened a proposal"),
        lines=(_("A new clock has started. The answer is due at {due}.").format(due=scene.moment("due_at")),),
        quote=scene.data["reason"],
        action=_("Open the proposal"),
    )


def withdrawn(scene: Scene) -> Words:
    return Words(
        headline=_("The enterprise has withdrawn its proposal"),
        lines=(_("You do not need to do anything."),),
        quote=scene.data.get("reason", ""),
        action=_("Open the proposal"),
    )


def merged(scene: Scene) -> Words:
    return Words(
        headline=_("Merged into {code}").format(code=scene.data["into"]),
        lines=(_("You do not need to do anything here."),),
        action=_("Open the proposal"),
    )


def absorbed(scene: Scene) -> Words:
    return Words(
        headline=_("{code} was merged into this proposal").format(code=scene.data["ticket"]),
        lines=(_("The enterprise that filed it gets your answer too."),),
        action=_("Open the proposal"),
    )


def split(scene: Scene) -> Words:
    return Words(
        headline=_("A part of the proposal continues as {code}").format(code=scene.data["part"]),
        lines=(_("Please answer the part that is left here."),),
        quote=scene.data["title"],
        action=_("Open the proposal"),
    )


def joined(scene: Scene) -> Words:
    return Words(headline=_("One more enterprise has the same problem"), action=_("Open the proposal"))


def rated(scene: Scene) -> Words:
    return Words(
        headline=_("The enterprise rated the answer {score} of 5").format(score=scene.data["score"]),
        quote=scene.data.get("comment", ""),
        action=_("Open the proposal"),
    )


def publication_proposed(scene: Scene) -> Words:
    return Words(
        headline=_("A public text needs a check by a second person"),
        quote=scene.data["answer"],
        action=_("Check and publish"),
    )


def consultation_requested(scene: Scene) -> Words:
    lead = scene.ticket.lead_agency
    return Words(
        headline=_("{agency} asks for your opinion").format(agency=lead.name if lead else ""),
        lines=(_("Please answer by {due}.").format(due=scene.moment("due_at")),),
        quote=scene.data["question"],
        action=_("Answer"),
    )


def consultation_answered(scene: Scene) -> Words:
    return Words(
        headline=_("{agency} has given its opinion").format(agency=scene.agency("agency")),
        lines=_due(scene),
        quote=scene.data["answer"],
        action=_("Open the proposal"),
    )


def consultation_cancelled(scene: Scene) -> Words:
    cause = scene.data.get("cause")
    lead = scene.ticket.lead_agency
    lines = [_("{agency} had asked for your opinion.").format(agency=lead.name)] if lead else []
    if cause:
        lines.append(_("Why: {cause}.").format(cause=Consultation.Cause(cause).label))
    return Words(
        headline=_("Your opinion is not needed any more"),
        lines=tuple(lines),
        quote=scene.data["reason"],
        action=_("Open the proposal"),
    )


def extension_requested(scene: Scene) -> Words:
    lead, days = scene.ticket.lead_agency, scene.data["working_days"]
    if scene.data.get("as_complex"):
        headline = _("{agency} asks for treatment as a complex case")
    else:
        headline = ngettext("{agency} asks for {n} more working day", "{agency} asks for {n} more working days", days)
    return Words(
        headline=headline.format(agency=lead.name if lead else "", n=days),
        lines=(
            _("It was due at {old}; it would be due at {new}.").format(
                old=scene.moment("old_due_at"), new=scene.moment("new_due_at")
            ),
        ),
        quote=scene.data["reason"],
        action=_("Decide"),
    )


def extension_decided(scene: Scene) -> Words:
    granted = scene.data["granted"]
    return Words(
        headline=_granted_headline(scene) if granted else _("The extension was refused"),
        lines=(_("The answer is due at {due}.").format(due=scene.moment("new_due_at")),)
        if scene.data.get("new_due_at")
        else (),
        quote=scene.data["reason"],
        action=_("Open the proposal"),
    )


def _granted_headline(scene: Scene) -> str:
    return _("It is now a complex case") if scene.data.get("as_complex") else _("The extension was granted")


def message_posted(scene: Scene) -> Words:
    sender = scene.actor
    headline = _("Message from {sender}").format(sender=sender) if sender else _("You have a message")
    return Words(headline=headline, quote=scene.data["body"], action=_("Reply"))


def note_posted(scene: Scene) -> Words:
    return Words(
        headline=_("{person} mentioned you in a note").format(person=scene.actor),
        lines=(_("The enterprise does not read it."),),
        quote=scene.data["body"],
        action=_("Open the proposal"),
    )


def attachment_added(scene: Scene) -> Words:
    return Words(headline=_("A file was added: {name}").format(name=scene.data["name"]), action=_("Open the proposal"))


def attachment_blocked(scene: Scene) -> Words:
    return Words(
        headline=_("The file {name} was blocked").format(name=scene.data["name"]),
        lines=(
            _("The virus scan found {signature}. Nobody could open the file, and it is removed.").format(
                signature=scene.data["signature"]
            ),
        ),
        action=_("Open the proposal"),
    )


TEXTS: dict[str, Say] = {
    "ticket.routing_pending": routing_pending,
    "ticket.routed": routed,
    "ticket.accepted": accepted,
    "ticket.reassigned": reassigned,
    "ticket.suggested": reassigned,
    "ticket.info_provided": info_provided,
    "ticket.returned": returned,
    "ticket.confirmed": confirmed,
    "ticket.closed_unconfirmed": closed_unconfirmed,
    "ticket.reopened": reopened,
    "ticket.withdrawn": withdrawn,
    "ticket.merged": merged,
    "ticket.absorbed": absorbed,
    "ticket.split": split,
    "ticket.joined": joined,
    "ticket.rated": rated,
    "ticket.publication_proposed": publication_proposed,
    "consultation.requested": consultation_requested,
    "consultation.answered": consultation_answered,
    "consultation.cancelled": consultation_cancelled,
    "extension.requested": extension_requested,
    "extension.decided": extension_decided,
    "message.posted": message_posted,
    "note.posted": note_posted,
    "attachment.added": attachment_added,
    "attachment.blocked": attachment_blocked,
    "attachment.blocked_internal": attachment_blocked,
}
