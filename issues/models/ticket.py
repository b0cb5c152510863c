"""The ticket and its state machine (design §5). Who may and when stand in rules.py and policies.py;
everything that happens goes through issues.actions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Agency, Enterprise, MembershipRequest
from core import clock
from core.text import fold
from investment.models import Project
from issues.models.choices import (
    OPEN_STATUSES,
    Category,
    Channel,
    ResolutionKind,
    TicketKind,
    TicketStatus,
)

S = TicketStatus
TITLE_MAX = 300
BODY_MAX = 20_000


def _where_there_is(name: str) -> models.Index:
    """An index of the few tickets that have something in a field."""
    return models.Index(fields=[name], name=f"ticket_has_{name}", condition=Q(**{f"{name}__isnull": False}))


class Ticket(models.Model):
    """One proposal of an enterprise, from its draft to its confirmed answer."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001
    title = models.CharField(_("title"), max_length=TITLE_MAX, blank=True)
    body = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=TicketKind.choices, default=TicketKind.DIFFICULTY)
    category = models.CharField(_("category"), max_length=24, choices=Category.choices, blank=True)
    # When a coordinator named the category while routing by hand: from then on it teaches the text vote.
    category_checked_at = models.DateTimeField(null=True, editable=False)
    status = FSMField(_("status"), choices=TicketStatus.choices, default=S.DRAFT, protected=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.WEB)

    # Relations without an index of their own have one in Meta that begins with them, or leaves out the many rows that
    # have nothing there: each index is one more page that every filing writes.
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("enterprise"), null=True, on_delete=models.PROTECT, db_index=False
    )
    # Filed in the filer's own name while their membership is not proved: then the ticket goes over to the enterprise.
    membership_request = models.ForeignKey(
        MembershipRequest,
        verbose_name=_("membership request"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tickets",
        editable=False,
        db_index=False,
    )
    filer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("filed by"), on_delete=models.PROTECT, related_name="filed_tickets"
    )
    ward = models.ForeignKey(
        Agency,
        verbose_name=_("ward"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ward_tickets",
        db_index=False,
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tickets",
        db_index=False,
    )
    public_consent = models.BooleanField(_("the filer agrees to publish the answer"), default=False)

    lead_agency = models.ForeignKey(
        Agency,
        verbose_name=_("lead agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_tickets",
        db_index=False,
    )
    coordinating_agencies = models.ManyToManyField(
        Agency, verbose_name=_("coordinating agencies"), blank=True, related_name="coordinated_tickets"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assignee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_tickets",
        db_index=False,
    )

    created_at = models.DateTimeField(default=clock.now, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    resolved_at = models.DateTimeField(_("answered"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    # The resolution clock writes these two through: lists sort and filter by them without a join.
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    paused_at = models.DateTimeField(_("paused since"), null=True, editable=False)

    answer = models.TextField(_("answer"), blank=True)
    resolution_kind = models.CharField(_("outcome"), max_length=10, choices=ResolutionKind.choices, blank=True)
    confirmed = models.BooleanField(_("confirmed by the enterprise"), null=True, editable=False)
    # The enterprise wrote back about this answer: then silence does not close it, and it can be reopened at any time.
    disputed_at = models.DateTimeField(null=True, editable=False)
    cycle = models.PositiveSmallIntegerField(default=1, editable=False)
    returns = models.PositiveSmallIntegerField(_("returns"), default=0, editable=False)
    reopens = models.PositiveSmallIntegerField(_("reopenings"), default=0, editable=False)
    escalation_level = models.PositiveSmallIntegerField(_("escalation level"), default=0, editable=False)
    may_return = models.BooleanField(_("the lead agency may return it"), default=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_tickets",
        editable=False,
        db_index=False,
    )

    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        editable=False,
        db_index=False,
    )

    # The public summary, written and checked by two people; while empty, only category and agency are public.
    public_title = models.CharField(_("public title"), max_length=TITLE_MAX, blank=True)
    public_answer = models.TextField(_("public answer"), blank=True)
    public_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    search_text = models.TextField(editable=False, default="")
    last_event_id = models.BigIntegerField(default=0, editable=False)
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "due_at"], name="ticket_status_due"),
            models.Index(fields=["lead_agency", "status", "due_at"], name="ticket_lead_status_due"),
            models.Index(fields=["enterprise", "-id"], name="ticket_enterprise"),
            models.Index(fields=["assignee", "status"], name="ticket_assignee_status"),
            models.Index(fields=["received_at"], name="ticket_received"),
            *(_where_there_is(name) for name in ("resolved_at", "category_checked_at", "ward", "project")),
            *(_where_there_is(name) for name in ("merged_into", "split_from", "membership_request")),
            models.Index(fields=["due_at"], name="ticket_open_due", condition=Q(status__in=OPEN_STATUSES)),
            models.Index(
                fields=["-published_at"],
                name="ticket_published",
                condition=Q(published_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="ticket_code_once_submitted", condition=Q(status=S.DRAFT) | Q(code__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_published(self) -> bool:
        """A second person has checked the public summary (design: public only where the filer agreed)."""
        return self.public_consent and self.published_at is not None

    def refresh_search_text(self) -> None:
        """Keep the folded text by which lists are searched in the database."""
        self.search_text = fold(f"{self.code or ''} {self.title} {self.body}")

    # --- The state machine. Each method is the bare step; issues.actions calls it inside its transaction. ---

    @transition(field=status, source=S.DRAFT, target=S.SUBMITTED)
    def submit(self) -> None:
        """The filer submits the proposal."""

    @transition(field=status, source=[S.SUBMITTED, S.ROUTED], target=S.ROUTED)
    def route(self) -> None:
        """A lead agency is named, by the system or by a coordinator."""

    @transition(field=status, source=S.ROUTED, target=S.IN_PROGRESS)
    def accept(self) -> None:
        """The lead agency accepts it."""

    @transition(field=status, source=S.IN_PROGRESS, target=S.AWAITING_ENTERPRISE)
    def request_info(self) -> None:
        """The assignee asks the enterprise; the clock is paused."""

    @transition(field=status, source=S.AWAITING_ENTERPRISE, target=S.IN_PROGRESS)
    def provide_info(self) -> None:
        """The enterprise answers; the clock continues."""

    @transition(field=status, source=[S.ROUTED, S.IN_PROGRESS], target=S.SUBMITTED, custom={"name": "return"})
    def send_back(self) -> None:
        """The lead agency returns it, naming the right agency and the law (`return` in the contract)."""

    @transition(field=status, source=S.IN_PROGRESS, target=S.RESOLVED)
    def resolve(self) -> None:
        """The answer is sent."""

    @transition(field=status, source=S.SUBMITTED, target=S.DECLINED)
    def decline(self) -> None:
        """Outside the city's competence; the responsible body is named."""

    @transition(field=status, source=S.RESOLVED, target=S.CLOSED)
    def confirm(self) -> None:
        """The enterprise confirms the answer."""

    @transition(field=status, source=S.RESOLVED, target=S.CLOSED)
    def close_unconfirmed(self) -> None:
        """The enterprise has not reacted in time; never counted as satisfied."""

    @transition(field=status, source=[S.RESOLVED, S.CLOSED], target=S.IN_PROGRESS)
    def reopen(self) -> None:
        """The answer did not help; a new cycle begins."""

    @transition(field=status, source=list(OPEN_STATUSES), target=S.WITHDRAWN)
    def withdraw(self) -> None:
        """The enterprise withdraws it."""

    @transition(field=status, source=list(OPEN_STATUSES), target=S.MERGED)
    def merge(self) -> None:
        """It is merged into another ticket."""
