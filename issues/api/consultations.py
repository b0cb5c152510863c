"""Consultations over HTTP: the lead agency asks another, which answers within its own clock."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from accounts import people
from core.errors import NotVisible
from issues.actions import consultations
from issues.actor import Actor
from issues.api.bodies import ConsultationAnswerIn, ConsultationIn, ReasonIn
from issues.api.schemas import ConsultationOut
from issues.api.ticket_json import consultation_json
from issues.models import Consultation
from issues.queries.handed_in import handed_in
from issues.queries.lists import find_ticket

router = Router(tags=["tickets"])


@router.post("/tickets/{code}/consultations", response={201: ConsultationOut}, summary="Ask another agency")
def request_consultation(request: HttpRequest, code: str, body: ConsultationIn | None = None) -> Status:
    """The agency gets half of the working time that is left; the ticket cannot be answered before it has answered."""
    given = body or ConsultationIn()
    ticket = find_ticket(people.of(request.user), code)
    asked = consultations.request_consultation(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return Status(201, _json(asked.pk))


@router.post("/consultations/{int:consultation_id}/answer", response=ConsultationOut, summary="Answer a consultation")
def answer_consultation(
    request: HttpRequest, consultation_id: int, body: ConsultationAnswerIn | None = None
) -> dict[str, Any]:
    """For officers of the agency that was asked."""
    found = _find(request, consultation_id)
    given = body or ConsultationAnswerIn()
    consultations.answer_consultation(consultation=found, actor=Actor.of(request.user), **given.model_dump())
    return _json(found.pk)


@router.post("/consultations/{int:consultation_id}/cancel", response=ConsultationOut, summary="Cancel a consultation")
def cancel_consultation(request: HttpRequest, consultation_id: int, body: ReasonIn | None = None) -> dict[str, Any]:
    """For the lead agency; the reason stays visible."""
    found = _find(request, consultation_id)
    given = body or ReasonIn()
    consultations.cancel_consultation(consultation=found, actor=Actor.of(request.user), **given.model_dump())
    return _json(found.pk)


def _find(request: HttpRequest, pk: int) -> Consultation:
    seen = handed_in(people.of(request.user))
    found = Consultation.objects.select_related("ticket").filter(pk=pk, ticket__in=seen).first()
    if found is None:
        raise NotVisible(_("There is no such consultation."))
    return found


def _json(pk: int) -> dict[str, Any]:
    row = Consultation.objects.select_related("agency", "clock", "ticket").get(pk=pk)
    return consultation_json(row, row.ticket, row.clock)
