"""Swaps: an officer asks a colleague to take a shift; the colleague decides, the head sees it, both are notified."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import NotAllowed, NotPossible, NotVisible
from issues.actions.fields import Fields
from issues.actions.roster import facts, find_duty
from issues.actions.roster_frame import RosterOperation, check_free, check_not_over, member, roster_operation
from issues.actor import Actor
from issues.models import Duty, DutySwap, RosterEntry

K = RosterEntry.Kind
S = DutySwap.Status


def ask_swap(
    *, agency: Agency, actor: Actor, duty: Any = None, colleague: Any = None, in_return: Any = None, note: Any = None
) -> DutySwap:
    """Ask a colleague (e-mail or id) to take the actor's shift (its id), perhaps for one of theirs in return."""
    with roster_operation(agency=agency, actor=actor) as op:
        shift = find_duty(op, duty)
        if shift.officer_id != actor.person.user_id:
            raise NotAllowed(_("You can offer only your own shift."))
        check_not_over(shift.date, op.today)
        if shift.swaps.filter(status=S.ASKED).exists():
            raise NotPossible(_("Somebody has already been asked to take this shift."), code="swap_open")
        fields = Fields()
        words = fields.text("note", note, required=False, longest=200)
        other = member(op.agency, "colleague", colleague, fields)
        theirs = find_duty(op, in_return, field_name="in_return") if in_return not in (None, "") else None
        swap = DutySwap(duty=shift, in_return=theirs, asked_by=actor.user, asked_of=other or actor.user, note=words)
        if other is not None and other.pk == shift.officer_id:
            fields.add("colleague", _("Choose somebody else."))
        elif other is not None:
            _check(op, swap, fields)
        fields.done()
        swap.asked_at = op.at
        swap.save()
        op.log(K.SWAP_ASKED, _facts(swap), mail_to=[swap.asked_of], show_to=op.heads())
    return swap


def accept_swap(*, swap: DutySwap, actor: Actor) -> DutySwap:
    """The colleague takes the shift, and gives the one that was asked for in return. Everything is checked again."""
    with roster_operation(agency=swap.duty.agency, actor=actor) as op:
        found = _open(swap, actor, "asked_of")
        check_not_over(found.duty.date, op.today)
        fields = Fields()
        _check(op, found, fields)
        fields.done()
        _exchange(found)
        _close(op, found, S.ACCEPTED)
        op.log(K.SWAP_ACCEPTED, _facts(found), mail_to=[found.asked_by], show_to=op.heads())
    return found


def decline_swap(*, swap: DutySwap, actor: Actor) -> DutySwap:
    """The colleague declines; the shift does not change."""
    with roster_operation(agency=swap.duty.agency, actor=actor) as op:
        found = _open(swap, actor, "asked_of")
        _close(op, found, S.DECLINED)
        op.log(K.SWAP_DECLINED, _facts(found), mail_to=[found.asked_by], show_to=op.heads())
    return found


def withdraw_swap(*, swap: DutySwap, actor: Actor) -> DutySwap:
    """The officer who asked withdraws the request."""
    with roster_operation(agency=swap.duty.agency, actor=actor) as op:
        found = _open(swap, actor, "asked_by")
        _close(op, found, S.WITHDRAWN)
        op.log(K.SWAP_WITHDRAWN, _facts(found), mail_to=[found.asked_of])
    return found


def _open(swap: DutySwap, actor: Actor, side: str) -> DutySwap:
    """The open swap, for the one person who may decide on it (`side`: asked_by or asked_of)."""
    rows = DutySwap.objects.select_related("duty__officer", "in_return__officer", "asked_by", "asked_of")
    found = rows.filter(pk=swap.pk).first()
    if found is None:
        raise NotVisible(_("There is no such swap."))
    if getattr(found, f"{side}_id") != actor.person.user_id:
        raise NotAllowed(_("Only the other person can decide this."))
    if not found.is_open:
        raise NotPossible(_("This swap has already been decided."), code="swap_closed")
    if found.duty.officer_id != found.asked_by_id:
        raise NotPossible(_("This shift now belongs to somebody else."), code="swap_void")
    return found


def _check(op: RosterOperation, swap: DutySwap, fields: Fields) -> None:
    """Check that both are free on the day that they get."""
    shifts = [swap.duty_id, swap.in_return_id] if swap.in_return_id else [swap.duty_id]
    check_free(swap.asked_of, swap.duty.date, field="colleague", fields=fields, without=shifts)
    theirs = swap.in_return
    if theirs is None:
        return
    if theirs.officer_id != swap.asked_of_id:
        fields.add("in_return", _("This shift is not your colleague’s."))
    elif theirs.date < op.today:
        fields.add("in_return", _("This day is over."))
    else:
        check_free(swap.asked_by, theirs.date, field="in_return", fields=fields, without=shifts)


def _exchange(swap: DutySwap) -> None:
    mine, theirs = swap.duty, swap.in_return
    if theirs is not None and theirs.date == mine.date:
        # On one day each keeps the row and takes the other's hours: two rows of one person would collide.
        mine.kind, theirs.kind = theirs.kind, mine.kind
    else:
        mine.officer = swap.asked_of
        if theirs is not None:
            theirs.officer = swap.asked_by
    Duty.objects.bulk_update([shift for shift in (mine, theirs) if shift is not None], ["officer", "kind"])


def _close(op: RosterOperation, swap: DutySwap, status: str) -> None:
    swap.status, swap.closed_at = status, op.at
    swap.save(update_fields=["status", "closed_at"])


def _facts(swap: DutySwap) -> dict[str, Any]:
    theirs = swap.in_return
    return {
        **facts(swap.duty),
        "officer": str(swap.asked_by),
        "colleague": str(swap.asked_of),
        "return_day": theirs.date.isoformat() if theirs else "",
        "note": swap.note,
    }
