"""Groups follow memberships, however those are saved."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_migrate, post_save
from django.http import HttpRequest

from accounts import groups
from accounts.devices import SIGNED_IN_BY
from accounts.models import Membership


def _follow(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        groups.apply_to([instance.user])


def _ensure(sender: AppConfig, **kwargs: Any) -> None:
    groups.ensure_groups()


def _know_device(sender: Any, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """The person has just proved who they are: this device is theirs (accounts.devices)."""
    if request is not None:
        request.META[SIGNED_IN_BY] = user


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_follow, sender=Membership, dispatch_uid="accounts.groups")
    post_delete.connect(_follow, sender=Membership, dispatch_uid="accounts.groups")
    for signal in (user_logged_in, password_changed, password_set, password_reset):
        signal.connect(_know_device, dispatch_uid="accounts.devices")
    # The last app: by then every app has made its permissions.
    post_migrate.connect(_ensure, sender=list(apps.get_app_configs())[-1], dispatch_uid="accounts.groups")
