"""Wagtail's users administration for a person with one name who signs in by e-mail.

In INSTALLED_APPS instead of `wagtail.users`. Rights are not given here: roles stand in Membership.
"""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.wagtail_viewsets.PersonViewSet"
