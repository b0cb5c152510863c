"""What people typed, read field by field: every wrong one is named, and none breaks."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest

from core.errors import Invalid
from issues.actions.fields import MOST_AGENCIES, Fields
from tests.factories.issues import make_agency


def wrong(name: str, *arguments: Any, **options: Any) -> bool:
    """Whether a value is refused by a method of Fields."""
    fields = Fields()
    getattr(fields, name)("field", *arguments, **options)
    return bool(fields.errors)


def test_all_that_is_wrong_is_raised_together() -> None:
    fields = Fields()
    fields.text("title", "")
    fields.whole_number("days", "x", lowest=1, highest=5)
    fields.add("days", "And it is late.")
    with pytest.raises(Invalid) as refused:
        fields.done()
    assert {name: len(sentences) for name, sentences in refused.value.fields.items()} == {"title": 1, "days": 2}


def test_nothing_wrong_raises_nothing() -> None:
    fields = Fields()
    assert fields.text("title", "  Đất\x00 ") == "Đất"
    fields.done()


@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}, True, b"x"])
def test_a_text_is_a_text(value: Any) -> None:
    assert wrong("text", value)
    assert wrong("choice", value, ["a"])


def test_a_text_is_as_long_as_it_may_be() -> None:
    assert not wrong("text", "x" * 10, longest=10)
    assert wrong("text", "x" * 11, longest=10)


@pytest.mark.parametrize(
    ("value", "required", "is_wrong"),
    [("a", True, False), ("b", True, True), ("", True, True), (None, True, True), ("", False, False)],
)
def test_a_choice(value: Any, required: bool, is_wrong: bool) -> None:
    assert wrong("choice", value, ["a"], required=required) is is_wrong


@pytest.mark.parametrize("value", [1, 5, "3", " 4 "])
def test_a_whole_number(value: Any) -> None:
    assert not wrong("whole_number", value, lowest=1, highest=5)


@pytest.mark.parametrize("value", [0, 6, "", None, "x", 1.5, True, [], "1e3", "٣x", 10**400])
def test_what_is_no_whole_number_within_the_bounds(value: Any) -> None:
    assert wrong("whole_number", value, lowest=1, highest=5)


def test_a_day() -> None:
    assert Fields().day("day", "2026-11-18") == date(2026, 11, 18)
    assert Fields().day("day", date(2026, 11, 18)) == date(2026, 11, 18)
    for value in ("", "2026-02-30", "18/11/2026", "today", datetime(2026, 11, 18), 5):  # noqa: DTZ001
        assert wrong("day", value), value


@pytest.mark.parametrize(
    ("value", "yes", "is_wrong"),
    [(True, True, False), (False, False, False), (None, False, False), ("on", False, True)],
)
def test_a_flag(value: Any, yes: bool, is_wrong: bool) -> None:
    assert Fields().flag("flag", value) is yes
    assert wrong("flag", value) is is_wrong


@pytest.mark.django_db
def test_agencies_by_their_codes() -> None:
    finance, ward = make_agency("STC"), make_agency("W1", level="ward")
    fields = Fields()
    assert fields.agency("agency", "STC") == finance
    assert fields.agencies("agencies", ["W1", "STC", "W1"]) == [ward, finance]
    assert fields.agency("ward", "W1", level="ward") == ward
    assert fields.errors == {}
    assert wrong("agency", "NOWHERE")
    assert wrong("agency", "STC", level="ward")
    assert wrong("agencies", "STC")  # a text is no list
    assert wrong("agencies", ["STC"] * (MOST_AGENCIES + 1))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a" + "\u0301" * 8, True), ("a" + "\u0301" * 100_000, False), (unicodedata.normalize("NFD", "ế") * 10, True)],
)
def test_a_text_is_measured_before_it_is_normalised(text: str, kept: bool) -> None:
    fields = Fields()
    read = fields.text("title", text, longest=10)
    assert bool(fields.errors) is not kept
    assert len(read) <= 10
