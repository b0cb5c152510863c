"""Counting: a period begins with its first attempt and says when it ends."""

from datetime import timedelta

from core import clock
from core.attempts import Limit
from tests.core.side_by_side import side_by_side

THREE = Limit("test", most=3, seconds=600)


def test_the_period_begins_with_the_first_attempt():
    start = clock.now()
    with clock.at(start):
        assert [THREE.count("a") for _ in range(3)] == [1, 2, 3]
        assert (THREE.wait("a"), THREE.used_up("a"), THREE.wait("b")) == (600, True, 0)
    with clock.at(start + timedelta(seconds=599.5)):
        assert THREE.wait("a") == 1
    with clock.at(start + timedelta(seconds=600)):
        assert THREE.wait("a") == 0
        assert THREE.count("a") == 1


def test_attempts_while_it_is_used_up_do_not_prolong_it():
    start = clock.now()
    with clock.at(start):
        for _ in range(3):
            THREE.count("a")
    with clock.at(start + timedelta(seconds=300)):
        THREE.count("a")
        assert THREE.wait("a") == 300


def test_forgetting_begins_from_nothing():
    for _ in range(3):
        THREE.count("a")
    THREE.forget("a")
    assert not THREE.used_up("a")
    assert THREE.count("a") == 1


def test_any_key_can_be_counted():
    for key in ("", "\x00", "x" * 9_000, "\ud83d", "tên"):
        assert THREE.count(key) == 1


def test_many_at_once_are_counted_one_by_one_from_the_first_on():
    assert sorted(side_by_side(24, lambda: THREE.count("a"))) == list(range(1, 25))


def test_also_when_the_period_before_is_just_over():
    start = clock.now()
    with clock.at(start):
        THREE.count("a")

    def later() -> int:
        with clock.at(start + timedelta(seconds=600)):
            return THREE.count("a")

    assert sorted(side_by_side(24, later)) == list(range(1, 25))


def test_what_is_given_back_is_free_again():
    for _ in range(3):
        THREE.count("a")
    THREE.give_back("a")
    assert not THREE.used_up("a")
    assert THREE.count("a") == 3
    THREE.give_back("b")
    assert THREE.count("b") == 1
