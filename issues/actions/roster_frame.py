"""The frame of every change of a roster: lock the agency, check permission, change, log, notify."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AGENCY_ROLES, Agency, Role, User
from core import clock, wording
from core.errors import NotAllowed, NotPossible, NotSignedIn, NotVisible
from core.text import beginning
from issues import rules
from issues.actions.fields import ADDRESS_MAX, Fields
from issues.actor import Actor
from issues.models import About, Absence, Duty, Notification, RosterEntry, Way
from issues.notifications.preferences import Choices, choices_of

LONGEST_AHEAD = timedelta(days=366)
Channel = Notification.Channel


class RosterOperation:
    """A running change of one agency's roster."""

    def __init__(self, agency: Agency, actor: Actor, at: datetime) -> None:
        self.agency, self.actor, self.at = agency, actor, at
        self.today = timezone.localdate(at)

    @property
    def may_edit(self) -> bool:
        return self.actor.is_system or rules.may_roster(self.actor.user, "edit", self.agency)

    def log(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        mail_to: Iterable[User | None] = (),
        show_to: Iterable[User | None] = (),
    ) -> RosterEntry:
        """Write a line of the log. People of `mail_to` get a mail too; the actor is not notified."""
        entry = RosterEntry.objects.create(
            agency=self.agency,
            at=self.at,
            actor=self.actor.user,
            actor_name=str(self.actor.user or ""),
            kind=kind,
            data=data,
        )
        mailed = {user.pk for user in mail_to if user} - {self.actor.person.user_id}
        shown = mailed | {user.pk for user in show_to if user} - {self.actor.person.user_id}
        chosen = choices_of(shown)
        Notification.objects.bulk_create(
            row for pk in sorted(chosen) for row in _rows(entry, pk, chosen[pk], mail=pk in mailed)
        )
        return entry

    def heads(self) -> list[User]:
        """The heads of the agency."""
        return list(
            User.objects.filter(is_active=True, memberships__agency=self.agency, memberships__role=Role.HEAD).distinct()
        )


def _rows(entry: RosterEntry, user_id: int, choices: Choices, *, mail: bool) -> list[Notification]:
    """The notification in the application and the mail, as the person has chosen. What is mailed asks for something."""
    about = About.WAITS if mail else About.REST
    way = choices.ways[about]
    if way == Way.OFF:
        return []
    common = {"entry": entry, "user_id": user_id, "reason": "roster", "about": about}
    in_app = Notification(**common, channel=Channel.APP, state=Notification.State.SENT, sent_at=entry.at)
    if not mail or way == Way.APP:
        return [in_app]
    wanted = Notification.Mode.DIGEST if way == Way.DIGEST else Notification.Mode.ONCE
    mode, may_go_at = choices.plan(wanted, entry.at)
    return [in_app, Notification(**common, channel=Channel.MAIL, mode=mode, next_attempt_at=may_go_at)]


@contextmanager
def roster_operation(*, agency: Agency, actor: Actor, edit: bool = False) -> Iterator[RosterOperation]:
    """Lock the roster of an agency and run the block in one transaction.

    Raises NotSignedIn, NotVisible (a roster of others), NotAllowed (`edit` without being its head or a coordinator).
    """
    with transaction.atomic():
        locked = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        if not actor.is_system:
            if not actor.person.is_signed_in:
                raise NotSignedIn(_("Please sign in first."))
            if not rules.may_roster(actor.user, "see", locked):
                raise NotVisible(_("There is no such roster."))
        running = RosterOperation(locked, actor, clock.now())
        if edit and not running.may_edit:
            raise NotAllowed(_("Only the head of the agency and coordinators can edit the roster."))
        yield running


def member(agency: Agency, name: str, value: Any, fields: Fields) -> User | None:
    """An active officer or head of the agency, by e-mail or id; anybody else is an error of the field."""
    if value in (None, ""):
        fields.add(name, _("This field is required."))
        return None
    by_id = isinstance(value, int) and not isinstance(value, bool)
    key = {"pk": value} if by_id else {"email": beginning(str(value), ADDRESS_MAX).strip().lower()}
    found = User.objects.filter(
        **key, is_active=True, memberships__agency=agency, memberships__role__in=AGENCY_ROLES
    ).first()
    if found is None:
        fields.add(name, _("This person does not belong to the agency."))
    return found


def check_not_over(day: date, today: date) -> None:
    """Raise NotPossible for a day that is over: the past is not changed."""
    if day < today:
        raise NotPossible(_("This day is over."), code="day_over")


def check_free(officer: User, day: date, *, field: str, fields: Fields, without: Iterable[int] = ()) -> None:
    """Check that the officer has no other shift that day, at any agency, and is present. `without`: ids of shifts."""
    other = (
        Duty.objects.filter(officer=officer, date=day).exclude(pk__in=list(without)).select_related("agency").first()
    )
    if other is not None:
        sentence = _("{officer} already has a shift on {day}: {agency}.")
        fields.add(field, sentence.format(officer=officer, day=say_day(day), agency=other.agency.name))
    away = Absence.objects.filter(officer=officer, first_day__lte=day, last_day__gte=day).first()
    if away is not None:
        fields.add(field, _("{officer} is absent until {day}.").format(officer=officer, day=say_day(away.last_day)))


def say_day(day: date) -> str:
    """A day in words."""
    return wording.local_date(day, style="short") or ""
