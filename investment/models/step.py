from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from accounts.models import Agency
from investment.models.project import Project


class ProjectStep(models.Model):
    """One procedure on a project's way, site clearance among them, with its legal time limit."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not started")
        RUNNING = "running", _("Being done")
        DONE = "done", _("Done")
        STUCK = "stuck", _("Held up")

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("Procedure")
        SITE_CLEARANCE = "site_clearance", _("Site clearance")

    project = ParentalKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.PROCEDURE)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    limit_working_days = models.PositiveSmallIntegerField(_("legal time limit (working days)"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    started_on = models.DateField(_("started"), null=True, blank=True)
    finished_on = models.DateField(_("finished"), null=True, blank=True)
    done_percent = models.PositiveSmallIntegerField(_("share done (%)"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "order"], name="step_order_once"),
            models.CheckConstraint(
                name="step_percent", condition=models.Q(done_percent__isnull=True) | models.Q(done_percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language; the Vietnamese one where there is no other."""
        if (get_language() or "vi").startswith("en") and self.name_en:
            return self.name_en
        return self.name_vi
