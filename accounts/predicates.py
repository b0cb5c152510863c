"""Who a person is, as django-rules predicates. Upper layers combine them into permissions of their own models."""

from typing import Any

import rules

from accounts import people


@rules.predicate
def is_signed_in(user: Any) -> bool:
    return people.of(user).is_signed_in


@rules.predicate
def is_coordinator(user: Any) -> bool:
    return people.of(user).is_coordinator


@rules.predicate
def is_leader(user: Any) -> bool:
    return people.of(user).is_leader


@rules.predicate
def is_admin(user: Any) -> bool:
    return people.of(user).is_admin


@rules.predicate
def is_officer_of(user: Any, agency: Any) -> bool:
    """Officer or head of this agency (an Agency or its id)."""
    return _id(agency) in people.of(user).officer_agency_ids


@rules.predicate
def is_head_of(user: Any, agency: Any) -> bool:
    return _id(agency) in people.of(user).head_agency_ids


@rules.predicate
def is_member_of(user: Any, enterprise: Any) -> bool:
    """Acts for this enterprise (an Enterprise or its id)."""
    return _id(enterprise) in people.of(user).enterprise_ids


def _id(thing: Any) -> Any:
    return getattr(thing, "pk", thing)
