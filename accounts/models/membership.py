from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.enterprise import Enterprise


class Role(models.TextChoices):
    """All roles (design §2). Nothing else grants a right."""

    ENTERPRISE = "enterprise", _("Enterprise member")
    OFFICER = "officer", _("Officer")
    HEAD = "head", _("Head of agency")
    COORDINATOR = "coordinator", _("Coordinator")
    LEADER = "leader", _("Leader")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")
    ADMIN = "admin", _("Administrator")


AGENCY_ROLES = (Role.OFFICER, Role.HEAD)


class Membership(models.Model):
    """One role of one person: at an agency, in an enterprise, or for the city as a whole."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("enterprise"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "agency"], condition=Q(agency__isnull=False), name="membership_once_at_agency"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "enterprise"],
                condition=Q(enterprise__isnull=False),
                name="membership_once_in_enterprise",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(agency__isnull=True, enterprise__isnull=True),
                name="membership_once_in_city",
            ),
            models.CheckConstraint(
                name="membership_names_its_place",
                condition=(
                    Q(role__in=AGENCY_ROLES, agency__isnull=False, enterprise__isnull=True)
                    | Q(role=Role.ENTERPRISE, agency__isnull=True, enterprise__isnull=False)
                    | (~Q(role__in=[*AGENCY_ROLES, Role.ENTERPRISE]) & Q(agency__isnull=True, enterprise__isnull=True))
                ),
                violation_error_message=_(
                    "An officer or head belongs to an agency, an enterprise member to an enterprise, "
                    "every other role to neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        place = self.agency or self.enterprise
        return f"{self.get_role_display()}, {place}" if place else str(self.get_role_display())
