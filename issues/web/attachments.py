"""A file of a ticket, for people who may see it. The page and the HTTP interface use the same function."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from core.errors import NotPossible, NotVisible
from issues.access import TicketFacts, may_read, may_see_ticket
from issues.files.content import ALLOWED_TYPES
from issues.files.thumbnails import CONTENT_TYPE
from issues.models import Attachment

UNKNOWN_TYPE = "application/octet-stream"
SERVED_TYPES = sorted({*ALLOWED_TYPES.values(), UNKNOWN_TYPE} - {"text/plain"})


def readable_attachment(user: Any, public_id: UUID) -> Attachment:
    """The attachment, if the person may see its ticket and files of its audience; NotVisible otherwise."""
    found = Attachment.objects.select_related("ticket").filter(public_id=public_id).first()
    person = people.of(user)
    if found is not None:
        facts = TicketFacts.of(found.ticket)
        if may_see_ticket(person, facts) and may_read(person, facts, found):
            return found
    raise NotVisible(_("There is no such file."))


def check_downloadable(found: Attachment) -> None:
    """Raise NotPossible while a file waits for the virus scanner, and for one that was blocked."""
    if found.scan == Attachment.Scan.SCANNING:
        raise NotPossible(_("This file is being scanned for viruses. Please try again in a moment."), code="scanning")
    if not found.is_downloadable:
        raise NotPossible(_("The virus scan found something in this file: it was removed."), code="blocked")


def file_response(found: Attachment) -> FileResponse:
    """The file to be saved, never shown in the page: its kind is its own and not sniffed, and it may run nothing.

    A text has no kind here, so that one which holds HTML is none.

    Raises NotVisible where the file itself is gone, NotPossible where the virus scan has not passed it.
    """
    check_downloadable(found)
    try:
        stream = found.file.open("rb")
    except FileNotFoundError:
        raise NotVisible(_("There is no such file.")) from None
    kind = found.content_type if found.content_type in SERVED_TYPES else UNKNOWN_TYPE
    response = FileResponse(stream, as_attachment=True, filename=found.name, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_safe
def attachment(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Download; somebody who is not signed in signs in first."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        found = readable_attachment(request.user, public_id)
        return file_response(found)
    except NotVisible as error:
        raise Http404(error.message) from None
    except NotPossible as error:
        messages.warning(request, error.message)
        return redirect("issues:ticket", found.ticket.code) if found.ticket.code else redirect("issues:ticket_new")


@require_safe
def thumbnail(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The thumbnail of an image, for people who may have the image: drawn by us, so it may be shown."""
    try:
        found = readable_attachment(request.user, public_id)
        if not found.thumbnail or not found.is_downloadable:
            raise NotVisible("")
        stream = found.thumbnail.open("rb")
    except (NotVisible, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(stream, content_type=CONTENT_TYPE)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
