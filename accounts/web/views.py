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

from accounts.actions import settings as settings_actions
from accounts.actions import tokens as token_actions
from accounts.models import User
from accounts.web.enterprises import enterprises_context
from accounts.web.forms import SettingsForm, TokenForm
from core import limits
from core.errors import Invalid, OperationError

View = Callable[..., HttpResponse]


def for_posts(view: View) -> View:
    """An address that only takes a form. Opening it (the language link, a reload) gives the account page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.method == "POST" else redirect("accounts:account")

    return answer


def account_page(request: HttpRequest, *, status: int = 200, **changed: Any) -> HttpResponse:
    """The account page, with a form that had errors or a secret in place of the fresh ones."""
    user: User = request.user  # type: ignore[assignment]
    memberships = list(user.memberships.select_related("agency", "enterprise"))
    context = {
        "settings_form": SettingsForm(instance=user, prefix=None),
        "token_form": TokenForm(auto_id="token_%s"),
        "memberships": memberships,
        **enterprises_context(user, memberships),
        "tokens": list(user.tokens.filter(revoked_at=None)),
        **changed,
    }
    return render(request, "accounts/account.html", context, status=status)


def carry_errors(form: forms.BaseForm, error: OperationError) -> None:
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
    return account_page(request)


@login_required
@for_posts
def change_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST, instance=get_object_or_404(User, pk=request.user.pk))
    user = None
    if form.is_valid():
        try:
            user = settings_actions.change_settings(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except OperationError as error:
            carry_errors(form, error)
    if user is None:
        return account_page(request, settings_form=form, status=422)
    with translation.override(user.language):
        messages.success(request, _("Your settings are saved."))
        return redirect(reverse("accounts:account"))


@never_cache
@login_required
@for_posts
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it in the same response: a redirect would have to store the secret."""
    form = TokenForm(request.POST, auto_id="token_%s")
    limits.spend("token.person", str(request.user.pk))
    if form.is_valid():
        try:
            token, secret = token_actions.issue_token(actor=request.user, name=form.cleaned_data["name"])  # type: ignore[arg-type]
        except OperationError as error:
            carry_errors(form, error)
        else:
            return account_page(request, new_token=token, secret=secret)
    return account_page(request, token_form=form, status=422)


@login_required
@for_posts
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    try:
        token = token_actions.revoke_token(actor=request.user, token_id=token_id)  # type: ignore[arg-type]
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The token “%(name)s” has been revoked.") % {"name": token.name})
    return redirect("accounts:account")
