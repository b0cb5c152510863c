"""How fields are drawn, by the kind of their widget."""

import pytest
from django import forms

from core import controls


class Everything(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"class": "wide"}))
    sector = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    agree = forms.BooleanField()
    one_of = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some_of = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)

    def clean(self) -> None:
        raise forms.ValidationError("Nothing fits.")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("token", "hidden"), ("name", "plain"), ("sector", "plain"),
        ("agree", "check"), ("one_of", "choices"), ("some_of", "choices"),
    ],
)  # fmt: skip
def test_the_layout_follows_the_widget(name: str, kind: str) -> None:
    assert controls.kind(Everything()[name]) == kind


@pytest.mark.parametrize(
    ("name", "classes"),
    [("name", {"wide", "form-control"}), ("sector", {"form-select"}), ("agree", {"form-check-input"})],
)
def test_classes_are_added_to_those_of_the_form(name: str, classes: set[str]) -> None:
    html = controls.render(Everything()[name])
    assert set(html.split('class="')[1].split('"')[0].split()) == classes


def test_a_wrong_field_is_marked() -> None:
    form = Everything({"name": ""})
    assert "is-invalid" in controls.render(form["name"])
    assert "is-invalid" not in controls.render(Everything()["name"])


def test_every_error_leads_to_its_field_and_those_of_the_form_come_first() -> None:
    found = controls.errors(Everything({"sector": "a", "agree": "on", "some_of": ["a"]}))
    assert [(error["label"], error["anchor"]) for error in found] == [
        ("", ""),
        ("Token", ""),  # nothing to jump to: it is hidden
        ("Name", "id_name"),
        ("One of", "id_one_of_0"),  # a group has no id of its own: its first choice
    ]
    assert found[0]["sentence"] == "Nothing fits."
