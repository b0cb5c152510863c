"""Becoming a member of an enterprise: the proofs on the account page, and the queue of the task force."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.contact_code import VALID
from accounts.models import Invitation, MembershipRequest
from accounts.web.forms import ContactCodeForm, ReceiptForm
from accounts.web.membership import answered
from accounts.web.views import account_page, carry_errors, for_posts
from core import limits
from core.errors import OperationError
from core.forms import CleanCharField
from issues import rules
from issues.actions import membership as actions
from issues.actor import Actor
from issues.queries.membership import waiting_rows
from issues.web.staff import staff_side

PAGE_SIZE = 25


class RefuseForm(forms.Form):
    reason = CleanCharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person reads it in an e-mail."),
        max_length=actions.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@login_required
@for_posts
def prove_by_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    return _prove(request, pk, ReceiptForm(request.POST, auto_id=f"receipt_{pk}_%s"), actions.prove_by_receipt)


@login_required
@for_posts
def prove_by_contact_code(request: HttpRequest, pk: int) -> HttpResponse:
    form = ContactCodeForm(request.POST, auto_id=f"contact_{pk}_%s")
    return _prove(request, pk, form, actions.prove_by_contact_code)


@login_required
@for_posts
def send_contact_code(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own(request, pk)
    limits.spend("contact_code.person", str(request.user.pk))
    limits.spend("contact_code.pair", f"{request.user.pk}|{own.tax_code}")
    done = _(
        "If a contact person with an e-mail address is known, they get a code in a few minutes. Ask them for it. "
        "A code that they got in the last %(hours)s hours will do too."
    )
    return answered(
        request,
        lambda: actions.send_contact_code(actor=Actor.of(request.user), request=own),
        done % {"hours": int(VALID.total_seconds() // 3600)},
    )


@login_required
@for_posts
def accept_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.select_related("enterprise"), pk=pk)
    return answered(
        request,
        lambda: actions.accept_invitation(actor=Actor.of(request.user), invitation=found),
        _("You now act for %(enterprise)s.") % {"enterprise": found.enterprise},
    )


@never_cache
@require_safe
@staff_side
def queue(request: HttpRequest) -> HttpResponse:
    """The requests that wait, the oldest first."""
    return _queue(request)


@require_POST
@staff_side
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(MembershipRequest, pk=pk)
    try:
        membership = actions.accept_request(actor=Actor.of(request.user), request=found)
    except OperationError as error:
        messages.error(request, error.message)
    else:
        names = {"person": membership.user, "enterprise": membership.enterprise}
        messages.success(request, _("%(person)s acts for %(enterprise)s now, and gets an e-mail.") % names)
    return redirect("issues:membership_requests")


@require_POST
@staff_side
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(MembershipRequest, pk=pk)
    form = RefuseForm(request.POST, auto_id=f"refuse_{pk}_%s")
    if form.is_valid():
        try:
            actions.refuse_request(actor=Actor.of(request.user), request=found, reason=form.cleaned_data["reason"])
        except OperationError as error:
            carry_errors(form, error)
        else:
            messages.success(request, _("Refused. %(person)s gets an e-mail with the reason.") % {"person": found.user})
            return redirect("issues:membership_requests")
    return _queue(request, refused=found.pk, form=form, status=422)


def _queue(
    request: HttpRequest, *, refused: int | None = None, form: RefuseForm | None = None, status: int = 200
) -> HttpResponse:
    if not rules.works_at_a_counter(request.user):
        raise PermissionDenied
    page = Paginator(waiting_rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "request": row,
            "is_own": row.user_id == request.user.pk,
            "form": form if row.pk == refused and form else RefuseForm(auto_id=f"refuse_{row.pk}_%s"),
            "is_open": row.pk == refused,
        }
        for row in page.object_list
    ]
    return render(request, "issues/membership/queue.html", {"rows": rows, "page_obj": page}, status=status)


def _own(request: HttpRequest, pk: int) -> MembershipRequest:
    return get_object_or_404(MembershipRequest, pk=pk, user=request.user)


def _prove(request: HttpRequest, pk: int, form: forms.Form, act: Any) -> HttpResponse:
    own = _own(request, pk)
    limits.spend("membership_proof.person", str(request.user.pk))
    if form.is_valid():
        try:
            membership = act(actor=Actor.of(request.user), request=own, **form.cleaned_data)
        except OperationError as error:
            carry_errors(form, error)
        else:
            messages.success(request, _("You now act for %(enterprise)s.") % {"enterprise": membership.enterprise})
            return redirect("accounts:account")
    return account_page(request, proof_form=form, proof_form_of=pk, status=422)
