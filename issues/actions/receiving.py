"""A mail that came in: the person's own action on the ticket, by the address that was made for them.

The address is signed and the sender has to be the person it was made for; who may do what on the ticket is checked by
the action itself, as on its page. All of this is asked before the body is read. What became of each mail is recorded.
"""

from enum import Enum

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn, NotVisible, OperationError
from issues import policies, rules
from issues.actions.mail_contents import put
from issues.actions.mail_records import keep_original
from issues.actor import Actor
from issues.files.keeping import bytes_go_with_rows
from issues.mail.inbound.automatic import Author
from issues.mail.inbound.incoming import Incoming, Unreadable, largest_mail
from issues.mail.inbound.sender import Problem
from issues.mail.reply_address import ReplyAddress
from issues.models import MailRecord, ReceivedMail, Ticket
from issues.sentences.left_out_words import say_left_out
from issues.sentences.way_on import way_on


class Refused(Exception):
    """A mail of which nothing was saved. The text says why, in the sender's language; `status` is that of HTTP."""

    def __init__(self, error: OperationError) -> None:
        fields = getattr(error, "fields", {})
        sentences = [sentence for found in fields.values() for sentence in found] or [error.message]
        super().__init__(" ".join([*sentences, _("Nothing from this mail was saved.")]))
        self.status = error.status


class Taken(Enum):
    """What became of a mail that was not refused."""

    MESSAGE = "message"
    ANSWER = "answer"  # to the agency's question
    REPEATED = "repeated"
    AUTOMATIC = "automatic"


def receive(mail: Incoming, *, recipient: str = "") -> Taken:
    """Take a mail. `recipient`: the address for which the mail server has it, else those of the headers are tried.

    Raises Refused.
    """
    record = MailRecord(sender=mail.sender.shown, subject=mail.subject, size=mail.size, received_at=clock.now())
    try:
        with bytes_go_with_rows(), transaction.atomic():
            taken = _receive(mail, recipient, record)
            record.outcome = taken.value
            if taken is not Taken.REPEATED and not mail.is_automatic:
                keep_original(record, mail.raw)
            record.save()
    except Refused as refusal:
        record.outcome, record.reason = MailRecord.Outcome.REFUSED, str(refusal)[:500]
        record.save()
        raise
    return taken


def _receive(mail: Incoming, recipient: str, record: MailRecord) -> Taken:
    if mail.size > largest_mail():
        raise Refused(Invalid(_("This mail is too large.")))
    address = _address(mail, recipient)
    user = User.objects.filter(pk=address.user_id).first() if address else None
    if address is None or user is None:
        sentence = _("This address does not accept mail. Reply to a mail from us, or answer on our website.")
        raise Refused(NotVisible(sentence))
    ticket = Ticket.objects.select_related("enterprise").filter(code=address.code).first()
    record.user, record.ticket = user, ticket
    if mail.is_automatic:  # asked before the sender is: a bounce that is refused would cause another one
        record.reason = mail.head_author.why
        return Taken.AUTOMATIC
    with translation.override(user.language):
        try:
            _check_sender(mail, user)
            actor = Actor.of(user)
            if ticket is None or not rules.may(user, "see", ticket):
                raise NotVisible(_("There is no such ticket."))
            return _take(mail, actor, ticket, record)
        except OperationError as error:
            raise Refused(error) from error


def _check_sender(mail: Incoming, user: User) -> None:
    """The address may have been forwarded: only the person it was made for may use it."""
    if not user.may_sign_in:
        raise NotSignedIn(_("This account is closed."))
    if mail.sender.problem == Problem.DISGUISED:
        sentence = _("The sender's name shows another e-mail address than the one it comes from.")
        raise NotAllowed(f"{sentence} {_only_from(user)}")
    if mail.sender.problem:
        sentence = _("The sender of this mail is not exactly one e-mail address.")
        raise NotAllowed(f"{sentence} {_only_from(user)}")
    if mail.sender.address != user.email.lower():
        raise NotAllowed(_only_from(user))


def _only_from(user: User) -> str:
    sentence = _("This address accepts answers only from {email}. Write from that address, or on our website.")
    return sentence.format(email=_masked(user.email))


def _take(mail: Incoming, actor: Actor, ticket: Ticket, record: MailRecord) -> Taken:
    with transaction.atomic():
        _row, is_new = ReceivedMail.objects.get_or_create(
            message_id=mail.identity, user=actor.user, ticket=ticket, defaults={"received_at": clock.now()}
        )
        if not is_new:
            return Taken.REPEATED
        into = _going_on(ticket)
        _check_takes_words(ticket, into, actor)
        try:
            body = mail.body
        except Unreadable:
            raise Invalid(_("This mail cannot be read.")) from None
        record.reason = body.author.why
        if body.author.author == Author.MACHINE:
            return Taken.AUTOMATIC
        if not body.text and not body.files:
            parts = say_left_out([{"name": part.name, "reason": part.reason} for part in body.left_out])
            sentence = _("Your mail has no new text. Write your answer above the quoted text.")
            raise Invalid(" ".join([sentence, *([_("Left out:"), "; ".join(parts) + "."] if parts else [])]))
        outcome = put(body, ticket=ticket, into=into, actor=actor)
        if outcome is None:
            record.reason = _("the same automatic text was received before")
            return Taken.AUTOMATIC
        return Taken.ANSWER if outcome else Taken.MESSAGE


def _going_on(ticket: Ticket) -> Ticket:
    """The ticket in which a merged one goes on; itself otherwise."""
    while ticket.merged_into is not None:
        ticket = ticket.merged_into
    return ticket


def _check_takes_words(ticket: Ticket, into: Ticket, actor: Actor) -> None:
    """Raise NotPossible when nothing more can be written to it: for its enterprise with the way on."""
    own = into if rules.may(actor.user, "see", into) else ticket
    try:
        policies.check_not_over(into)
    except NotPossible as error:
        if not rules.may(actor.user, "reopen", own):
            raise
        raise NotPossible(way_on(own, hours=actor.user.time_format), code=error.code, **error.extra) from None


def _address(mail: Incoming, recipient: str) -> ReplyAddress | None:
    candidates = (recipient,) if recipient else mail.recipients
    return next((found for text in candidates if (found := ReplyAddress.read(text)) is not None), None)


def _masked(address: str) -> str:
    """Enough to recognise the person's own address."""
    local, _at, domain = address.partition("@")
    return f"{local[:2]}…@{domain}"
