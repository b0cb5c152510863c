from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.actions.membership import waiting_requests
from accounts.mail_limits import may_mail
from accounts.sign_in_guard import Guard
from core import clock
from core.addresses import caller_address
from core.wording import dated_moment

# What django-allauth sends to an address that is signed up with, whether or not it has an account.
_ASKS_TO_CONFIRM = ("account/email/email_confirmation", "account/email/account_already_exists")


class Adapter(DefaultAccountAdapter):
    """django-allauth with our messages, and the page that people see after signing in: their work."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("This address is used for signing in: choose another one for that first."),
        "duplicate_email": _("This address is in the list already."),
        "email_password_mismatch": _("The e-mail address or password is incorrect."),
        "email_taken": _("Another account uses this address already."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is incorrect."),
        "max_email_addresses": _("An account has at most %d addresses."),
        "too_many_login_attempts": _("Too many attempts failed. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests. Try again in a while."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return caller_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the attempt before the password is compared. Raises ValidationError while the caller has to wait."""
        super().pre_authenticate(request, **credentials)
        self._guard = Guard.of(request, str(credentials.get("email", "")))
        self._guard.begin(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user is not None:
            self._guard.succeeded()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Strangers who ask for a password or sign up with an address cannot fill its mailbox."""
        names = ["account_mail.recipient"]
        if template_prefix.startswith(_ASKS_TO_CONFIRM):
            names.insert(0, "confirmation_mail.recipient")
        if all(may_mail(name, email) for name in names):
            until = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
            hours = getattr(context.get("user"), "time_format", "24")
            super().send_mail(template_prefix, email, {**context, "reset_until": dated_moment(until, clock=hours)})

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To the ways to prove it, for people who asked to act for an enterprise."""
        if waiting_requests(request.user):
            return f"{reverse('accounts:account')}#enterprise"
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        person = people.of(request.user)
        home = f"/{get_language() or 'vi'}/"
        if person.is_staff_side:
            return f"{home}board/"
        if person.enterprise_ids or waiting_requests(request.user):
            return f"{home}tickets/"
        return home
