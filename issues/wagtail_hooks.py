from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from issues.admin.home_panel import OutgoingPanel
from issues.admin.incoming import IncomingViewSet
from issues.admin.outgoing import OutgoingViewSetGroup
from issues.admin.viewsets import TaskForceViewSetGroup


@hooks.register("register_admin_viewset")
def register_task_force() -> TaskForceViewSetGroup:
    return TaskForceViewSetGroup()


@hooks.register("register_admin_viewset")
def register_outgoing() -> OutgoingViewSetGroup:
    return OutgoingViewSetGroup()


@hooks.register("register_admin_viewset")
def register_incoming() -> IncomingViewSet:
    return IncomingViewSet()


@hooks.register("construct_homepage_panels")
def show_what_did_not_get_out(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(OutgoingPanel(request))


@hooks.register("insert_global_admin_css")
def our_pages_in_the_administration() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
