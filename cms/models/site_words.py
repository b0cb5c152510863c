from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteWords(BaseSiteSetting):
    """Words that stand on every page: in the footer. One row per site, both languages side by side."""

    hours_vi = models.CharField(_("office hours (Vietnamese)"), max_length=300, blank=True)
    hours_en = models.CharField(_("office hours (English)"), max_length=300, blank=True)
    contact_vi = models.CharField(_("contact (Vietnamese)"), max_length=300, blank=True)
    contact_en = models.CharField(_("contact (English)"), max_length=300, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("hours_vi"), FieldPanel("hours_en")],
            heading=_("Office hours"),
            help_text=_("Words only. The clock follows the working calendar, not this text."),
        ),
        MultiFieldPanel([FieldPanel("contact_vi"), FieldPanel("contact_en")], heading=_("Contact")),
    ]

    class Meta:
        verbose_name = _("words on every page")

    @property
    def hours(self) -> str:
        """Office hours in the active language."""
        return self._in_language(self.hours_vi, self.hours_en)

    @property
    def contact(self) -> str:
        """How to reach the task force, in the active language."""
        return self._in_language(self.contact_vi, self.contact_en)

    @staticmethod
    def _in_language(vi: str, en: str) -> str:
        return (en or vi) if (get_language() or "vi").startswith("en") else vi
