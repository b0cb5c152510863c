"""Groups follow memberships, however those are saved."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save

from accounts import groups
from accounts.models import Membership


def _follow(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        groups.apply_to([instance.user])


def _ensure(sender: AppConfig, **kwargs: Any) -> None:
    groups.ensure_groups()


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_follow, sender=Membership, dispatch_uid="accounts.groups")
    post_delete.connect(_follow, sender=Membership, dispatch_uid="accounts.groups")
    # The last app: by then every app has made its permissions.
    post_migrate.connect(_ensure, sender=list(apps.get_app_configs())[-1], dispatch_uid="accounts.groups")
