"""Former versions of rules, offers to make a rule, and tickets excluded from learning."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.routing import RoutingDecision, RoutingRule
from issues.models.ticket import Ticket


class RoutingRuleVersion(models.Model):
    """A rule as it was saved once: what it decides, who saved it, and why. The newest is the rule as it stands."""

    rule = models.ForeignKey(RoutingRule, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    restored_from = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of a routing rule")
        verbose_name_plural = _("versions of routing rules")
        ordering = ["rule", "-version"]
        constraints = [models.UniqueConstraint(fields=["rule", "version"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.version}"

    def as_rule(self) -> RoutingRule:
        """The rule as it was, not saved."""
        rule = RoutingRule(pk=self.rule_id, number=self.rule.number, version=self.version)
        rule.take(self.content)
        return rule


class RuleOffer(models.Model):
    """A coordinator decided a ticket that had been returned twice: is that decision to be a rule?"""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MADE = "made", _("A rule was made")
        DISMISSED = "dismissed", _("Dismissed")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="rule_offers")
    decision = models.OneToOneField(RoutingDecision, on_delete=models.CASCADE, related_name="offer")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    rule = models.ForeignKey(RoutingRule, null=True, on_delete=models.SET_NULL, related_name="offers")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("offer to make a rule")
        verbose_name_plural = _("offers to make a rule")
        ordering = ["id"]
        indexes = [models.Index(fields=["ticket"], name="offer_open", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class VoteExclusion(models.Model):
    """A ticket from which the text vote does not learn, because a coordinator said so."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="vote_exclusion")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("ticket excluded from learning")
        verbose_name_plural = _("tickets excluded from learning")
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.ticket)
