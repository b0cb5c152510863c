"""Shifts of the duty roster: assign, remove, copy the week before."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import Invalid
from issues.actions.fields import Fields
from issues.actions.roster_frame import (
    LONGEST_AHEAD,
    RosterOperation,
    check_free,
    check_not_over,
    member,
    roster_operation,
    say_day,
)
from issues.actor import Actor
from issues.clocks import calendars
from issues.models import Duty, RosterEntry

K = RosterEntry.Kind
WEEK = timedelta(days=7)


def assign(*, agency: Agency, actor: Actor, officer: Any = None, day: Any = None, kind: Any = Duty.Kind.DUTY) -> Duty:
    """Put an officer (e-mail or id) on duty on a day. `kind`: `duty`, or `after` for the hours outside of work."""
    with roster_operation(agency=agency, actor=actor, edit=True) as op:
        fields = Fields()
        who = member(op.agency, "officer", officer, fields)
        when = fields.day("day", day)
        shift_kind = fields.choice("kind", kind, Duty.Kind.values)
        if when is not None:
            _check_day(op, when, shift_kind, fields)
        if who is not None and when is not None:
            check_free(who, when, field="officer", fields=fields)
        fields.done()
        assert who is not None and when is not None  # noqa: S101, PT018  (done() has raised otherwise)
        duty = Duty.objects.create(agency=op.agency, officer=who, date=when, kind=shift_kind)
        op.log(K.ASSIGNED, facts(duty), show_to=[who])
    return duty


def remove(*, agency: Agency, actor: Actor, duty: Any = None) -> Duty:
    """Remove a shift (its id) from the roster; a missing one is an error."""
    with roster_operation(agency=agency, actor=actor, edit=True) as op:
        found = find_duty(op, duty)
        check_not_over(found.date, op.today)
        op.log(K.REMOVED, facts(found), show_to=[found.officer])
        pk = found.pk
        found.delete()
        found.pk = pk
    return found


@dataclass
class Copied:
    """What copying a week did. `left_out`: a sentence for each shift that could not be copied."""

    made: list[Duty] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def copy_week(*, agency: Agency, actor: Actor, monday: Any = None) -> Copied:
    """Copy the shifts of the week before into the week of `monday`, where days and people allow it."""
    with roster_operation(agency=agency, actor=actor, edit=True) as op:
        fields = Fields()
        first = fields.day("monday", monday)
        if first is not None and not abs(first - op.today) <= LONGEST_AHEAD:
            fields.add("monday", _("At most one year ahead."))
        fields.done()
        assert first is not None  # noqa: S101  (done() has raised otherwise)
        first -= timedelta(days=first.weekday())
        check_not_over(first + timedelta(days=6), op.today)
        shifts = Duty.objects.filter(agency=op.agency, date__range=(first - WEEK, first - timedelta(days=1)))
        copied = Copied()
        for shift in shifts.select_related("officer").order_by("date", "pk"):
            _copy(op, shift, copied)
        on_duty = {duty.officer_id: duty.officer for duty in copied.made}
        op.log(K.COPIED, {"week": first.isoformat(), "turns": len(copied.made)}, show_to=on_duty.values())
    return copied


def _copy(op: RosterOperation, shift: Duty, copied: Copied) -> None:
    day, fields = shift.date + WEEK, Fields()
    if Duty.objects.filter(agency=op.agency, officer=shift.officer, date=day, kind=shift.kind).exists():
        return  # there already
    if member(op.agency, "officer", shift.officer_id, fields) is not None:
        _check_day(op, day, shift.kind, fields)
        check_free(shift.officer, day, field="officer", fields=fields)
    if fields.errors:
        why = " ".join(sentence for sentences in fields.errors.values() for sentence in sentences)
        copied.left_out.append(f"{say_day(day)}, {shift.officer}: {why}")
        return
    copied.made.append(Duty.objects.create(agency=op.agency, officer=shift.officer, date=day, kind=shift.kind))


def _check_day(op: RosterOperation, day: date, kind: str, fields: Fields) -> None:
    if day < op.today:
        fields.add("day", _("This day is over."))
    elif day - op.today > LONGEST_AHEAD:
        fields.add("day", _("At most one year ahead."))
    elif kind == Duty.Kind.DUTY and not calendars.calendar_for(op.agency)[1].is_working_day(day):
        fields.add("day", _("This day is closed: only out-of-hours duty is possible."))


def find_duty(op: RosterOperation, value: Any, *, field_name: str = "duty") -> Duty:
    """A shift of this agency by its id; Invalid when there is none."""
    text = str(value if value is not None else "")
    rows = Duty.objects.select_related("officer").filter(agency=op.agency)
    found = rows.filter(pk=int(text[:18])).first() if text.isascii() and text.isdecimal() else None
    if found is None:
        sentence = _("This agency has no such shift.")
        raise Invalid(_("Please correct the marked fields."), fields={field_name: [sentence]})
    return found


def facts(duty: Duty) -> dict[str, Any]:
    """A shift as the log keeps it."""
    return {"officer": str(duty.officer), "day": duty.date.isoformat(), "turn": duty.kind}
