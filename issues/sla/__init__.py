"""The working-time clock: calendars, targets, deadlines with pauses, and timers.

Pure Python on the standard library, without a framework or settings. The due time, the explanation and the timers
all come from the same integer arithmetic on UTC (`timeline`), so they cannot disagree.
"""

from issues.sla.calendar import WorkingCalendar
from issues.sla.deadline import Deadline, cutoff, deadline
from issues.sla.errors import CalendarError
from issues.sla.explain import Step, explain
from issues.sla.pauses import Pause, is_within_grace
from issues.sla.targets import SameDay, Target, WorkingDays, WorkingTime, target_from_dict, target_to_dict
from issues.sla.timers import Progress, at_fraction, progress, remaining, used

__all__ = [
    "CalendarError",
    "Deadline",
    "Pause",
    "Progress",
    "SameDay",
    "Step",
    "Target",
    "WorkingCalendar",
    "WorkingDays",
    "WorkingTime",
    "at_fraction",
    "cutoff",
    "deadline",
    "explain",
    "is_within_grace",
    "progress",
    "remaining",
    "target_from_dict",
    "target_to_dict",
    "used",
]
