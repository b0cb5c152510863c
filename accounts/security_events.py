"""Which changes of sign-ins and rights are logged (core.security_log): every way that leads to one, by signals.

A sign-in with a token has no line of its own: it happens with every call. A wrong token has one (accounts.auth).
"""

from typing import Any

from allauth.account import signals as account_signals
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import Membership, User
from core.security_log import security_event

_FLAGS = ("is_active", "is_staff", "is_superuser")
_MEMBERSHIP = ("user_id", "role", "agency_id", "enterprise_id")
_CHANGES = {"post_add": "added", "post_remove": "removed", "post_clear": "cleared"}


class ReportPasswordChange:
    """In AUTH_PASSWORD_VALIDATORS: Django says there, after saving, that a password was set (not that one was read)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuses nothing."""

    def get_help_text(self) -> str:
        return ""

    def password_changed(self, password: str, user: Any) -> None:
        security_event("password_changed", person=user.pk)


def _signed_in(user: User, **_: Any) -> None:
    security_event("signed_in", person=user.pk)


def _signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        security_event("signed_out", person=user.pk)


def _sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    typed = credentials.get("email") or credentials.get("username") or credentials.get("login") or ""
    person = User.objects.filter(email__iexact=str(typed)[:254].replace("\0", "")).values_list("pk", flat=True).first()
    security_event("sign_in_failed", person=person)


def _email_confirmed(email_address: Any, **_: Any) -> None:
    security_event("email_confirmed", person=email_address.user_id)


def _email_changed(user: User, **_: Any) -> None:
    security_event("email_changed", person=user.pk)


def _membership_saved(instance: Membership, created: bool, **_: Any) -> None:
    security_event("membership_added" if created else "membership_changed", **_membership(instance))


def _membership_deleted(instance: Membership, **_: Any) -> None:
    security_event("membership_removed", **_membership(instance))


def _membership(instance: Membership) -> dict[str, Any]:
    return {"membership": instance.pk, **{name.removesuffix("_id"): getattr(instance, name) for name in _MEMBERSHIP}}


def _flags_before(instance: User, update_fields: Any = None, **_: Any) -> None:
    if update_fields is None or set(_FLAGS) & set(update_fields):
        before = User.objects.filter(pk=instance.pk).values(*_FLAGS).first() or dict.fromkeys(_FLAGS, False)
        now = {name: getattr(instance, name) for name in _FLAGS}
        is_new_person = instance.pk is None and not (instance.is_staff or instance.is_superuser)
        if before != now and not is_new_person:
            security_event("person_rights_changed", person=instance.pk, **now)


def _person_deleted(instance: User, **_: Any) -> None:
    security_event("person_deleted", person=instance.pk)


def _groups_changed(**change: Any) -> None:
    _many_changed("groups_changed", **change)


def _permissions_changed(**change: Any) -> None:
    _many_changed("rights_changed", **change)


def _many_changed(event: str, *, instance: Model, action: str, pk_set: set[int] | None, **_: Any) -> None:
    """Of the one side a number, of the other one the first numbers: a new installation grants hundreds."""
    if action in _CHANGES:
        side = {User: "person", Group: "group", Permission: "permission"}[type(instance)]
        numbers = sorted(pk_set or [])
        security_event(event, **{side: instance.pk}, change=_CHANGES[action], count=len(numbers), numbers=numbers[:20])


def _group_rights_changed(instance: Any, **_: Any) -> None:
    right = {"on": type(instance).__name__, "permission": instance.permission_id}
    security_event("rights_changed", group=instance.group_id, **right)


def connect() -> None:
    """Called once, when the app is ready."""
    own: Any = {"dispatch_uid": __name__}
    user_logged_in.connect(_signed_in, **own)
    user_logged_out.connect(_signed_out, **own)
    user_login_failed.connect(_sign_in_failed, **own)
    account_signals.email_confirmed.connect(_email_confirmed, **own)
    account_signals.email_changed.connect(_email_changed, **own)
    post_save.connect(_membership_saved, sender=Membership, **own)
    post_delete.connect(_membership_deleted, sender=Membership, **own)
    pre_save.connect(_flags_before, sender=User, **own)
    post_delete.connect(_person_deleted, sender=User, **own)
    m2m_changed.connect(_groups_changed, sender=User.groups.through, **own)
    m2m_changed.connect(_permissions_changed, sender=User.user_permissions.through, **own)
    m2m_changed.connect(_permissions_changed, sender=Group.permissions.through, **own)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(_group_rights_changed, sender=model, **own)
        post_delete.connect(_group_rights_changed, sender=model, **own)
