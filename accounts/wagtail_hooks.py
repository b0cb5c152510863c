from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from accounts.models import User
from accounts.wagtail_viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


@hooks.register("register_account_menu_item")
def own_account(request: HttpRequest) -> dict[str, str]:
    """Where name, e-mail address and password are changed."""
    return {
        "url": reverse("accounts:account"),
        "label": _("Name, e-mail and password"),
        "help_text": _("Change them in your own account."),
    }


@hooks.register("before_bulk_action")
def people_one_by_one(request: HttpRequest, action: str, objects: Iterable[Any], _view: Any) -> HttpResponse | None:
    """Roles give the groups, and what people did stays under their name: neither is done for many together."""
    if not any(isinstance(found, User) for found in objects):
        return None
    messages.error(request, _("Change people one by one."))
    return redirect(reverse("wagtailusers_users:index"))
