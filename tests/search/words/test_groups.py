"""Groups as the parser of queries gets them."""

from typing import Any

import pytest

from search.models import WordGroup
from search.words.groups import Group, load

pytestmark = pytest.mark.django_db


def test_active_groups_in_one_query(django_assert_num_queries: Any) -> None:
    WordGroup.objects.all().delete()
    WordGroup.objects.create(forms="KCN\nkhu công nghiệp", also_typed="khu CN")
    WordGroup.objects.create(forms="TTTM\nmall")
    WordGroup.objects.create(forms="cũ\nolder", active=False)
    with django_assert_num_queries(1):
        assert load() == (Group(("KCN", "khu công nghiệp"), ("khu CN",)), Group(("TTTM", "mall")))


def test_a_change_is_effective_at_once() -> None:
    WordGroup.objects.all().delete()
    group = WordGroup.objects.create(forms="KCN\nkhu công nghiệp")
    assert load()
    group.active = False
    group.save()
    assert load() == ()
