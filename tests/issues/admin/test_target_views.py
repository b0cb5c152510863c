"""Time limits in the administration."""

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from issues.models import TargetSetting
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce, at


@pytest.fixture
def admin(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = make_user(Role.ADMIN)
    client.force_login(user)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    return client


def text_of(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]


def limit(**changes: object) -> dict[str, object]:
    return {
        "clock": "resolution", "kind": "difficulty", "category": "tax", "target_type": "same_day", "hours": "2",
        "minutes": "0", "days": "", **changes,
    }  # fmt: skip


def test_the_last_resort_can_be_changed_and_not_lost(admin: Client) -> None:
    general = TargetSetting.objects.get(clock="response", kind="", category="")
    edit = reverse("targetsetting:edit", args=(general.pk,))
    refused = admin.post(edit, limit(clock="response"))
    assert refused.context["form"].non_field_errors()
    admin.post(reverse("targetsetting:delete", args=(general.pk,)))
    assert TargetSetting.objects.filter(pk=general.pk).exists()
    data = limit(clock="response", kind="", category="", target_type="working_time")
    assert admin.post(edit, data).status_code == 302
    general.refresh_from_db()
    assert general.target == {"type": "working_time", "minutes": 120}


def test_another_limit_can_be_deleted(admin: Client) -> None:
    setting = TargetSetting.objects.get(kind="complex")
    assert admin.post(reverse("targetsetting:delete", args=(setting.pk,))).status_code == 302
    assert not TargetSetting.objects.filter(pk=setting.pk).exists()


def test_only_new_clocks_follow_a_limit(admin: Client, force: TaskForce) -> None:
    before = force.file()
    general = TargetSetting.objects.get(clock="resolution", kind="", category="")
    edit = reverse("targetsetting:edit", args=(general.pk,))
    assert "A change applies only to clocks that start from now on." in text_of(admin.get(edit))
    data = limit(kind="", category="", target_type="working_days", days="2")
    assert admin.post(edit, data).status_code == 302
    caches["process"].clear()  # an edit is seen within seconds
    after = force.file()
    assert (before.due_at, after.due_at) == (at("2026-11-18 17:30"), at("2026-11-20 17:30"))
