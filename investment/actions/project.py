"""The business operations on a project. Each checks the right, then the state, and saves in one transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from core import clock
from core.errors import Invalid, NotPossible, NotVisible
from investment import freshness
from investment.models import Project, ProjectStatus
from investment.permissions import check_may_confirm, check_may_manage


def publish_project(*, actor: Any, project: Project) -> Project:
    """Put a draft, withdrawn or expired project on the list. It counts as confirmed today if it never was."""
    check_may_manage(actor)
    return _change(project, Project.publish, _confirm_first_time)


def withdraw_project(*, actor: Any, project: Project) -> Project:
    """Take a project off the list because the city has stopped offering it."""
    check_may_manage(actor)
    return _change(project, Project.withdraw)


def select_investor(*, actor: Any, project: Project) -> Project:
    """Record that an investor was chosen: the call is over, the project stays on the list."""
    check_may_manage(actor)
    return _change(project, Project.select_investor)


def start_project(*, actor: Any, project: Project) -> Project:
    """Record that work has begun."""
    check_may_manage(actor)
    return _change(project, Project.start)


def complete_project(*, actor: Any, project: Project) -> Project:
    """Record that the project is in use."""
    check_may_manage(actor)
    return _change(project, Project.complete)


def confirm_project(*, actor: Any, project: Project, on: date | None = None) -> Project:
    """Record that the contact agency says the facts still hold; an expired project returns to the list.

    `on` is the day of the confirmation, today when left out; a day to come, or one before the last, is refused.
    """
    check_may_confirm(actor, project)
    today = _today()
    day = on or today
    with transaction.atomic():
        locked = _locked(project)
        if locked.status in (ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN):
            raise NotPossible(_("A project that is not on the list cannot be confirmed."))
        if day > today or (locked.confirmed_on and day < locked.confirmed_on):
            sentence = _("The date must be between the last confirmation and today.")
            raise Invalid(sentence, fields={"on": [sentence]})
        if locked.status == ProjectStatus.STALE:
            locked.publish()
        locked.confirmed_on = day
        locked.save()
    return locked


def expire_projects() -> int:
    """The system's own action: projects whose grace has run out leave the list. Returns how many did."""
    rules = freshness.rules_in_force()
    last = _today() - timedelta(days=rules.every_days + rules.grace_days)
    expired = 0
    for pk in Project.objects.filter(status=ProjectStatus.PUBLISHED, confirmed_on__lt=last).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            locked = Project.objects.select_for_update(of=("self",)).get(pk=pk)
            if locked.status == ProjectStatus.PUBLISHED and locked.confirmed_on and locked.confirmed_on < last:
                locked.expire()
                locked.save()
                expired += 1
    return expired


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _locked(project: Project) -> Project:
    """The row read again, under lock: an instance that failed a transition is discarded."""
    found = Project.objects.select_for_update(of=("self",)).filter(pk=project.pk).first()
    if found is None:
        raise NotVisible(_("There is no such project."))
    return found


def _confirm_first_time(project: Project) -> None:
    project.confirmed_on = project.confirmed_on or _today()


def _change(
    project: Project, transition: Callable[[Project], None], then: Callable[[Project], None] | None = None
) -> Project:
    with transaction.atomic():
        locked = _locked(project)
        try:
            transition(locked)
        except TransitionNotAllowed as error:
            sentence = _("This is not possible while the project is “%(status)s”.")
            raise NotPossible(sentence % {"status": locked.get_status_display()}) from error
        if then is not None:
            then(locked)
        locked.save()
    return locked
