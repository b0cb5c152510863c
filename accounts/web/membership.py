"""Forms of the account page about enterprises: asking to act for one, inviting colleagues, ending memberships."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts import people
from accounts.actions import membership as actions
from accounts.models import Enterprise, Invitation, Membership, MembershipRequest
from accounts.web.forms import InviteForm, RequestForm
from accounts.web.views import account_page, carry_errors, for_posts
from core import limits
from core.errors import OperationError


@login_required
@for_posts
def ask(request: HttpRequest) -> HttpResponse:
    """Ask that one may act for an enterprise."""
    form = RequestForm(request.POST, auto_id="request_%s")
    limits.spend("membership_request.person", str(request.user.pk))
    if form.is_valid():
        try:
            actions.request_membership(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except OperationError as error:
            carry_errors(form, error)
        else:
            messages.success(request, _("Your request is waiting. You can file proposals in your own name already."))
            return redirect("accounts:account")
    return account_page(request, request_form=form, open_request_form=True, status=422)


@login_required
@for_posts
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(MembershipRequest, pk=pk, user=request.user)
    return answered(
        request,
        lambda: actions.withdraw_request(actor=_user(request), request=found),
        _("Your request was withdrawn."),
    )


@login_required
@for_posts
def invite(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Invite a colleague; the answer is the same for every address."""
    enterprise = get_object_or_404(Enterprise, pk=enterprise_id, pk__in=people.of(request.user).enterprise_ids)
    limits.spend("invitation.person", str(request.user.pk))
    form = InviteForm(request.POST, auto_id=f"invite_{enterprise_id}_%s")
    if form.is_valid():
        try:
            sent = actions.invite(actor=_user(request), enterprise=enterprise, email=form.cleaned_data["email"])
        except OperationError as error:
            carry_errors(form, error)
        else:
            messages.success(request, _("The invitation was sent to %(email)s.") % {"email": sent.email})
            return redirect("accounts:account")
    return account_page(request, invite_form=form, invite_form_of=enterprise.pk, status=422)


@login_required
@for_posts
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    own = people.of(request.user).enterprise_ids
    found = get_object_or_404(Invitation.objects.select_related("enterprise"), pk=pk, enterprise__in=own)
    return answered(
        request,
        lambda: actions.withdraw_invitation(actor=_user(request), invitation=found),
        _("The invitation was withdrawn."),
    )


@login_required
@for_posts
def decline_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=pk)
    return answered(
        request,
        lambda: actions.decline_invitation(actor=_user(request), invitation=found),
        _("You declined the invitation."),
    )


@login_required
@for_posts
def remove_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    person = people.of(request.user)
    found = get_object_or_404(Membership, pk=membership_id, enterprise__in=person.enterprise_ids)
    return answered(
        request,
        lambda: actions.remove_member(actor=_user(request), membership=found),
        _("The membership has ended."),
    )


def answered(request: HttpRequest, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do it, and go back to the account page with what came of it."""
    try:
        act()
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("accounts:account")


def _user(request: HttpRequest) -> Any:
    return request.user
