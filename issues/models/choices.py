"""The fixed words of tickets (design §3, §5): stored as codes, shown by their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting routing")
    ROUTED = "routed", _("Awaiting acceptance")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_ENTERPRISE = "awaiting_enterprise", _("Awaiting enterprise")
    RESOLVED = "resolved", _("Answered")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Outside competence")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


OPEN_STATUSES = (
    TicketStatus.SUBMITTED,
    TicketStatus.ROUTED,
    TicketStatus.IN_PROGRESS,
    TicketStatus.AWAITING_ENTERPRISE,
)


class TicketKind(models.TextChoices):
    PROPOSAL = "proposal", _("Proposal")
    DIFFICULTY = "difficulty", _("Difficulty or obstacle")
    QUESTION = "question", _("Question")
    COMPLEX = "complex", _("Complex case")


FILABLE_KINDS = (TicketKind.PROPOSAL, TicketKind.DIFFICULTY, TicketKind.QUESTION)


class Category(models.TextChoices):
    TAX = "tax", _("Tax")
    CUSTOMS = "customs", _("Customs")
    INVESTMENT_PROCEDURE = "investment_procedure", _("Investment procedures")
    LAND = "land", _("Land")
    CONSTRUCTION = "construction", _("Construction")
    PLANNING = "planning", _("Planning")
    ENVIRONMENT = "environment", _("Environment")
    SITE_CLEARANCE = "site_clearance", _("Site clearance")
    CREDIT = "credit", _("Credit")
    TRADE = "trade", _("Trade")
    FIRE_SAFETY = "fire_safety", _("Fire safety")
    LABOUR = "labour", _("Labour")
    SECURITY = "security", _("Security")
    INSPECTION = "inspection", _("Inspection")
    TRANSPORT = "transport", _("Transport")
    UTILITIES = "utilities", _("Electricity, water, telecommunications")
    OTHER = "other", _("Other")


class Channel(models.TextChoices):
    WEB = "web", _("Web site")
    API = "api", _("Programming interface")
    PHONE = "phone", _("Phone")
    COUNTER = "counter", _("Counter")
    MEETING = "meeting", _("Listening session")


class ResolutionKind(models.TextChoices):
    SOLVED = "solved", _("Solved")
    EXPLAINED = "explained", _("Explained")
    PARTLY = "partly", _("Partly solved")
    REFERRED = "referred", _("Referred to the competent body")


class Score(models.IntegerChoices):
    """Does the answer solve it?"""

    NOT_AT_ALL = 1, _("Not at all")
    HARDLY = 2, _("Hardly")
    PARTLY = 3, _("Partly")
    WELL = 4, _("Well")
    COMPLETELY = 5, _("Completely")


class Visibility(models.TextChoices):
    """Who may see an event or a message. Each level includes the ones before it."""

    PUBLIC = "public", _("Everybody")
    PARTIES = "parties", _("The enterprise and the agencies")
    INTERNAL = "internal", _("Agencies only")


# Narrower than internal, for single fields and for events with `internal_to`: the one agency, coordinators, leaders.
OWN = "own"


class ClockKind(models.TextChoices):
    RESOLUTION = "resolution", _("Answer")
    RESPONSE = "response", _("First response")
    ACCEPTANCE = "acceptance", _("Acceptance")
    CONSULTATION = "consultation", _("Consultation")
