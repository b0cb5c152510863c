from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import people


class Adapter(DefaultAccountAdapter):
    """Where people arrive after signing in: at their work."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        person = people.of(request.user)
        home = f"/{get_language() or 'vi'}/"
        if person.is_staff_side:
            return f"{home}board/"
        if person.enterprise_ids:
            return f"{home}tickets/"
        return home
