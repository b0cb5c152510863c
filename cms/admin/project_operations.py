"""Operations on a project: buttons of the administration, each with a page that asks for confirmation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

from investment.actions import project as actions
from investment.models import Project, ProjectStatus
from investment.permissions import can_confirm, can_manage


@dataclass(frozen=True)
class Operation:
    """One button. `permitted` asks who may; `possible` asks whether the state allows it."""

    name: str
    label: str | Promise
    icon: str
    run: Callable[..., Project]
    permitted: Callable[[Any, Project], bool]
    possible: Callable[[Project], bool]

    def offered(self, actor: Any, project: Project) -> bool:
        return self.permitted(actor, project) and self.possible(project)


def _manages(actor: Any, project: Project) -> bool:
    del project
    return can_manage(actor)


def _on_list(project: Project) -> bool:
    return project.status not in (ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN)


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("confirm", _("Confirm facts"), "check", actions.confirm_project, can_confirm, _on_list),
        Operation(
            "publish", _("Publish"), "upload", actions.publish_project, _manages, lambda p: can_proceed(p.publish)
        ),
        Operation(
            "select-investor",
            _("Select investor"),
            "user",
            actions.select_investor,
            _manages,
            lambda p: can_proceed(p.select_investor),
        ),
        Operation("start", _("Start"), "arrow-right", actions.start_project, _manages, lambda p: can_proceed(p.start)),
        Operation(
            "complete", _("Complete"), "success", actions.complete_project, _manages, lambda p: can_proceed(p.complete)
        ),
        Operation(
            "withdraw", _("Withdraw"), "cross", actions.withdraw_project, _manages, lambda p: can_proceed(p.withdraw)
        ),
    )
}


def offered(actor: Any, project: Project) -> list[Operation]:
    """The operations that `actor` may do on `project` now."""
    return [operation for operation in OPERATIONS.values() if operation.offered(actor, project)]
