from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from modelcluster.models import ClusterableModel

from accounts.models import Agency
from core.text import words
from investment.forms_of_investment import InvestmentForm, classify


class Sector(models.TextChoices):
    """Our own classification of the published lists, which each use another."""

    URBAN_HOUSING = "urban_housing", _("Urban areas, housing")
    TRANSPORT = "transport", _("Transport")
    INDUSTRIAL_INFRA = "industrial_infra", _("Industrial park infrastructure")
    TOURISM = "tourism", _("Tourism")
    TRADE_SERVICES = "trade_services", _("Trade and services")
    LOGISTICS_PORT = "logistics_port", _("Logistics, ports")
    IT_HIGHTECH = "it_hightech", _("Information technology, high technology")
    CULTURE_SPORT = "culture_sport", _("Culture and sport")
    ENVIRONMENT = "environment", _("Environment")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    ENERGY = "energy", _("Energy")
    AGRICULTURE = "agriculture", _("Agriculture")
    WATER = "water", _("Water")


class ProjectStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Calling for investment")
    INVESTOR_SELECTED = "investor_selected", _("Investor selected")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STALE = "stale", _("Not confirmed any more")


LISTED = (
    ProjectStatus.PUBLISHED,
    ProjectStatus.INVESTOR_SELECTED,
    ProjectStatus.UNDER_WAY,
    ProjectStatus.COMPLETED,
)


class Project(ClusterableModel):
    """One row of facts about a project that calls for investment. The words stand on its pages.

    A blank fact means that the published source does not give it; it is shown as such and never guessed.
    """

    class RecordType(models.TextChoices):
        CALL_LIST = "investment_call_list", _("Investment-call list")
        SELECTION = "investor_selection_notice", _("Investor selection notice")
        PPP = "ppp_or_priority_call", _("PPP or priority list")
        PLANNED = "planned_awaiting_investor", _("Planned, awaiting an investor")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=300)
    name_en = models.CharField(_("name (English)"), max_length=300, blank=True)
    name_vi_is_official = models.BooleanField(_("the Vietnamese name is the source's own"), default=True)
    status = FSMField(_("status"), choices=ProjectStatus.choices, default=ProjectStatus.DRAFT, protected=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    sector_as_published = models.CharField(_("sector as published"), max_length=200, blank=True)
    province = models.CharField(_("province or city"), max_length=80, blank=True)
    ward = models.ForeignKey(
        Agency, verbose_name=_("ward"), null=True, blank=True, on_delete=models.SET_NULL, related_name="projects"
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    place_today = models.CharField(
        _("place today"),
        max_length=300,
        blank=True,
        help_text=_("The wards and communes of 2025 that the published place now belongs to."),
    )
    area_ha = models.DecimalField(_("area (ha)"), max_digits=12, decimal_places=3, null=True, blank=True)
    capital_text = models.CharField(_("capital as published"), max_length=300, blank=True)
    capital_vnd_billion = models.DecimalField(
        _("capital (VND billion)"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    capital_usd_million = models.DecimalField(
        _("capital (USD million)"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    investment_form = models.CharField(_("form of investment"), max_length=200, blank=True)
    form = models.CharField(
        _("kind of form"),
        max_length=10,
        choices=InvestmentForm.choices,
        default=InvestmentForm.NONE,
        editable=False,
    )
    period = models.CharField(_("period"), max_length=80, blank=True)
    contact_agency = models.ForeignKey(
        Agency,
        verbose_name=_("contact agency"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_projects",
    )
    contact_as_published = models.CharField(_("contact as published"), max_length=300, blank=True)
    issuing_agency = models.CharField(_("issuing agency"), max_length=200, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    record_type = models.CharField(_("kind of source"), max_length=30, choices=RecordType.choices, blank=True)
    source = models.TextField(_("source"), blank=True)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True, default="")
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["status", "sector"], name="project_status_sector"),
            models.Index(fields=["province"], name="project_province"),
            models.Index(fields=["confirmed_on"], name="project_confirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "form", "search_text", "updated_at"}
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns that follow from the facts; bulk writers call it themselves."""
        self.form = classify(self.investment_form)
        facts = [self.name_vi, self.name_en, self.code, self.place, self.place_today, self.province]
        facts += [self.sector_as_published, self.investment_form, self.contact_as_published, self.issuing_agency]
        for language in ("vi", "en"):
            with override(language):
                facts.append(str(self.get_sector_display()) if self.sector else "")
        if self.ward is not None:
            facts.append(self.ward.name_vi)
        # A space before every word, so that " xa" finds the words that begin with it.
        self.search_text = f" {' '.join(words(' '.join(facts)))} "

    @property
    def name(self) -> str:
        """The name in the active language; the Vietnamese one where there is no other."""
        if (get_language() or "vi").startswith("en") and self.name_en:
            return self.name_en
        return self.name_vi

    @property
    def comparable_capital(self) -> Decimal | None:
        """The capital in VND billion, for sorting only: one published in dollars counts at `settings.USD_RATE`."""
        if self.capital_vnd_billion is not None or self.capital_usd_million is None:
            return self.capital_vnd_billion
        return self.capital_usd_million * settings.USD_RATE / 1000

    @transition(
        field=status,
        source=[ProjectStatus.DRAFT, ProjectStatus.STALE, ProjectStatus.WITHDRAWN],
        target=ProjectStatus.PUBLISHED,
    )
    def publish(self) -> None:
        """Put the project on the list, or back on it."""

    @transition(field=status, source=ProjectStatus.PUBLISHED, target=ProjectStatus.INVESTOR_SELECTED)
    def select_investor(self) -> None:
        """An investor was chosen; the call is over."""

    @transition(field=status, source=ProjectStatus.INVESTOR_SELECTED, target=ProjectStatus.UNDER_WAY)
    def start(self) -> None:
        """Work has begun."""

    @transition(field=status, source=ProjectStatus.UNDER_WAY, target=ProjectStatus.COMPLETED)
    def complete(self) -> None:
        """The project is in use."""

    @transition(
        field=status,
        source=[
            ProjectStatus.DRAFT,
            ProjectStatus.PUBLISHED,
            ProjectStatus.STALE,
            ProjectStatus.INVESTOR_SELECTED,
        ],
        target=ProjectStatus.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The city has stopped offering the project."""

    @transition(field=status, source=ProjectStatus.PUBLISHED, target=ProjectStatus.STALE)
    def expire(self) -> None:
        """Nobody confirmed it in time (design §4): it leaves the list."""
