from wagtail import hooks

from issues.admin.outgoing import OutgoingViewSetGroup
from issues.admin.viewsets import TaskForceViewSetGroup


@hooks.register("register_admin_viewset")
def register_task_force() -> TaskForceViewSetGroup:
    return TaskForceViewSetGroup()


@hooks.register("register_admin_viewset")
def register_outgoing() -> OutgoingViewSetGroup:
    return OutgoingViewSetGroup()
