"""Roles and the groups of the administration: a role decides, the group follows.

Wagtail knows permissions only through groups. Nobody edits the members of these groups by hand: `apply_to` sets them
from Membership, and `ensure_groups` (after every migrate) gives the groups their permissions. Apps add what
coordinators may do there with `allow`.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import Role, User

EDITORS, PUBLISHERS = "Editors", "Moderators"  # made by Wagtail's own migrations, with their rights on pages
COORDINATORS, ADMINISTRATORS = "Coordinators", "Administrators"

GROUPS_OF_ROLE: dict[str, tuple[str, ...]] = {
    Role.EDITOR: (EDITORS,),
    Role.PUBLISHER: (PUBLISHERS,),
    Role.COORDINATOR: (COORDINATORS,),
    Role.ADMIN: (ADMINISTRATORS,),
}
_MANAGED = frozenset(name for names in GROUPS_OF_ROLE.values() for name in names)
_PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
_granted: dict[str, set[str]] = {}


def allow(role: str, *permissions: str) -> None:
    """From an AppConfig: let a role do this in the administration (`"issues.change_routingrule"`)."""
    for name in GROUPS_OF_ROLE[role]:
        _granted.setdefault(name, set()).update(permissions)


def ensure_groups() -> None:
    """Make the groups and give them what they lack. Rights given by hand stay."""
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in sorted(_MANAGED)}
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups.values():
        group.permissions.add(*access)
    for name, labels in _granted.items():
        groups[name].permissions.add(*_permissions(labels))
    administrators = groups[ADMINISTRATORS]
    administrators.permissions.set(Permission.objects.all())
    _allow_all_pages(administrators)


def _permissions(labels: Iterable[str]) -> Iterable[Permission]:
    wanted = Q(pk__in=[])
    for label in labels:
        app, _dot, codename = label.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)


def _allow_all_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    if root is None or collection is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Q(content_type__app_label="wagtailimages", codename__endswith="_image")
    files |= Q(content_type__app_label="wagtaildocs", codename__endswith="_document")
    for permission in Permission.objects.filter(files):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def apply_to(users: Iterable[User]) -> None:
    """Put each person into the groups of their roles and out of the others. After a bulk load call it once."""
    ids = {group.name: group.pk for group in Group.objects.filter(name__in=_MANAGED)}
    managed = set(ids.values())
    for user in users:
        roles = user.memberships.values_list("role", flat=True)
        wanted = {ids[name] for role in roles for name in GROUPS_OF_ROLE.get(role, ()) if name in ids}
        present = set(user.groups.filter(pk__in=managed).values_list("pk", flat=True))
        if wanted != present:
            user.groups.remove(*(present - wanted))
            user.groups.add(*(wanted - present))
