from issues.models.assistance import Assistance
from issues.models.calendar import Calendar, CalendarDay, TargetSetting
from issues.models.choices import (
    FILABLE_KINDS,
    OPEN_STATUSES,
    OWN,
    Category,
    Channel,
    ClockKind,
    ResolutionKind,
    Score,
    TicketKind,
    TicketStatus,
    Visibility,
)
from issues.models.clock import TicketClock
from issues.models.consultation import Consultation, Extension
from issues.models.consumer import ConsumerFailure
from issues.models.contact_notice import ContactNotice
from issues.models.conversation import Attachment, Message, Party, Rating
from issues.models.event import ConsumerCursor, TicketEvent
from issues.models.keeping import IdempotencyKey, SavedInput, TicketNumber
from issues.models.mail_record import MailRecord
from issues.models.mention import Mention
from issues.models.notification import Notification
from issues.models.notification_choices import About, DigestTime, NotificationChoices, Way
from issues.models.presence import Presence
from issues.models.received_mail import ReceivedMail
from issues.models.recomputation import Recomputation
from issues.models.reply import REPLY_BODY_MAX, REPLY_TITLE_MAX, SavedReply
from issues.models.roster import Absence, Duty, DutySwap, RosterEntry
from issues.models.routing import CategoryTerm, RoutingDecision, RoutingRule
from issues.models.rule_history import RoutingRuleVersion, RuleOffer, VoteExclusion
from issues.models.session import ListeningSession, SessionPoint
from issues.models.ticket import BODY_MAX, TITLE_MAX, Ticket
from issues.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookSecret

__all__ = [
    "BODY_MAX",
    "FILABLE_KINDS",
    "OPEN_STATUSES",
    "OWN",
    "REPLY_BODY_MAX",
    "REPLY_TITLE_MAX",
    "TITLE_MAX",
    "About",
    "Absence",
    "Assistance",
    "Attachment",
    "Calendar",
    "CalendarDay",
    "Category",
    "CategoryTerm",
    "Channel",
    "ClockKind",
    "Consultation",
    "ConsumerCursor",
    "ConsumerFailure",
    "ContactNotice",
    "DigestTime",
    "Duty",
    "DutySwap",
    "Extension",
    "IdempotencyKey",
    "ListeningSession",
    "MailRecord",
    "Mention",
    "Message",
    "Notification",
    "NotificationChoices",
    "Party",
    "Presence",
    "Rating",
    "ReceivedMail",
    "Recomputation",
    "ResolutionKind",
    "RosterEntry",
    "RoutingDecision",
    "RoutingRule",
    "RoutingRuleVersion",
    "RuleOffer",
    "SavedInput",
    "SavedReply",
    "Score",
    "SessionPoint",
    "TargetSetting",
    "Ticket",
    "TicketClock",
    "TicketEvent",
    "TicketKind",
    "TicketNumber",
    "TicketStatus",
    "Visibility",
    "VoteExclusion",
    "Way",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookSecret",
]
