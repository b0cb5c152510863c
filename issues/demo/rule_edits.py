"""What coordinators did to the rules before: an edit with its reason, a rule that ended, one that never decides."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.personas import DOMAIN
from core import clock
from issues.actions.routing_rules import save_rule
from issues.actor import Actor
from issues.assignment.default_rules import load_routing
from issues.models import RoutingRule

_STORM, _REFUND = 70, 71


def load_first_rules(now: datetime) -> None:
    """The rules of the set-up, made long before `now` (aware)."""
    with clock.at(now - timedelta(days=120)):
        load_routing()


def load_rule_edits(now: datetime) -> None:
    """Make the edits once, before `now` (aware)."""
    if RoutingRule.objects.filter(number=_STORM).exists():
        return
    coordinator = Actor.of(User.objects.get(email=f"coordinator@{DOMAIN}"))
    today = timezone.localdate(now)
    with clock.at(now - timedelta(days=75)):
        save_rule(
            actor=coordinator,
            rule=RoutingRule(
                number=_STORM,
                priority=60,
                name_vi="Khắc phục hậu quả bão, ngập lụt (tạm thời)",
                name_en="Recovery after storm and flooding (temporary)",
                conditions={"words_any": ["sau bão", "bão số 3", "lũ lụt", "storm damage"]},
                lead="VPUB",
                coordinating=["@ward"],
                valid_from=today - timedelta(days=75),
                valid_to=today - timedelta(days=20),
            ),
            reason="Theo chỉ đạo sau bão: một đầu mối tiếp nhận trong hai tháng.",
        )
    with clock.at(now - timedelta(days=18)):
        save_rule(
            actor=coordinator,
            rule=RoutingRule(
                number=_REFUND,
                priority=600,
                name_vi="Hoàn thuế giá trị gia tăng: Sở Tài chính phối hợp",
                name_en="Refund of value added tax: the Department of Finance coordinates",
                conditions={"category": ["tax"], "words_any": ["hoàn thuế", "tax refund"]},
                lead="CTHN",
                coordinating=["STC"],
            ),
        )
    with clock.at(now - timedelta(days=9)):
        rule = RoutingRule.objects.get(number=8)
        rule.conditions = {**rule.conditions, "words_any": [*rule.conditions["words_any"], "đoàn thuế"]}
        save_rule(actor=coordinator, rule=rule, reason="Doanh nghiệp hay gọi là “đoàn thuế”; hai kiến nghị đã đi lạc.")
