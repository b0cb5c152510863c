from wagtail import hooks

from accounts.wagtail_viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()
