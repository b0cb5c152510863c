"""An answer by mail: the person's own action on the ticket, by the address that was made for them.

The address is signed and the sender has to be the person it was made for; who may do what on the ticket is checked by
the action itself, as on its page.
"""

from enum import Enum

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Invalid, NotAllowed, NotSignedIn, NotVisible, OperationError
from issues import rules
from issues.actions.conversation import attach, post_message
from issues.actions.enterprise import provide_info
from issues.actor import Actor
from issues.commands.table import TRANSITIONS
from issues.mail.inbound.incoming import Incoming
from issues.mail.reply_address import ReplyAddress
from issues.models import ReceivedMail, Ticket


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
    address = _address(mail, recipient)
    user = User.objects.filter(pk=address.user_id).first() if address else None
    if address is None or user is None:
        sentence = _("This address does not accept mail. Reply to a mail from us, or answer on our website.")
        raise Refused(NotVisible(sentence))
    if mail.is_automatic:
        return Taken.AUTOMATIC
    with translation.override(user.language):
        try:
            _check_sender(mail, user)
            return _take(mail, Actor.of(user), address.code)
        except OperationError as error:
            raise Refused(error) from error


def _check_sender(mail: Incoming, user: User) -> None:
    """The address may have been forwarded: only the person it was made for may use it."""
    if not user.is_active:
        raise NotSignedIn(_("This account is closed."))
    if mail.senders != (user.email.lower(),):
        sentence = _("This address accepts answers only from {email}. Write from that address, or on our website.")
        raise NotAllowed(sentence.format(email=_masked(user.email)))


def _take(mail: Incoming, actor: Actor, code: str) -> Taken:
    ticket = Ticket.objects.filter(code=code).first()
    if ticket is None:
        raise NotVisible(_("There is no such ticket."))
    if not mail.text:
        raise Invalid(_("Your mail has no new text. Write your answer above the quoted text."))
    with transaction.atomic():
        _row, is_new = ReceivedMail.objects.get_or_create(
            message_id=mail.identity, user=actor.user, ticket=ticket, defaults={"received_at": clock.now()}
        )
        if not is_new:
            return Taken.REPEATED
        taken = _do(mail, actor, ticket)
        for file in mail.files:
            _attach(ticket, actor, SimpleUploadedFile(file.name or "file", file.content))
    return taken


def _do(mail: Incoming, actor: Actor, ticket: Ticket) -> Taken:
    """The answer that the ticket waits for, or else a message to all parties."""
    if rules.may(actor.user, "provide_info", ticket) and TRANSITIONS["provide_info"].is_possible(ticket):
        provide_info(ticket=ticket, actor=actor, text=mail.text)
        return Taken.ANSWER
    post_message(ticket=ticket, actor=actor, body=mail.text)
    return Taken.MESSAGE


def _attach(ticket: Ticket, actor: Actor, upload: SimpleUploadedFile) -> None:
    """A file that is refused undoes the text too, as on the page; the answer to the sender names the file."""
    try:
        attach(ticket=ticket, actor=actor, upload=upload)
    except Invalid as error:
        reasons = " ".join(sentence for sentences in error.fields.values() for sentence in sentences)
        raise Invalid(f"{upload.name}: {reasons or error.message}") from None


def _address(mail: Incoming, recipient: str) -> ReplyAddress | None:
    candidates = (recipient,) if recipient else mail.recipients
    return next((found for text in candidates if (found := ReplyAddress.read(text)) is not None), None)


def _masked(address: str) -> str:
    """Enough to recognise the person's own address."""
    local, _at, domain = address.partition("@")
    return f"{local[:2]}…@{domain}"
