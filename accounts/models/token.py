import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.security_log import security_event

_PREFIX = "tn_"


def digest(secret: str) -> str:
    """How a token is stored. It has 256 random bits, so a plain SHA-256 is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiToken(models.Model):
    """A key for programs. The secret is shown once; here lies only its digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(_("name"), max_length=80)
    hint = models.CharField(_("first characters"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @classmethod
    def issue(cls, *, user: models.Model, name: str) -> tuple["ApiToken", str]:
        """Make a token and return it with its secret, which cannot be read again."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(user=user, name=name, hint=secret[:8], digest=digest(secret))
        security_event("token_made", token=token.pk, person=user.pk)
        return token, secret

    def revoke(self, *, at: datetime | None = None) -> None:
        """End the token; a second call changes nothing."""
        if self.revoked_at is None:
            self.revoked_at = at or clock.now()
            self.save(update_fields=["revoked_at"])
            security_event("token_revoked", token=self.pk, person=self.user_id)
