"""The signed link that stops alerts: of one search, of a person's daily or weekly ones, or of a followed project.

It does not end, since mail is kept for years, and all it can do is stop (RFC 8058).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from search.models import AlertMail

_SALT = "search.stop"
Kind = AlertMail.Kind


@dataclass(frozen=True)
class StopToken:
    """`pk` is of the saved search, of the person (daily, weekly), or of the follow."""

    kind: str
    pk: int

    def url(self) -> str:
        """The address for mails, in the active language."""
        token = signing.dumps([str(self.kind), self.pk], salt=_SALT)
        return settings.TN_SITE_URL + reverse("saved:stop", args=[token])

    @classmethod
    def read(cls, text: str) -> StopToken | None:
        """None for what is no token of ours."""
        try:
            kind, pk = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(kind, pk) if kind in Kind.values and isinstance(pk, int) else None
