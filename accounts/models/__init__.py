from accounts.models.agency import Agency
from accounts.models.enterprise import Enterprise
from accounts.models.membership import AGENCY_ROLES, Membership, Role
from accounts.models.membership_request import AccountMail, Invitation, MembershipRequest
from accounts.models.token import ApiToken
from accounts.models.user import User

__all__ = [
    "AGENCY_ROLES",
    "AccountMail",
    "Agency",
    "ApiToken",
    "Enterprise",
    "Invitation",
    "Membership",
    "MembershipRequest",
    "Role",
    "User",
]
