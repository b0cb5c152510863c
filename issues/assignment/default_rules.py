"""The rules and term lists that routing starts with. Loading them again keeps the coordinators' changes."""

from django.db import transaction

from core import clock
from core.rows import insert_values
from issues.assignment import trained_vote
from issues.models import CategoryTerm, RoutingRule, RoutingRuleVersion
from issues.routing.defaults import default_rule_rows, default_terms


@transaction.atomic
def load_routing() -> None:
    """Create the missing default rules (by number) and, where there are none at all, the category terms."""
    known = set(RoutingRule.objects.values_list("number", flat=True))
    rules = RoutingRule.objects.bulk_create(
        RoutingRule(
            number=row["number"],
            priority=row["priority"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            conditions=row["conditions"],
            lead=row["lead_agency"] or "",
            coordinating=row["coordinating"],
        )
        for row in default_rule_rows()
        if row["number"] not in known
    )
    RoutingRuleVersion.objects.bulk_create(
        RoutingRuleVersion(rule=rule, version=rule.version, content=rule.content) for rule in rules
    )
    if not CategoryTerm.objects.exists():
        now = clock.now()
        insert_values(
            CategoryTerm,
            ("category", "phrase", "weight", "changed_at"),
            [(term.category, term.phrase, term.weight, now) for term in default_terms()],
        )
    trained_vote.forget_model()
