"""Absence from one day to another: entered by the person or by the head, perhaps with a stand-in; ended early."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.errors import Invalid, NotAllowed
from issues.actions.fields import Fields
from issues.actions.roster_frame import RosterOperation, member, roster_operation, say_day
from issues.actor import Actor
from issues.models import Absence, RosterEntry

K = RosterEntry.Kind
LONGEST = timedelta(days=366)


def enter_absence(
    *,
    agency: Agency,
    actor: Actor,
    officer: Any = None,
    first_day: Any = None,
    last_day: Any = None,
    stand_in: Any = None,
    note: Any = None,
) -> Absence:
    """Enter an absence from one day to another, both included. `officer` defaults to the actor."""
    with roster_operation(agency=agency, actor=actor) as op:
        fields = Fields()
        own = officer in (None, "") or str(officer).strip().lower() in (actor.user.email, str(actor.user.pk))
        if not own and not op.may_edit:
            raise NotAllowed(_("Only the head of the agency can enter the absence of other people."))
        who = member(op.agency, "officer", actor.user.pk if own else officer, fields)
        first, last = fields.day("first_day", first_day), fields.day("last_day", last_day)
        other = member(op.agency, "stand_in", stand_in, fields) if stand_in not in (None, "") else None
        words = fields.text("note", note, required=False, longest=200)
        if first is not None and last is not None:
            _check_days(op, first, last, fields)
        if not fields.errors:
            _check_people(who, other, first, last, fields)
        fields.done()
        assert who is not None and first is not None and last is not None  # noqa: S101, PT018  (done() has raised)
        absence = Absence.objects.create(
            agency=op.agency, officer=who, first_day=first, last_day=last, stand_in=other, note=words
        )
        op.log(K.ABSENT, _facts(absence), mail_to=[other], show_to=[who, *op.heads()])
    return absence


def end_absence(*, agency: Agency, actor: Actor, absence: Any = None) -> Absence:
    """End an absence today; one that has not begun is deleted."""
    with roster_operation(agency=agency, actor=actor) as op:
        found = _find(op, absence)
        if found.officer_id != actor.person.user_id and not op.may_edit:
            raise NotAllowed(_("Only the head of the agency can end the absence of other people."))
        yesterday = op.today - timedelta(days=1)
        op.log(K.BACK, _facts(found), show_to=[found.officer, found.stand_in, *op.heads()])
        if found.first_day > yesterday:
            found.delete()
        else:
            found.last_day = yesterday
            found.save(update_fields=["last_day"])
    return found


def _find(op: RosterOperation, value: Any) -> Absence:
    """An absence of this agency that is not over yet."""
    text = str(value if value is not None else "")
    rows = Absence.objects.filter(agency=op.agency, last_day__gte=op.today).select_related("officer", "stand_in")
    found = rows.filter(pk=int(text[:18])).first() if text.isascii() and text.isdecimal() else None
    if found is None:
        sentence = _("This absence is already over or was removed.")
        raise Invalid(_("Please correct the marked fields."), fields={"absence": [sentence]})
    return found


def _check_days(op: RosterOperation, first: date, last: date, fields: Fields) -> None:
    if last < first:
        fields.add("last_day", _("The last day is before the first."))
    elif last < op.today:
        fields.add("last_day", _("This day is over."))
    elif last - first > LONGEST or first - op.today > LONGEST:
        fields.add("last_day", _("At most one year."))


def _check_people(who: Any, other: Any, first: Any, last: Any, fields: Fields) -> None:
    """Check that nobody is absent twice and that the stand-in is present."""
    within = Absence.objects.filter(first_day__lte=last, last_day__gte=first)
    already = within.filter(officer=who).first()
    if already is not None:
        days = _("{officer} is already absent from {first} to {last}.")
        fields.add("first_day", days.format(officer=who, **_days(already)))
    if other is None:
        return
    if other.pk == who.pk:
        fields.add("stand_in", _("Choose somebody else."))
        return
    away = within.filter(officer=other).first()
    if away is not None:
        days = _("{officer} is also absent from {first} to {last}.")
        fields.add("stand_in", days.format(officer=other, **_days(away)))


def _days(absence: Absence) -> dict[str, str]:
    return {"first": say_day(absence.first_day), "last": say_day(absence.last_day)}


def _facts(absence: Absence) -> dict[str, Any]:
    other: User | None = absence.stand_in
    return {
        "officer": str(absence.officer),
        "first": absence.first_day.isoformat(),
        "last": absence.last_day.isoformat(),
        "stand_in": str(other or ""),
        "note": absence.note,
    }
