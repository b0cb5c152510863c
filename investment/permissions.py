"""Who may do what with a project. When it is possible is the state machine's business."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Role
from core.errors import NotAllowed, NotSignedIn
from investment.models import Project


def can_manage(actor: Any) -> bool:
    """Publishers and administrators put projects on the list and take them off."""
    person = people.of(actor)
    return person.is_publisher or person.is_admin or bool(person.is_signed_in and actor.is_superuser)


def can_confirm(actor: Any, project: Project) -> bool:
    """People of the contact agency, who know whether the facts still hold; editors, on its behalf."""
    person = people.of(actor)
    return (
        can_manage(actor)
        or bool({Role.EDITOR, Role.COORDINATOR} & person.roles)
        or (project.contact_agency_id is not None and project.contact_agency_id in person.officer_agency_ids)
    )


def check_may_manage(actor: Any) -> None:
    """Raise NotSignedIn or NotAllowed unless `actor` may change the status of projects."""
    _check(actor, can_manage(actor), _("Only publishers and administrators may change the status of a project."))


def check_may_confirm(actor: Any, project: Project) -> None:
    """Raise NotSignedIn or NotAllowed unless `actor` may confirm the facts of `project`."""
    _check(actor, can_confirm(actor, project), _("Only the contact agency or an editor may confirm a project."))


def _check(actor: Any, allowed: bool, sentence: str) -> None:
    if not people.of(actor).is_signed_in:
        raise NotSignedIn(_("Sign in first."))
    if not allowed:
        raise NotAllowed(sentence)
