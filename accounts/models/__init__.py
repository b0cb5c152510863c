from accounts.models.agency import Agency
from accounts.models.enterprise import Enterprise
from accounts.models.membership import Membership, Role
from accounts.models.token import ApiToken
from accounts.models.user import User

__all__ = ["Agency", "ApiToken", "Enterprise", "Membership", "Role", "User"]
