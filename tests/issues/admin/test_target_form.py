"""The form of a time limit."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from issues.models import TargetSetting
from issues.sentences.target_words import say_setting
from tests.factories.issues import make_user


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


@pytest.mark.parametrize(
    ("changes", "target", "sentence"),
    [
        (
            {},
            {"type": "same_day", "minimum_minutes": 120},
            "Answer: Difficulty or obstacle, Tax: the same day, if at least 2 h of working time is left",
        ),
        (
            {"hours": ""},
            {"type": "same_day", "minimum_minutes": 0},
            "Answer: Difficulty or obstacle, Tax: the same day",
        ),
        (
            {"target_type": "working_time", "hours": "1", "minutes": "30", "kind": ""},
            {"type": "working_time", "minutes": 90},
            "Answer: every kind, Tax: 1 h 30 min of working time",
        ),
        (
            {"target_type": "working_days", "days": "3", "category": ""},
            {"type": "working_days", "days": 3},
            "Answer: Difficulty or obstacle, every category: 3 working days",
        ),
    ],
)
def test_a_limit_is_typed_in_fields_and_read_as_a_sentence(
    admin: Client, changes: dict[str, object], target: dict[str, object], sentence: str
) -> None:
    answer = admin.post(reverse("targetsetting:add"), limit(**changes))
    assert answer.status_code == 302, answer.context["form"].errors
    setting = TargetSetting.objects.latest("pk")
    assert setting.target == target
    assert sentence.rsplit(": ", 1)[0] in text_of(admin.get(reverse("targetsetting:index")))
    form = admin.get(reverse("targetsetting:edit", args=(setting.pk,))).context["form"]
    assert form["target_type"].value() == target["type"]
    from django.utils import translation

    with translation.override("en"):
        assert say_setting(setting) == sentence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target_type": "working_time", "hours": "", "minutes": ""}, "Give the hours or the minutes."),
        ({"target_type": "working_days"}, "Give the number of working days."),
        ({"target_type": "working_days", "days": "0"}, "greater than or equal to 1"),
        ({"minutes": "60"}, "less than or equal to 59"),
        ({"kind": "", "category": ""}, "There is a limit for this already: Answer: every kind, every category"),
        ({"clock": "consultation"}, "Select a valid choice"),
        ({"target_type": "whenever"}, "Select a valid choice"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_a_sentence(
    admin: Client, changes: dict[str, object], words: str
) -> None:
    before = TargetSetting.objects.count()
    answer = admin.post(reverse("targetsetting:add"), limit(**changes))
    assert answer.status_code == 200
    assert words in text_of(answer).replace("&gt;", ">")
    assert TargetSetting.objects.count() == before
