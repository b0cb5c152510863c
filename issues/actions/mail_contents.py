"""What a person wrote by mail, put to a ticket: the answer that it waits for, else a message, with the files.

Nothing is put there without the sender's knowledge, and nothing is left out without it: what they have to know becomes
an event, of which they get a mail.
"""

import hashlib
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from core.errors import Invalid, OperationError
from core.text import fold
from issues import policies, rules
from issues.actions.conversation import attach, file_name, post_message
from issues.actions.enterprise import dispute, provide_info
from issues.actions.operation import operation
from issues.actions.party_message import pass_on
from issues.actor import SYSTEM, Actor
from issues.commands.table import TRANSITIONS
from issues.events.types import MailNoted, TicketInfoRequested
from issues.files import content
from issues.mail.inbound.automatic import Author
from issues.mail.inbound.incoming import Body
from issues.mail.inbound.left_out import LeftOut, Reason
from issues.mail.inbound.mime_parts import IncomingFile
from issues.mail.inbound.reaction import is_only_thanks, objects
from issues.mail.inbound.rest import rest_of_mail
from issues.models import Message, Ticket, TicketEvent, TicketStatus, Visibility

# Words of a question that ask for a file, folded.
_FILE_WORDS = re.compile(
    r"\b(gui|dinh kem|tep|file|ban (ve|sao|scan|chup|photo|the hien|do)|anh|chup|scan|ho so|giay|tai lieu|van ban"
    r"|bien ban|hop dong|so do|chung tu|send|attach\w*|document|copy|copies|photo\w*|picture|drawing"
    r"|plan|map|certificate|contract)\b"
)


def put(body: Body, *, ticket: Ticket, into: Ticket, actor: Actor) -> bool | None:
    """Put it `into` the ticket, in which the person's own `ticket` goes on where that was merged.

    True when it answered the agency's question; None when nothing was put: the same uncertain text a second time, as
    programs send it. Raises OperationError; nothing is kept then.
    """
    is_sure = body.author.author == Author.PERSON
    passed_on = not rules.may(actor.user, "see", into)
    is_disputed = not passed_on and _may_dispute(into, actor) and _is_reaction(body, is_sure=is_sure)
    if not is_sure and not is_disputed and _is_known(body.text, actor, into):
        return None
    files = [file for file in body.files if not file.is_inline or content.kind_of(_upload(file))]
    left_out = [*body.left_out, *(LeftOut(f.name, Reason.IMAGE) for f in body.files if f not in files)]
    if not body.text and not files:
        raise Invalid(_("Your mail has no new text. Write your answer above the quoted text."))
    is_asked = not passed_on and _is_asked(into, actor)
    is_answer = is_asked and is_sure and (bool(body.text) or _are_answer(files, into))
    text = body.text or _("Files sent by e-mail: {names}").format(names=", ".join(file_name(f.name) for f in files))
    rest = rest_of_mail(body.cut)
    if passed_on:
        pass_on(ticket=ticket, into=into, actor=actor, text=text, rest=rest)
    elif is_answer:
        provide_info(ticket=into, actor=actor, text=text, rest=rest)
    elif body.text:
        post_message(ticket=into, actor=actor, body=text, rest=rest)
    for file in files:
        left_out += _attach(file, into, actor, passed_on=passed_on)
    original = _attach_original(body, into, actor, passed_on=passed_on)
    if is_disputed:
        dispute(ticket=into, actor=actor)
    note = MailNoted(
        left_out=[{"name": part.name, "reason": part.reason} for part in left_out],
        as_message=is_asked and not is_answer,
        original=original,
        passed_on=into.lead_agency.name if passed_on and into.lead_agency else "",
    )
    if note != MailNoted():
        with operation(ticket=ticket, actor=actor, permission="see") as op:
            op.record(note)
    return is_answer


def _is_known(text: str, actor: Actor, ticket: Ticket) -> bool:
    return bool(text) and Message.objects.filter(ticket=ticket, author=actor.user, body=text).exists()


def _is_asked(ticket: Ticket, actor: Actor) -> bool:
    return rules.may(actor.user, "provide_info", ticket) and TRANSITIONS["provide_info"].is_possible(ticket)


def _are_answer(files: list[IncomingFile], ticket: Ticket) -> bool:
    """Files without a word: attached ones are an answer, an image inside of the text only where a file was asked for.

    The logo of a signature says nothing.
    """
    if any(not file.is_inline for file in files):
        return True
    asked = TicketEvent.objects.filter(ticket=ticket, type=TicketInfoRequested.type).order_by("id").last()
    return asked is not None and bool(_FILE_WORDS.search(fold(str(asked.data.get("question", "")))))


def _may_dispute(ticket: Ticket, actor: Actor) -> bool:
    is_answered = ticket.status == TicketStatus.RESOLVED and not policies.is_disputed(ticket)
    return is_answered and rules.may(actor.user, "reopen", ticket)


def _is_reaction(body: Body, *, is_sure: bool) -> bool:
    """Whether it is about the answer: of a person all but thanks, of what may be a program only what objects.

    A file that is attached without a word is sent by a person.
    """
    if is_sure:
        return not is_only_thanks(body.text)
    return objects(body.text) if body.text else any(not file.is_inline for file in body.files)


def _attach(file: IncomingFile, ticket: Ticket, actor: Actor, *, passed_on: bool) -> list[LeftOut]:
    """Attach a file; what is left out is returned.

    A file that is refused undoes the text too, as on the page, and the answer to the sender names it. An image inside
    of the text never does.
    """
    upload = _upload(file)
    if file.is_inline and ticket.attachments.filter(sha256=hashlib.sha256(file.content).hexdigest()).exists():
        return [LeftOut(file.name, Reason.KNOWN)]
    try:
        _put_file(upload, ticket, actor, passed_on=passed_on)
    except OperationError as error:
        if file.is_inline:
            return [LeftOut(file.name, Reason.IMAGE)]
        if not isinstance(error, Invalid):
            raise
        reasons = " ".join(sentence for sentences in error.fields.values() for sentence in sentences)
        raise Invalid(f"{upload.name}: {reasons or error.message}") from None
    return []


def _attach_original(body: Body, ticket: Ticket, actor: Actor, *, passed_on: bool) -> str:
    """A text of which a character could not be read stands beside its original; the name of the file."""
    if not body.original:
        return ""
    upload = SimpleUploadedFile(_("Text of the e-mail as it came") + ".txt", body.original)
    _put_file(upload, ticket, actor, passed_on=passed_on)
    return upload.name or ""


def _put_file(upload: SimpleUploadedFile, ticket: Ticket, actor: Actor, *, passed_on: bool) -> None:
    if passed_on:
        attach(ticket=ticket, actor=SYSTEM, upload=upload, visibility=Visibility.INTERNAL, uploaded_by=actor.user)
    else:
        attach(ticket=ticket, actor=actor, upload=upload)


def _upload(file: IncomingFile) -> SimpleUploadedFile:
    return SimpleUploadedFile(file.name or "file", file.content)
