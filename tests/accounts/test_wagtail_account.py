"""A person's settings of the administration."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import groups
from accounts.models import Role
from tests.factories.issues import make_user

pytestmark = pytest.mark.django_db


def test_what_is_kept_elsewhere_is_not_offered_here() -> None:
    groups.ensure_groups()
    person = make_user(Role.EDITOR)
    groups.apply_to([person])
    client = Client()
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_account"))
    html = page.content.decode()
    assert page.status_code == 200
    for name in ("name_email-first_name", "name_email-last_name", "avatar-avatar"):
        assert name not in html
    assert "theme-theme" in html
    assert "notifications-approved_notifications" in html
    assert reverse("accounts:account") in html
    form: dict[str, Any] = {
        "locale-preferred_language": "en",
        "locale-current_time_zone": "Asia/Ho_Chi_Minh",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post(reverse("wagtailadmin_account"), form).status_code == 302
    assert person.wagtail_userprofile.theme == "dark"


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_only_for_people_of_the_administration(role: str | None) -> None:
    client = Client()
    if role:
        client.force_login(make_user(role))
    assert client.get(reverse("wagtailadmin_account")).status_code in (302, 403)
