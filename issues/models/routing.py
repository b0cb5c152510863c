from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock
from issues.models.choices import Category
from issues.models.ticket import Ticket

# What makes a rule decide as it does; a change of any of these is a new version.
DECIDING = ("priority", "conditions", "lead", "coordinating", "valid_from", "valid_to", "active")


class RoutingRule(models.Model):
    """A coordinator's rule: when the facts match, this agency leads. The lowest priority number decides first."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    priority = models.PositiveIntegerField(_("priority"), default=100)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    lead = models.CharField(
        _("lead agency"),
        max_length=40,
        blank=True,
        help_text=_("An agency code, or @ward, or @project_contact. Empty: the rule only adds coordinating agencies."),
    )
    coordinating = models.JSONField(_("coordinating agencies"), default=list, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["priority", "number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") and self.name_en else self.name_vi

    @property
    def content(self) -> dict[str, Any]:
        """What decides, and the names, as JSON: what a version keeps."""
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in ("valid_from", "valid_to")}
        kept = {name: getattr(self, name) for name in ("name_vi", "name_en", *DECIDING)}
        return {**kept, **days}

    def take(self, content: Mapping[str, Any]) -> None:
        """Set the fields from `content`; nothing is saved."""
        for name in ("name_vi", "name_en", *DECIDING):
            value = content[name]
            setattr(self, name, date.fromisoformat(value) if name.startswith("valid_") and value else value)


class CategoryTerm(models.Model):
    """A word or phrase that counts for a category in the text vote."""

    category = models.CharField(_("category"), max_length=24, choices=Category.choices)
    phrase = models.CharField(_("word or phrase"), max_length=120)
    weight = models.FloatField(_("weight"), default=1.0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("category term")
        verbose_name_plural = _("category terms")
        ordering = ["category", "phrase"]
        constraints = [models.UniqueConstraint(fields=["category", "phrase"], name="category_term_once")]

    def __str__(self) -> str:
        return f"{self.phrase} ({self.category})"


class RoutingDecision(models.Model):
    """Why a ticket went where it went: facts, rule, scores, trace and the versions that decided."""

    class Method(models.TextChoices):
        RULE = "rule", _("By rule")
        TEXT = "text", _("By the words of the text")
        HAND = "hand", _("By a coordinator")
        NONE = "none", _("Waits for the coordinator")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="routing_decisions", db_index=False)
    at = models.DateTimeField(default=clock.now)
    method = models.CharField(max_length=4, choices=Method.choices)
    lead_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(RoutingRule, null=True, on_delete=models.SET_NULL, related_name="decisions")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    inputs = models.JSONField(default=dict)  # with `scores`: enough to make the decision again (routing.replay)
    scores = models.JSONField(default=list)
    trace = models.JSONField(default=list)
    software_version = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("routing decision")
        verbose_name_plural = _("routing decisions")
        ordering = ["id"]
        indexes = [models.Index(fields=["ticket", "-id"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.method}"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the ticket at the time of the decision."""
        return dict(self.inputs.get("facts", {}))

    @property
    def rule_version(self) -> int | None:
        """The version of the rule that decided; None where no rule did."""
        return next((step["params"]["version"] for step in self.trace if step["code"] == "rule_matched"), None)

    @property
    def stored(self) -> dict[str, Any]:
        """What routing.replay needs."""
        return {"inputs": self.inputs, "scores": self.scores, "software_version": self.software_version}
