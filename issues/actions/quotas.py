"""How much may be attached: files and megabytes of a ticket, megabytes of an enterprise or of a person without one."""

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from core import limits
from issues.actor import Actor, speaker_of
from issues.models import Attachment, Ticket

_MEGABYTE = 1024 * 1024


def refusal(ticket: Ticket, actor: Actor, size: int) -> str:
    """Why a file of `size` bytes has no place with the ticket; empty where it has one.

    What agencies attach counts for the ticket alone: an enterprise cannot use up their place, nor they its own.
    """
    found = ticket.attachments.aggregate(number=Count("pk"), size=Sum("size", default=0))
    most = limits.most("files.ticket")
    if found["number"] >= most:
        return _("At most {number} files can be attached.").format(number=most)
    most = limits.most("megabytes.ticket")
    if found["size"] + size > most * _MEGABYTE:
        return _("The files of a proposal may have {size} MB together. Attach a smaller file.").format(size=most)
    if actor.is_system or speaker_of(actor, ticket) is not None:
        return ""
    return _own_quota(ticket, actor, size)


def _own_quota(ticket: Ticket, actor: Actor, size: int) -> str:
    by_enterprise = ticket.enterprise_id is not None
    whose = {"ticket__enterprise": ticket.enterprise_id} if by_enterprise else {"uploaded_by": actor.user}
    rows = Attachment.objects.filter(**whose, ticket__enterprise__isnull=not by_enterprise)
    rows = rows.exclude(uploaded_by__memberships__agency__isnull=False)
    most = limits.most("megabytes.enterprise" if by_enterprise else "megabytes.person")
    if rows.aggregate(size=Sum("size", default=0))["size"] + size <= most * _MEGABYTE:
        return ""
    return _(
        "Your files have reached {size} MB. Delete files of drafts, or ask the coordinator for more space."
    ).format(size=most)
