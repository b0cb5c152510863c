"""How often, and how much: every limit by rate or count, in one table. `core.limits` reads it, docs/limits.md explains.

Name: (count, period in seconds). Without a period (0) it is how many there may be at once. `TN_LIMITS` changes single
ones, `TN_LIMITS_FACTOR` multiplies every count. What comes after the point says what is counted for: an `address`
(IPv6 by /64), a `person`, an `enterprise`, a `ticket`.
"""

import difflib

from django.core.exceptions import ImproperlyConfigured

from config.settings.paths import env

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400

_DEFAULTS: dict[str, tuple[int, int]] = {
    # Passwords: wrong ones for one account from one address (a device that signed in before has a count of its own)
    "sign_in.pair": (5, _DAY),
    "sign_in.address": (100, 10 * _MINUTE),
    "page_password.address": (20, 10 * _MINUTE),
    # Accounts
    "sign_up.address": (20, 10 * _MINUTE),
    "password_reset.address": (20, 10 * _MINUTE),
    "password_reset_link.address": (20, _MINUTE),
    "password_change.person": (10, _MINUTE),
    "confirmation.person": (10, _MINUTE),
    "email_change.person": (10, _MINUTE),
    "confirmation_mail.recipient": (1, 3 * _MINUTE),
    "account_mail.recipient": (10, _HOUR),
    "membership_request.person": (10, _HOUR),
    "membership_requests.person": (3, 0),
    "membership_proof.person": (20, _HOUR),
    "contact_code.person": (5, _HOUR),
    "contact_code.pair": (5, _DAY),
    "contact_code_mail.recipient": (5, _DAY),
    "invitation.person": (20, _HOUR),
    "invitation_mail.recipient": (5, _DAY),
    "invitations.enterprise": (20, 0),
    "token.person": (30, _HOUR),
    "tokens.person": (20, 0),
    "saved_search.person": (60, _HOUR),
    "saved_searches.person": (20, 0),
    "followed_projects.person": (200, 0),
    # Reading
    "csp_report.address": (30, _MINUTE),
    "search.address": (120, _MINUTE),
    "search.person": (240, _MINUTE),
    "map.address": (120, _MINUTE),
    "map.person": (240, _MINUTE),
    "suggestion.address": (300, _MINUTE),
    "suggestion.person": (300, _MINUTE),
    "click.address": (120, _MINUTE),
    "click.person": (120, _MINUTE),
    "export.address": (20, _MINUTE),
    "export.person": (30, _MINUTE),
    "preview.address": (30, _MINUTE),
    "preview.person": (300, _MINUTE),
    "typing.address": (120, _MINUTE),
    "unsent.address": (60, _HOUR),
    "follow.address": (20, 10 * _MINUTE),
    "follow.ticket": (10, 10 * _MINUTE),
    # Live pages, per web process
    "sockets.address": (200, 0),
    "sockets.person": (40, 0),
    "socket_opening.address": (600, _MINUTE),
    # Writing
    "write.address": (600, _MINUTE),
    "write.person": (600, _MINUTE),
    "filing.enterprise": (60, _HOUR),
    "filing.person": (200, _HOUR),
    "drafts.person": (20, 0),
    "files.ticket": (30, 0),
    "megabytes.ticket": (200, 0),
    "megabytes.enterprise": (5_000, 0),
    "megabytes.person": (500, 0),
}


def _given() -> dict[str, tuple[int, int]]:
    """The limits of TN_LIMITS. Raises ImproperlyConfigured for an unknown name, or a period out of place."""
    for name, (_count, seconds) in env.tn_limits.items():
        if name not in _DEFAULTS:
            near = difflib.get_close_matches(name, _DEFAULTS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else "docs/limits.md lists all there are."
            raise ImproperlyConfigured(f"The environment variable TN_LIMITS names {name}, which is unknown: {hint}")
        has_period = bool(_DEFAULTS[name][1])
        if bool(seconds) is not has_period:
            needs = "a period, such as 60/10m" if has_period else "no period: it is how many there may be at once"
            raise ImproperlyConfigured(f"The environment variable TN_LIMITS: {name} needs {needs}.")
    return env.tn_limits


TN_LIMITS = _DEFAULTS | _given()
TN_LIMITS_FACTOR = env.tn_limits_factor

# How long a further wrong password makes wait, in seconds: doubled each time, up to the longest.
SIGN_IN_FIRST_WAIT = 30
SIGN_IN_LONGEST_WAIT = _HOUR


def _rate(name: str, per: str) -> str:
    """A limit as django-allauth writes it."""
    count, seconds = TN_LIMITS[name]
    return f"{max(1, round(count * TN_LIMITS_FACTOR))}/{seconds}s/{per}"


# django-allauth counts these itself. Of sign-ins accounts.sign_in_guard takes care, which locks nobody out, and of
# mails accounts.mail_limits: with django-allauth a missing message would show that the address got a mail just before.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "signup": _rate("sign_up.address", "ip"),
    "reset_password": _rate("password_reset.address", "ip"),
    "reset_password_from_key": _rate("password_reset_link.address", "ip"),
    "confirm_email": None,
    "change_password": _rate("password_change.person", "user"),
    "reauthenticate": _rate("confirmation.person", "user"),
    "manage_email": _rate("email_change.person", "user"),
}

__all__ = [name for name in dir() if name.isupper() and not name.startswith("_")]
