"""The people of the installation, by what they may do."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.models import Agency, Membership, Role, User


class NobodyPlays(Exception):
    """A role has no people: without it no day can be played."""


@dataclass
class Cast:
    """The people of a simulation. Agencies are those that take tickets and have officers or a head."""

    filers: list[User] = field(default_factory=list)
    coordinators: list[User] = field(default_factory=list)
    leaders: list[User] = field(default_factory=list)
    heads: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))
    officers: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # heads too
    agencies: dict[int, Agency] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Cast":
        """Everybody with a role, in a fixed order. Raises NobodyPlays where a role is not filled."""
        cast = cls()
        active = Membership.objects.filter(user__is_active=True).select_related("user", "agency").order_by("pk")
        for membership in active:
            cast._enter(membership)
        missing = [name for name in ("filers", "coordinators", "leaders", "agencies") if not getattr(cast, name)]
        if missing:
            raise NobodyPlays(f"nobody plays: {', '.join(missing)}")
        return cast

    def _enter(self, membership: Membership) -> None:
        person, agency = membership.user, membership.agency
        match membership.role:
            case Role.ENTERPRISE if membership.enterprise_id:
                self.filers.append(person)
            case Role.COORDINATOR:
                self.coordinators.append(person)
            case Role.LEADER:
                self.leaders.append(person)
            case Role.OFFICER | Role.HEAD if agency is not None and agency.takes_tickets:
                self.agencies[agency.pk] = agency
                self.officers[agency.pk].append(person)
                if membership.role == Role.HEAD:
                    self.heads[agency.pk].append(person)
