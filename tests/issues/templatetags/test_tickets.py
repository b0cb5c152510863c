"""The tags for tickets."""

import pytest
from django.template import engines
from django.utils import translation


def _render(source: str) -> str:
    with translation.override("en"):
        return engines["django"].from_string("{% load tickets %}" + source).render({}, None)


def test_a_state_has_its_own_icon_and_word() -> None:
    html = _render('{% state "in_progress" %}')
    assert "#circle-half" in html
    assert "In progress" in html


def test_an_unknown_state_is_an_error() -> None:
    with pytest.raises(KeyError):
        _render('{% state "unheard_of" %}')
