"""What a person is here: their roles, read once per request."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import AGENCY_ROLES, Membership, Role, User

_ADMINISTRATION = {Role.EDITOR, Role.PUBLISHER, Role.ADMIN, Role.COORDINATOR}
_CACHE = "_trong_ngay_person"
_FIELDS = ("role", "agency_id", "agency__code", "enterprise_id")
_Row = tuple[Any, ...]  # role, agency with its code, enterprise


@dataclass(frozen=True)
class Person:
    """The roles of one person, ready to be asked. Anonymous people have none."""

    user: Any = None
    enterprise_ids: frozenset[int] = frozenset()
    officer_agency_ids: frozenset[int] = frozenset()  # as officer or head
    head_agency_ids: frozenset[int] = frozenset()
    officer_agency_codes: frozenset[str] = frozenset()  # the same agencies as officer_agency_ids, as the log names them
    roles: frozenset[str] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user is not None else None

    @property
    def is_officer(self) -> bool:
        return bool(self.officer_agency_ids)

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def is_leader(self) -> bool:
        return Role.LEADER in self.roles

    @property
    def is_editor(self) -> bool:
        return Role.EDITOR in self.roles

    @property
    def is_publisher(self) -> bool:
        return Role.PUBLISHER in self.roles

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    @property
    def may_open_administration(self) -> bool:
        """Has a role that owns a group of the administration (accounts.groups)."""
        return bool(self.roles & _ADMINISTRATION) or bool(self.user is not None and self.user.is_superuser)

    @property
    def is_staff_side(self) -> bool:
        """Works for the city: sees the officers' pages."""
        return self.is_officer or self.is_coordinator or self.is_leader


NOBODY = Person()


def of(user: Any) -> Person:
    """The Person of a signed-in or anonymous user; one query, remembered on the user object.

    A long-lived connection must fetch the user again to see changed roles.
    """
    if user is None or not getattr(user, "is_authenticated", False) or not user.may_sign_in:
        return NOBODY
    person: Person | None = getattr(user, _CACHE, None)
    if person is None:
        person = _read(user)
        setattr(user, _CACHE, person)
    return person


def pretend(pk: int, **roles: Any) -> Any:
    """A user who is not in the database, with the given fields of Person: to ask rules what they would allow."""
    user = User(pk=pk)
    setattr(user, _CACHE, Person(user=user, **roles))
    return user


def of_ids(user_ids: Iterable[int]) -> dict[int, Person]:
    """The people with these ids as they are now, in two queries; those who are gone or inactive are left out."""
    return of_users(User.objects.in_bulk(list(user_ids)).values())


def of_users(users: Iterable[User]) -> dict[int, Person]:
    """The same for users that are read already, by id, in one query; `of` costs none for these objects afterwards."""
    active = {user.pk: user for user in users if user.may_sign_in}
    rows: dict[int, list[_Row]] = defaultdict(list)
    found = Membership.objects.filter(user_id__in=active).order_by().values_list("user_id", *_FIELDS)
    for user_id, *row in found:
        rows[user_id].append(tuple(row))
    people = {pk: _person(user, rows[pk]) for pk, user in active.items()}
    for pk, user in active.items():
        setattr(user, _CACHE, people[pk])
    return people


def _read(user: Any) -> Person:
    return _person(user, list(Membership.objects.filter(user=user).order_by().values_list(*_FIELDS)))


def _person(user: Any, rows: list[_Row]) -> Person:
    return Person(
        user=user,
        enterprise_ids=frozenset(e for role, _, _, e in rows if role == Role.ENTERPRISE and e),
        officer_agency_ids=frozenset(a for role, a, _, _ in rows if role in AGENCY_ROLES and a),
        head_agency_ids=frozenset(a for role, a, _, _ in rows if role == Role.HEAD and a),
        officer_agency_codes=frozenset(code for role, _, code, _ in rows if role in AGENCY_ROLES and code),
        roles=frozenset(role for role, _, _, _ in rows),
    )
