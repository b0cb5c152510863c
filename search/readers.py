"""The groups that a reader belongs to, by which documents name who may find them: the rule of `issues.access`.

Groups are read at the moment of the query: who gains or loses a role finds more or less from then on, and no
document has to be made again for it.
"""

from __future__ import annotations

from accounts.people import Person
from search.engines.base import PUBLIC

TASK_FORCE = "taskforce"  # coordinators and leaders: they see every ticket that was handed in


def of_agency(agency_id: int) -> str:
    """The officers of one agency."""
    return f"agency:{agency_id}"


def of_enterprise(enterprise_id: int) -> str:
    """Those who belong to one enterprise."""
    return f"enterprise:{enterprise_id}"


def of_filer(user_id: int) -> str:
    """One person, for what was filed without an enterprise."""
    return f"filer:{user_id}"


def own_groups(person: Person) -> tuple[str, ...]:
    """The groups that not everybody belongs to; nobody signed in has none."""
    if person.user_id is None:
        return ()
    if person.is_coordinator or person.is_leader:
        return (TASK_FORCE,)
    return (
        *(of_agency(pk) for pk in sorted(person.officer_agency_ids)),
        *(of_enterprise(pk) for pk in sorted(person.enterprise_ids)),
        of_filer(person.user_id),
    )


def groups_of(person: Person) -> tuple[str, ...]:
    """All groups, PUBLIC among them: what is published is found by everybody. No ticket is ever public."""
    return (PUBLIC, *own_groups(person))
