"""Every entry of the roster has a sentence."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from core import clock
from issues.models import RosterEntry
from issues.sentences.roster_words import sentence_of
from tests.issues.conftest import MORNING


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with clock.at(MORNING), translation.override("en"):
        yield


@pytest.mark.parametrize("kind", RosterEntry.Kind.values)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_entry_has_a_sentence(kind: str, language: str) -> None:
    data = {
        "officer": "A", "colleague": "B", "stand_in": "C", "day": "2026-11-20", "return_day": "2026-11-23",
        "turn": "after", "first": "2026-11-20", "last": "2026-11-21", "week": "2026-11-23", "turns": 2,
        "codes": ["KN-1", "KN-2"],
    }  # fmt: skip
    with translation.override(language):
        said = sentence_of(RosterEntry(kind=kind, data=data, actor_name="D"))
    assert said
    assert "{" not in said
