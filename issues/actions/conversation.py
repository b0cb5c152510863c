"""Messages, internal notes and files."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Agency, Role
from core.errors import Invalid
from core.text import beginning
from core.visible import has_visible
from issues import policies
from issues.actions import quotas
from issues.actions.fields import Fields
from issues.actions.operation import Operation, operation
from issues.actor import Actor, role_on, speaker_of
from issues.clocks import clocks
from issues.events.types import AttachmentAdded, InternalAttachmentAdded, MessagePosted, NotePosted
from issues.files import content, limits
from issues.files.findings import NotAccepted
from issues.files.keeping import bytes_go_with_rows, remember
from issues.models import Attachment, ClockKind, Mention, Message, Ticket, Visibility
from issues.notifications.mentions import Mentions, read_mentions

_RAW_NAME_MAX = 1000  # characters of a file name that are read: its end, which says what it is


def post_message(
    *,
    ticket: Ticket,
    actor: Actor,
    body: Any = None,
    visibility: Any = Visibility.PARTIES,
    internal_to: Any = None,
    rest: str = "",
    expected_event: int | None = None,
) -> Message:
    """Write to all parties, or (`visibility="internal"`) a note that only agencies see.

    `internal_to`: the code of the writer's own agency, to hide the note from other agencies. A note mentions
    people by `@` and their name or e-mail address; one who may not read it is refused.
    `rest`: of a mail to all parties, what is not the person's text (issues.mail.inbound.rest).
    """
    internal = str(visibility or "") == Visibility.INTERNAL
    permission = "post_note" if internal else "post_message"
    with operation(ticket=ticket, actor=actor, permission=permission, expected_event=expected_event) as op:
        if not internal:
            policies.check_not_over(op.ticket)
        fields = Fields()
        text = fields.text("body", body)
        level = fields.choice("visibility", visibility or Visibility.PARTIES, ["parties", "internal"])
        speaker = speaker_of(op.actor, op.ticket)
        message = Message(
            ticket=op.ticket,
            author=actor.user,
            author_agency=speaker,
            body=text,
            visibility=level,
            internal_to=_kept_to(op, fields, level, internal_to),
            created_at=op.at,
        )
        mentions = read_mentions(text, op.ticket, message) if internal else Mentions()
        for problem in mentions.problems:
            fields.add("body", problem)
        fields.done()
        message.save()
        Mention.objects.bulk_create(Mention(message=message, user_id=pk) for pk in mentions.user_ids)
        if internal:
            note = NotePosted(message=message.pk, body=text, mentions=mentions.names)
            op.record(note, internal_to=message.internal_to)
        else:
            _first_response(op, speaker)
            op.record(_posted(op, message, rest))
    return message


def _posted(op: Operation, message: Message, rest: str) -> MessagePosted:
    if rest and role_on(op.actor, op.ticket) != Role.ENTERPRISE:
        return MessagePosted(message=message.pk, body=message.body, rest_for_agencies=rest)
    return MessagePosted(message=message.pk, body=message.body, rest=rest)


def attach(
    *,
    ticket: Ticket,
    actor: Actor,
    upload: UploadedFile | None = None,
    visibility: Any = Visibility.PARTIES,
    internal_to: Any = None,
    uploaded_by: Any = None,
) -> Attachment:
    """Keep a file with the ticket, after looking at what it really is. Never overwrites, never trusts the name.

    `internal_to`: as for a note. `uploaded_by`: whose file it is, where the system puts it there.
    """
    internal = str(visibility or "") == Visibility.INTERNAL
    permission = "attach_internal" if internal else "attach"
    with bytes_go_with_rows(), operation(ticket=ticket, actor=actor, permission=permission) as op:
        if op.ticket.status != "draft":
            policies.check_not_over(op.ticket)
        if upload is None:
            raise Invalid(_("Please correct the marked fields."), fields={"file": [_("Choose a file.")]})
        fields = Fields()
        level = fields.choice("visibility", visibility or Visibility.PARTIES, ["parties", "internal"])
        kept_to = _kept_to(op, fields, level, internal_to)
        found = _check_file(op.ticket, op.actor, upload, fields)
        fields.done()
        attachment = Attachment(
            ticket=op.ticket,
            name=found.name(file_name(upload.name or "")),
            content_type=found.kind,
            size=upload.size or 0,
            sha256=_sha256(upload),
            visibility=level,
            internal_to=kept_to,
            uploaded_by=uploaded_by or actor.user,
            created_at=op.at,
            wants_thumbnail=found.kind in content.IMAGES,
        )
        if settings.TN_CLAMAV_SOCKET:
            attachment.scan, attachment.next_scan_at = Attachment.Scan.SCANNING, op.at
        attachment.file.save(attachment.name, upload, save=False)
        remember(attachment.file.name)
        attachment.save()
        if op.ticket.status != "draft":
            event_class = InternalAttachmentAdded if internal else AttachmentAdded
            event = event_class(attachment=str(attachment.public_id), name=attachment.name, size=attachment.size)
            op.record(event, internal_to=kept_to)
    return attachment


def file_name(name: str) -> str:
    """A name fit for showing and for downloading: no path, no control characters, at most 120 characters."""
    last = PurePath(name[-_RAW_NAME_MAX:].replace("\\", "/")).name
    plain = beginning(last, _RAW_NAME_MAX).replace("\n", " ").replace("\t", " ").strip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if not has_visible(stem if dot else plain):
        stem = plain = "file"
    return f"{stem[:110]}.{suffix[:9]}" if dot else plain[:120]


def _check_file(ticket: Ticket, actor: Actor, upload: UploadedFile, fields: Fields) -> content.Content:
    """What the file is by its bytes; reports one that is empty, too large, or not accepted, with what was found."""
    if not upload.size:
        fields.add("file", _("This file is empty."))
    elif upload.size > limits.largest_file():
        fields.add("file", limits.too_large())
    elif full := quotas.refusal(ticket, actor, upload.size):
        fields.add("file", full)
    else:
        try:
            return content.look_at(upload)
        except NotAccepted as refused:
            fields.add("file", refused.sentence)
    return content.Content("", "")


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _kept_to(op: Operation, fields: Fields, level: str, code: Any) -> str | None:
    """The agency to which a note or file is limited; it can only be the actor's own."""
    wanted = fields.text("internal_to", code, required=False, longest=20)
    if not wanted:
        return None
    own = speaker_of(op.actor, op.ticket)
    if level != Visibility.INTERNAL:
        fields.add("internal_to", _("Only internal notes and files can be limited to one agency."))
    elif own is None or own.code != wanted:
        fields.add("internal_to", _("You can limit this only to your own agency, while it works on this proposal."))
    return wanted


def _first_response(op: Operation, speaker: Agency | None) -> None:
    """A message of the lead agency to the enterprise ends the first-response clock."""
    if speaker is None or speaker.pk != op.ticket.lead_agency_id:
        return
    row = clocks.running(op.ticket, ClockKind.RESPONSE)
    if row is not None:
        clocks.finish(row, op.at)
