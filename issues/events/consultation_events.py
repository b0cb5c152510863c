"""Events of what an agency asks for: opinions of other agencies, and more time of a leader."""

from datetime import datetime

from issues.events.event_data import EventData


class ConsultationRequested(EventData):
    type = "consultation.requested"
    consultation: int
    agency: str
    question: str
    due_at: datetime


class ConsultationAnswered(EventData):
    type = "consultation.answered"
    consultation: int
    agency: str
    answer: str


class ConsultationCancelled(EventData):
    type = "consultation.cancelled"
    consultation: int
    agency: str
    reason: str
    cause: str = ""  # Consultation.Cause, where nobody had to give a reason


class ExtensionRequested(EventData):
    type = "extension.requested"
    extension: int
    working_days: int
    reason: str
    old_due_at: datetime | None
    new_due_at: datetime | None
    as_complex: bool = False  # the time limit of a complex case, counted from receipt


class ExtensionDecided(EventData):
    type = "extension.decided"
    extension: int
    granted: bool
    reason: str
    old_due_at: datetime | None
    new_due_at: datetime | None
    as_complex: bool = False  # granted: from now on its kind is `complex`
    asked: bool = True  # otherwise the leader granted it without a request
