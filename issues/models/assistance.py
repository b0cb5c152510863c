"""Who helped an enterprise to file: at a counter, on the phone, in a meeting."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core import clock
from core.readable_codes import shown_code
from issues.models.follow_up_code import new_follow_up_code
from issues.models.ticket import Ticket


class Assistance(models.Model):
    """An officer filed this ticket for its enterprise; the receipt carries the follow-up code.

    Written once, by filing. It gives the officer no right on the ticket (docs/decisions). The code is kept as it is,
    so that a lost receipt can be printed again: anyone who reads this table can read the answers too.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="assistance")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assisted by"), on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, verbose_name=_("assisting agency"), null=True, on_delete=models.PROTECT, related_name="assistances"
    )
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices, default=User.Language.VI)
    follow_up_code = models.CharField(max_length=12, unique=True, default=new_follow_up_code, editable=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("assistance")
        verbose_name_plural = _("assistances")
        indexes = [models.Index(fields=["agency", "-id"], name="assistance_agency")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.agency_id}"

    @property
    def shown_code(self) -> str:
        """The follow-up code in groups of four."""
        return shown_code(self.follow_up_code)
