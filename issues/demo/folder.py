"""A proposal of the demonstration on the desks of its people: short words for the ordinary actions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.personas import DOMAIN
from issues.actions import conversation, filing, publishing, resolving, routing
from issues.actor import Actor
from issues.models import Category, Ticket

# Where the coordinator sends what neither rule nor text decided.
_BY_HAND = {
    Category.CREDIT: "STC",
    Category.OTHER: "VPUB",
    Category.TRADE: "SCT",
    Category.SECURITY: "CAHN",
    Category.INSPECTION: "TTTP",
    Category.LABOUR: "SNV",
}


@dataclass
class Proposal:
    """One row of the published proposals, with who files it in the demonstration."""

    title: str
    body: str
    category: str
    outcome: str
    filer: User
    name_category: bool
    ward: str = ""
    project: str = ""

    def file(self) -> "Folder":
        """File it through the ordinary action, and let the coordinator route what waits."""
        ticket = filing.file_ticket(
            actor=Actor.of(self.filer),
            title=self.title,
            body=self.body,
            kind="question" if self.title.startswith("Hỏi") else "difficulty",
            category=self.category if self.name_category else "",
            ward=self.ward,
            project=self.project,
            public_consent=True,
        )
        return Folder(ticket, self)


class Folder:
    """A filed ticket on the desk: short words for the actions of its people."""

    def __init__(self, ticket: Ticket, proposal: Proposal) -> None:
        self._pk, self.proposal = ticket.pk, proposal

    @property
    def ticket(self) -> Ticket:
        return Ticket.objects.select_related("lead_agency", "assignee").get(pk=self._pk)

    @cached_property
    def coordinator(self) -> Actor:
        return post_of(f"coordinator@{DOMAIN}")

    @property
    def officer(self) -> Actor:
        ticket = self.ticket
        return Actor.of(User.objects.get(pk=ticket.assignee_id)) if ticket.assignee_id else self.post("officer")

    @property
    def filer(self) -> Actor:
        return Actor.of(User.objects.get(pk=self.proposal.filer.pk))

    def post(self, post: str, agency: str = "") -> Actor:
        lead = self.ticket.lead_agency
        return post_of(f"{post}-{(agency or (lead.code if lead else '')).lower()}@{DOMAIN}")

    def do(self, action: Callable[..., Any], actor: Actor, **fields: Any) -> Any:
        return action(ticket=self.ticket, actor=actor, **fields)

    def ensure_routed(self) -> None:
        """The coordinator routes what neither rule nor text decided."""
        if self.ticket.lead_agency_id is None:
            code = _BY_HAND.get(Category(self.proposal.category), "STC")
            reason = "Không quy tắc nào khớp; phân công theo chức năng của cơ quan."
            self.do(routing.route, self.coordinator, lead_agency=code, reason=reason)

    def accept(self, *, greet: bool = True) -> None:
        """Accept, and say so to the enterprise: that is the first response."""
        self.do(resolving.accept, self.officer)
        if greet:
            body = "Đã nhận hồ sơ và đang xem xét; sẽ trả lời trong hạn."
            self.do(conversation.post_message, self.officer, body=body)

    def resolve(self, kind: str = "explained") -> None:
        self.do(resolving.resolve, self.officer, answer=self.proposal.outcome, kind=kind)

    def publish(self) -> None:
        """Two people publish the answer; the public words are those of the published source."""
        self.do(publishing.propose_publication, self.officer, title=self.proposal.title, answer=self.proposal.outcome)
        self.do(publishing.publish, self.post("head"))


def post_of(email: str) -> Actor:
    """The person who holds a post, by address."""
    return Actor.of(User.objects.get(email=email))
