"""Positions: an id with the beginning of its event's hash, so that another history is noticed."""

import pytest

from issues.live.position import START, Position, known_id, newest_position, position_at
from tests.factories.issues import make_event, make_ticket

pytestmark = pytest.mark.django_db


def test_a_position_is_written_as_the_id_and_eight_characters() -> None:
    event = make_event(make_ticket())
    assert str(Position.of(event)) == f"{event.pk}.{event.hash[:8]}"
    assert newest_position() == Position.of(event) == position_at(event.pk) == position_at(event.pk + 5)


def test_an_empty_log_has_a_position_too() -> None:
    assert newest_position() == START
    assert known_id(str(START)) == 0


def test_ids_and_positions_of_this_log_are_known() -> None:
    event = make_event(make_ticket())
    assert known_id(str(event.pk)) == known_id(str(Position.of(event))) == event.pk
    assert known_id("999") == 999, "whether there is such an id is not asked for an id alone"


@pytest.mark.parametrize(
    "after", ["", "x", "-1", "1.", "1.abc", "1.ABCDEF01", "1.5", "1\n", "１", "9" * 19, "0.12345678"]
)
def test_anything_else_is_not_known(after: str) -> None:
    assert known_id(after) is None


def test_a_position_of_another_history_is_not_known() -> None:
    first, second = (make_event(make_ticket()) for _ in range(2))
    assert known_id(f"{first.pk}.{second.hash[:8]}") is None
    assert known_id(f"{second.pk + 1}.{second.hash[:8]}") is None, "no event of this id"
