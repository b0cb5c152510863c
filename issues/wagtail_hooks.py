from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from issues.admin.home_panel import OutgoingPanel
from issues.admin.outgoing import OutgoingViewSetGroup
from issues.admin.viewsets import TaskForceViewSetGroup


@hooks.register("register_admin_viewset")
def register_task_force() -> TaskForceViewSetGroup:
    return TaskForceViewSetGroup()


@hooks.register("register_admin_viewset")
def register_outgoing() -> OutgoingViewSetGroup:
    return OutgoingViewSetGroup()


@hooks.register("construct_homepage_panels")
def show_what_did_not_get_out(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(OutgoingPanel(request))
