"""Declining the offer to create a rule. Accepting it is the form of the rule in the administration."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import NotAllowed, OperationError
from issues.actions import routing_rules
from issues.actor import Actor
from issues.models import RuleOffer


@login_required
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """No rule will be created from a decision; back to its ticket."""
    offer = get_object_or_404(RuleOffer.objects.select_related("ticket"), pk=pk)
    try:
        routing_rules.dismiss_offer(actor=Actor.of(request.user), offer=offer)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("No rule will be created from this decision."))
    return redirect("issues:ticket", offer.ticket.code)
