"""The account page: settings, enterprise, roles, tokens. Each form posts to an address of its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from accounts.actions import enterprise as enterprise_actions
from accounts.actions import settings as settings_actions
from accounts.actions import tokens as token_actions
from accounts.models import Membership, Role, User
from accounts.web.forms import EnterpriseForm, MemberForm, SettingsForm, TokenForm
from core.errors import Invalid, OperationError

View = Callable[..., HttpResponse]


def _for_posts(view: View) -> View:
    """An address that only takes a form. Opening it (the language link, a reload) gives the account page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.method == "POST" else redirect("accounts:account")

    return answer


def _page(request: HttpRequest, *, status: int = 200, **changed: Any) -> HttpResponse:
    """The account page, with a form that had errors or a secret in place of the fresh ones."""
    user = request.user
    memberships = list(user.memberships.select_related("agency", "enterprise"))  # type: ignore[union-attr]
    enterprises = [item.enterprise for item in memberships if item.role == Role.ENTERPRISE]
    colleagues = list(
        Membership.objects.filter(enterprise__in=enterprises).select_related("user").order_by("user__email")
        if enterprises
        else []
    )
    context = {
        "settings_form": SettingsForm(instance=user, prefix=None),
        "enterprise_form": EnterpriseForm(auto_id="enterprise_%s"),
        "member_form": MemberForm(auto_id="member_%s"),
        "token_form": TokenForm(auto_id="token_%s"),
        "memberships": memberships,
        "enterprises": [
            {"enterprise": item, "members": [m for m in colleagues if m.enterprise_id == item.pk]}
            for item in enterprises
            if item is not None
        ],
        "tokens": list(user.tokens.filter(revoked_at=None)),  # type: ignore[union-attr]
        **changed,
    }
    return render(request, "accounts/account.html", context, status=status)


def _carry_errors(form: forms.BaseForm, error: OperationError) -> None:
    """Attach a refusal to its field, so that the page shows it like any other error."""
    fields = error.fields if isinstance(error, Invalid) else {}
    for name, sentences in fields.items():
        form.add_error(name if name in form.fields else None, sentences)
    if not fields:
        form.add_error(None, error.message)


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return _page(request)


@login_required
@_for_posts
def change_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST, instance=get_object_or_404(User, pk=request.user.pk))
    if not form.is_valid():
        return _page(request, settings_form=form, status=422)
    user = settings_actions.change_settings(actor=form.instance, **form.cleaned_data)
    with translation.override(user.language):
        messages.success(request, _("Your settings are saved."))
        return redirect(reverse("accounts:account"))


@login_required
@_for_posts
def register_enterprise(request: HttpRequest) -> HttpResponse:
    form = EnterpriseForm(request.POST, auto_id="enterprise_%s")
    if form.is_valid():
        try:
            membership = enterprise_actions.register_enterprise(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except OperationError as error:
            _carry_errors(form, error)
        else:
            messages.success(request, _("You now act for %(enterprise)s.") % {"enterprise": membership.enterprise})
            return redirect("accounts:account")
    return _page(request, enterprise_form=form, status=422)


@login_required
@_for_posts
def add_member(request: HttpRequest, tax_code: str) -> HttpResponse:
    form = MemberForm(request.POST, auto_id="member_%s")
    membership = _own_membership(request, tax_code)
    if form.is_valid():
        try:
            added = enterprise_actions.add_member(
                actor=request.user,  # type: ignore[arg-type]
                enterprise=membership.enterprise,  # type: ignore[arg-type]
                email=form.cleaned_data["email"],
            )
        except OperationError as error:
            _carry_errors(form, error)
        else:
            messages.success(request, _("%(person)s may act for the enterprise now.") % {"person": added.user})
            return redirect("accounts:account")
    return _page(request, member_form=form, member_form_of=membership.enterprise_id, status=422)


@login_required
@_for_posts
def remove_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    person = people.of(request.user)
    membership = get_object_or_404(Membership, pk=membership_id, enterprise__in=person.enterprise_ids)
    try:
        enterprise_actions.remove_member(actor=request.user, membership=membership)  # type: ignore[arg-type]
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The membership has ended."))
    return redirect("accounts:account")


def _own_membership(request: HttpRequest, tax_code: str) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("enterprise"), user=request.user, enterprise__tax_code=tax_code
    )


@never_cache
@login_required
@_for_posts
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it in the same response: a redirect would have to store the secret."""
    form = TokenForm(request.POST, auto_id="token_%s")
    if form.is_valid():
        try:
            token, secret = token_actions.issue_token(actor=request.user, name=form.cleaned_data["name"])  # type: ignore[arg-type]
        except OperationError as error:
            _carry_errors(form, error)
        else:
            return _page(request, new_token=token, secret=secret)
    return _page(request, token_form=form, status=422)


@login_required
@_for_posts
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    try:
        token = token_actions.revoke_token(actor=request.user, token_id=token_id)  # type: ignore[arg-type]
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The token “%(name)s” has been revoked.") % {"name": token.name})
    return redirect("accounts:account")
