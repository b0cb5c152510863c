"""Who may see what people searched for, and why the search finds what it finds."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


def may_read(user: Any) -> bool:
    """Editors, publishers and administrators (`search.apps`)."""
    return bool(user.has_perm("search.view_searchedtext"))


class ReadersMenuItem(MenuItem):
    """An entry of the menu that only they see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)
