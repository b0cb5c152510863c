"""Changing what routing decides by: rules, of which every change is a version, and what the text vote learns from."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Invalid, NotAllowed, NotPossible
from core.text import beginning
from issues import rules
from issues.actor import Actor
from issues.assignment import decisions
from issues.models import RoutingRule, RoutingRuleVersion, RuleOffer, Ticket, VoteExclusion
from issues.models.routing import DECIDING
from issues.routing import RuleError

REASON_MAX = 500


def save_rule(
    *,
    actor: Actor,
    rule: RoutingRule,
    expected_version: int | None = None,
    reason: str = "",
    offer: RuleOffer | None = None,
) -> RoutingRule:
    """Save a new or changed rule. A change of what it decides makes a version; a change of names does not.

    `expected_version` is the version that the person has seen; `offer` the decision that suggested the rule. Raises
    NotAllowed, NotPossible (changed by somebody else since; number taken), Invalid (the rule cannot be used).
    """
    _check_may(actor)
    try:
        decisions.rule_of(rule)
    except RuleError as error:
        raise Invalid(_("This rule cannot be used: {reason}").format(reason=error)) from error
    with transaction.atomic():
        before = RoutingRule.objects.select_for_update().get(pk=rule.pk) if rule.pk else None
        if before is not None and expected_version not in (None, before.version):
            raise NotPossible(_("Somebody else has changed this rule since you opened it."), code="rule_changed")
        rule.version = before.version if before else 1
        decides_anew = before is None or any(getattr(before, name) != getattr(rule, name) for name in DECIDING)
        if before is not None and decides_anew:
            rule.version += 1
        rule.save()
        if decides_anew:
            _keep(rule, actor, reason=reason)
        if offer is not None:
            _answer(offer, actor, RuleOffer.State.MADE, clock.now(), rule)
    return rule


def restore_rule(*, actor: Actor, rule: RoutingRule, version: int) -> RoutingRule:
    """Restore a former version of a rule: its content becomes a new version that names the old one.

    Raises NotAllowed, NotPossible (no such version, or the rule already says the same).
    """
    _check_may(actor)
    with transaction.atomic():
        locked = RoutingRule.objects.select_for_update().get(pk=rule.pk)
        former = locked.versions.filter(version=version).first()
        if former is None:
            raise NotPossible(_("There is no version {version} of this rule.").format(version=version))
        before = locked.content
        locked.take(former.content)
        if all(before[name] == locked.content[name] for name in DECIDING):
            raise NotPossible(_("The rule already says the same as version {version}.").format(version=version))
        locked.version += 1
        locked.save()
        _keep(locked, actor, restored_from=version)
    return locked


def dismiss_offer(*, actor: Actor, offer: RuleOffer) -> RuleOffer:
    """Decline to make a rule of this decision. Raises NotAllowed, NotPossible (it was answered already)."""
    _check_may(actor)
    with transaction.atomic():
        locked = RuleOffer.objects.select_for_update().get(pk=offer.pk)
        if not locked.is_open:
            raise NotPossible(_("This offer has already been answered."), code="offer_answered")
        _answer(locked, actor, RuleOffer.State.DISMISSED, clock.now())
    return locked


def learn_not(*, actor: Actor, ticket: Ticket, reason: str = "") -> VoteExclusion:
    """Exclude a ticket from what the text vote learns from. Raises NotAllowed."""
    _check_may(actor)
    kept = beginning(reason.strip(), 300)
    row, _is_new = VoteExclusion.objects.get_or_create(
        ticket=ticket, defaults={"reason": kept, "by": actor.user, "at": clock.now()}
    )
    return row


def learn_again(*, actor: Actor, ticket: Ticket) -> None:
    """Include a ticket again. Raises NotAllowed."""
    _check_may(actor)
    VoteExclusion.objects.filter(ticket=ticket).delete()


def _check_may(actor: Actor) -> None:
    if not rules.may_edit_rules(actor.user):
        raise NotAllowed(_("Only coordinators and administrators can edit the routing rules."))


def _keep(rule: RoutingRule, actor: Actor, **more: Any) -> None:
    RoutingRuleVersion.objects.create(
        rule=rule, version=rule.version, content=rule.content, saved_at=clock.now(), saved_by=actor.user, **more
    )


def _answer(offer: RuleOffer, actor: Actor, state: str, at: datetime, rule: RoutingRule | None = None) -> None:
    offer.state, offer.rule = state, rule
    offer.answered_at, offer.answered_by = at, actor.user
    offer.save(update_fields=["state", "rule", "answered_at", "answered_by"])
