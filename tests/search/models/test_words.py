"""What a group of words must be."""

import pytest
from django.core.exceptions import ValidationError

from core import clock
from search.models import WordGroup
from tests.issues.conftest import at


def refused(forms: str, also_typed: str = "") -> dict[str, list[str]]:
    """The sentences of a group that is not good, by field."""
    with pytest.raises(ValidationError) as caught:
        WordGroup(forms=forms, also_typed=also_typed).full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(("forms", "also_typed"), [("KCN\nkhu công nghiệp", ""), ("nhà ở xã hội", "nhà giá rẻ")])
def test_two_words_are_enough(forms: str, also_typed: str) -> None:
    WordGroup(forms=forms, also_typed=also_typed).full_clean()


def test_the_lines_are_stored_clean() -> None:
    group = WordGroup(forms=" KCN\r\n\r\nkhu  công nghie\u0323\u0302p ", also_typed="\n")
    group.full_clean()
    assert (group.forms, group.also_typed) == ("KCN\nkhu công nghiệp", "")
    assert group.form_lines == ("KCN", "khu công nghiệp")
    assert group.typed_lines == ()
    assert str(group) == "KCN = khu công nghiệp"


@pytest.mark.parametrize(
    ("forms", "also_typed", "fields"),
    [
        ("", "", {"forms"}),
        ("", "KCN\nkhu công nghiệp", {"forms"}),
        ("\u200b", "KCN", {"forms"}),
        ("KCN", "", {"forms"}),
        ("KCN\nkcn", "", {"forms"}),
        ("KCN\nkhu công nghiệp", "kcn", {"also_typed"}),
        ("KCN\n???", "x" * 61, {"forms", "also_typed"}),
        ("\n".join(f"word {n}" for n in range(31)), "", {"forms"}),
        ("x\n" * 5000, "", {"forms"}),
        ("KCN\nkhu công nghiệp", "e\u0301" * 200_000, {"also_typed"}),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(forms: str, also_typed: str, fields: set[str]) -> None:
    assert set(refused(forms, also_typed)) == fields


def test_each_repeated_line_is_named() -> None:
    assert "“Mall”" in refused("mall\nMall\nTTTM")["forms"][0]


@pytest.mark.django_db
def test_the_time_of_the_last_change_is_kept() -> None:
    with clock.at(at("2026-11-18 10:00")):
        group = WordGroup.objects.create(forms="a b\nc d")
    with clock.at(at("2026-11-18 11:00")):
        group.note = "why"
        group.save(update_fields=["note"])
    group.refresh_from_db()
    assert (group.created_at, group.updated_at) == (at("2026-11-18 10:00"), at("2026-11-18 11:00"))
