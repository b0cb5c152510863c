"""What each person chose, completed by the defaults of their role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts import people
from accounts.models import Agency
from accounts.people import Person
from issues.clocks import calendars
from issues.models import About, Notification, NotificationChoices, Way
from issues.notifications.timing import Timing, next_digest, quiet_until
from issues.sla import WorkingCalendar

Mode = Notification.Mode
Ways = Mapping[str, str]

# Defaults: an officer and an enterprise are notified immediately of everything about their own work; a leader is
# notified immediately of tasks and of missed due times, and gets the rest once a day.
_FOR_OWN_WORK: Ways = {About.WAITS: Way.NOW, About.PROGRESS: Way.NOW, About.CLOCK: Way.NOW, About.REST: Way.DIGEST}
_FOR_LEADING: Ways = {**_FOR_OWN_WORK, About.PROGRESS: Way.DIGEST}
_FOR_LEADERS: Ways = {**_FOR_LEADING, About.REST: Way.APP}
# What may not be switched off completely: tasks of the person, and the clock of what they work on.
PERMITTED: Mapping[str, tuple[Way, ...]] = {
    About.WAITS: (Way.NOW, Way.DIGEST, Way.APP),
    About.PROGRESS: (Way.NOW, Way.DIGEST, Way.APP, Way.OFF),
    About.CLOCK: (Way.NOW, Way.DIGEST, Way.APP),
    About.REST: (Way.NOW, Way.DIGEST, Way.APP, Way.OFF),
}


@dataclass(frozen=True)
class Choices:
    """One person's ways, complete, and their times. The calendar is that of their agency, or the city's."""

    ways: Ways
    timing: Timing
    calendar: WorkingCalendar

    def plan(self, mode: str, at: datetime) -> tuple[str, datetime]:
        """How and from when on a mail of this mode may go, if it is decided at `at`."""
        if mode == Mode.DIGEST:
            return Mode.DIGEST, next_digest(self.timing, self.calendar, at)
        free = quiet_until(self.timing, self.calendar, at)
        return (Mode.HELD if free > at else Mode.ONCE), free


def choices_of(user_ids: Iterable[int]) -> dict[int, Choices]:
    """The choices of these people as they are now; three queries, four where somebody works for an agency."""
    return choices_of_people(people.of_ids(user_ids))


def choices_of_people(found: Mapping[int, Person]) -> dict[int, Choices]:
    """The same for people that are read already, by id; one query, two where somebody works for an agency."""
    rows = {row.user_id: row for row in NotificationChoices.objects.filter(user_id__in=found)}
    agency_ids = {pk: min(person.officer_agency_ids) for pk, person in found.items() if person.officer_agency_ids}
    agencies = Agency.objects.in_bulk(set(agency_ids.values())) if agency_ids else {}
    return {pk: complete(rows.get(pk), person, agencies.get(agency_ids.get(pk, 0))) for pk, person in found.items()}


def complete(row: NotificationChoices | None, person: Person, agency: Agency | None) -> Choices:
    """The choices of one person from their row, if they have one."""
    row = row or NotificationChoices()
    usual = usual_ways(person)
    return Choices(
        ways={about: getattr(row, about) or usual[about] for about in About.values},
        timing=Timing(row.digest_time, row.digest_hour, row.quiet_from, row.quiet_to, row.quiet_closed_days),
        calendar=calendars.calendar_for(agency)[1],
    )


def usual_ways(person: Person) -> Ways:
    """The defaults of somebody with these roles."""
    if person.is_leader:
        return _FOR_LEADERS
    return _FOR_LEADING if person.is_coordinator or person.head_agency_ids else _FOR_OWN_WORK
