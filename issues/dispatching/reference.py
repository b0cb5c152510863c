"""The rules and term lists that routing starts with. Coordinators change them; a second load leaves theirs alone."""

from django.db import transaction

from issues.dispatching import vote
from issues.models import CategoryTerm, RoutingRule, RoutingRuleVersion
from issues.routing.defaults import default_rule_rows, default_terms


@transaction.atomic
def load_routing() -> None:
    """Create the missing default rules (by number) and, where there are none at all, the category terms."""
    for row in default_rule_rows():
        rule, is_new = RoutingRule.objects.get_or_create(
            number=row["number"],
            defaults={
                "priority": row["priority"],
                "name_vi": row["name_vi"],
                "name_en": row["name_en"],
                "conditions": row["conditions"],
                "lead": row["lead_agency"] or "",
                "coordinating": row["coordinating"],
            },
        )
        if is_new:
            RoutingRuleVersion.objects.create(rule=rule, version=rule.version, content=rule.content)
    if not CategoryTerm.objects.exists():
        CategoryTerm.objects.bulk_create(
            CategoryTerm(category=term.category, phrase=term.phrase, weight=term.weight) for term in default_terms()
        )
    vote.forget_model()
