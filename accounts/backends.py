"""Who is refused before any password is compared."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class ShutOut:
    """First of AUTHENTICATION_BACKENDS: accounts of the demonstration end here unless this is one.

    It lets nobody in. PermissionDenied keeps Django from asking the others.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        typed = credentials.get("email") or credentials.get("username") or ""
        person = User.objects.filter(email__iexact=str(typed)[:254].replace("\0", "")).first()
        if person is not None and person.is_active and not person.may_sign_in:
            raise PermissionDenied
