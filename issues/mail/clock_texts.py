"""Texts of the clock: reminders, warnings, and missed due times."""

from django.utils.translation import gettext as _

from issues.mail.scene import Scene
from issues.mail.words import Say, Words
from issues.models import ClockKind
from issues.notifications.recipients import Group

_HALF, _THREE_QUARTERS = 50, 75


def breached_for_enterprise(scene: Scene) -> Words:
    lead = scene.ticket.lead_agency
    return Words(
        headline=_("Your proposal was not answered in time"),
        lines=(
            _("It was due at {due}. We have not kept that promise.").format(due=scene.moment("due_at")),
            _("The head of {agency} and the city's leader have been notified.").format(agency=lead.name)
            if lead
            else _("The coordinator and the city's leader have been notified."),
            _("The delay stays visible, here and in the published figures, until and after the answer."),
        ),
        action=_("Open your proposal"),
    )


def recomputed_for_enterprise(scene: Scene) -> Words:
    return Words(
        headline=_("The due time of your proposal has changed"),
        lines=_new_due(scene),
        action=_("Open your proposal"),
    )


def timer(scene: Scene) -> Words:
    percent = int(scene.data["percent"])
    if scene.data["clock"] == ClockKind.CONSULTATION:
        return _opinion_reminder(scene)
    if percent > 100:
        headline = _("Still no answer, escalated again")
    elif percent >= _THREE_QUARTERS:
        headline = _("Three quarters of the working time are used up")
    else:
        headline = _("Half of the working time is used up")
    return Words(headline=headline, lines=_due(scene), action=_("Open the proposal"))


def _opinion_reminder(scene: Scene) -> Words:
    lead = scene.ticket.lead_agency
    lines = list(_due(scene))
    if lead is not None:
        lines.append(_("{agency} cannot answer the enterprise without it.").format(agency=lead.name))
    return Words(
        headline=_("Half of the time for your opinion is used up"), lines=tuple(lines), action=_("Give your opinion")
    )


def _opinion_breached(scene: Scene) -> Words:
    """The agency that owes it reads that; the agency that waits reads that its answer to the enterprise is delayed."""
    owes = scene.group in (Group.CONSULTED, Group.CONSULTED_HEAD)
    lead = scene.ticket.lead_agency
    lines = list(_due(scene))
    if owes and lead is not None:
        lines.append(
            _("{agency} is waiting for it and cannot answer the enterprise without it.").format(agency=lead.name)
        )
    elif not owes:
        lines.append(_("The head of the agency that was asked has been notified. You can also cancel the request."))
    return Words(
        headline=_("The opinion of your agency is overdue") if owes else _("An opinion that you asked for is overdue"),
        lines=tuple(lines),
        action=_("Give your opinion") if owes else _("Open the proposal"),
    )


_BREACHED = {
    ClockKind.RESOLUTION: lambda: _("The due time has passed without an answer"),
    ClockKind.RESPONSE: lambda: _("The enterprise did not get a first response in time"),
    ClockKind.ACCEPTANCE: lambda: _("Nobody has accepted the proposal in time"),
}


def breached(scene: Scene) -> Words:
    if scene.data["clock"] == ClockKind.CONSULTATION:
        return _opinion_breached(scene)
    lines = list(_due(scene))
    if scene.data["clock"] == ClockKind.RESOLUTION:
        lines.append(_("The enterprise, the head of the agency and the leader have been notified."))
    return Words(
        headline=_BREACHED[ClockKind(scene.data["clock"])](), lines=tuple(lines), action=_("Open the proposal")
    )


def recomputed(scene: Scene) -> Words:
    return Words(headline=_("The due time has changed"), lines=_new_due(scene), action=_("Open the proposal"))


def _due(scene: Scene) -> tuple[str, ...]:
    """When this clock is or was due."""
    if not scene.data.get("due_at"):
        return ()
    passed = scene.event.type == "clock.breached" or int(scene.data.get("percent", 0)) > 100
    text = _("It was due at {due}.") if passed else _("It is due at {due}.")
    return (text.format(due=scene.moment("due_at")),)


def _new_due(scene: Scene) -> tuple[str, ...]:
    if scene.data.get("cause") == "agency":
        lines = [_("Another agency is responsible now, and it has other working hours.")]
    else:
        lines = [_("The working calendar was corrected.")]
    if scene.data.get("paused"):
        lines.append(_("The clock is paused. The new due time is set when it resumes."))
    elif scene.data.get("old_due_at") and scene.data.get("new_due_at"):
        lines.append(
            _("It was due at {old}; now it is due at {new}.").format(
                old=scene.moment("old_due_at"), new=scene.moment("new_due_at")
            )
        )
    return tuple(lines)


FOR_ENTERPRISES: dict[str, Say] = {
    "clock.breached": breached_for_enterprise,
    "clock.recomputed": recomputed_for_enterprise,
}
FOR_AGENCIES: dict[str, Say] = {"clock.timer": timer, "clock.breached": breached, "clock.recomputed": recomputed}
