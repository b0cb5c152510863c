from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A public body: the city, its departments and bodies, its wards. They form one tree."""

    class Level(models.TextChoices):
        CITY = "city", _("City")
        DEPARTMENT = "department", _("Department")
        BODY = "body", _("Other body")
        WARD = "ward", _("Ward or commune")

    class Stage(models.TextChoices):
        OFF = "off", _("Not connected")
        PILOT = "pilot", _("Pilot")
        LIVE = "live", pgettext_lazy("agency", "Live")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    abbr = models.CharField(_("abbreviation"), max_length=40, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    stage = models.CharField(_("stage"), max_length=6, choices=Stage.choices, default=Stage.LIVE)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    in_task_force = models.BooleanField(_("member of the task force"), default=False)
    remit_vi = models.TextField(_("remit (Vietnamese)"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    area_km2 = models.FloatField(_("area (km²)"), null=True, blank=True)
    legacy_districts = models.TextField(_("districts before 2025"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["level", "name_vi"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language; the Vietnamese one where there is no other."""
        if (get_language() or "vi").startswith("en") and self.name_en:
            return self.name_en
        return self.name_vi

    @property
    def takes_tickets(self) -> bool:
        return self.stage != self.Stage.OFF
