"""Which addresses a person has confirmed (django-allauth keeps them)."""

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.models import User


def confirmed_emails(user: User) -> set[str]:
    """The confirmed addresses of a person, in small letters; the one they sign in with where nothing is confirmed
    (the demonstration)."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    found = {email.lower() for email in rows}
    if app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.NONE:
        found.add(user.email.lower())
    return found


def with_confirmed_email(people: QuerySet[User]) -> QuerySet[User]:
    """Those of the people who have proved that an address is theirs; everybody in the demonstration."""
    if app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.NONE:
        return people
    return people.filter(pk__in=EmailAddress.objects.filter(verified=True).values("user"))


def has_confirmed_email(user: User) -> bool:
    """Whether the person has proved that an address is theirs."""
    return bool(confirmed_emails(user))
