import unicodedata

from bs4 import BeautifulSoup
from django import forms
from django.template import engines
from django.utils import translation

from core.forms import CleanCharField
from core.text import RAW_MOST


class Sample(forms.Form):
    title = CleanCharField(label="Title", help_text="One short sentence.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = CleanCharField(label="Note", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Agree")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def _html(form: forms.Form) -> str:
    with translation.override("en"):
        return engines["django"].from_string("{{ form }}").render({"form": form})


def test_error_is_named_above_and_at_the_field_and_tied_to_it():
    html = _html(Sample({"note": "kept <b>", "token": "t"}))
    assert html.count("This field is required.") == 6  # title, kind, agree: in the summary and at the field
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert html.count("is-invalid") == 2  # radios carry their error on the fieldset
    assert "kept &lt;b&gt;" in html  # nothing is lost
    assert BeautifulSoup(html, "html.parser").select_one("[data-error-summary]") is not None


def test_a_form_without_errors_has_no_summary_and_says_what_is_optional():
    html = _html(Sample())
    assert "data-error-summary" not in html
    assert html.count("(optional)") == 1
    assert '<fieldset id="id_kind"' in html
    assert html.count('type="hidden"') == 1


def test_own_classes_of_a_widget_stay():
    class Own(forms.Form):
        amount = forms.IntegerField(widget=forms.NumberInput(attrs={"class": "short"}))

    assert 'class="short form-control"' in _html(Own())


def test_text_is_cleaned_before_it_is_checked():
    form = Sample({"title": "a\x00b\ud800\r\nc", "kind": "a", "agree": "on"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "ab\nc"


def test_a_text_is_measured_as_it_came_in_and_counted_as_people_count():
    class Short(forms.Form):
        title = CleanCharField(max_length=10)
        note = CleanCharField(required=False, widget=forms.Textarea)

    decomposed = Short({"title": unicodedata.normalize("NFD", "Nguyễn Huệ"), "note": "x" * RAW_MOST})
    assert decomposed.is_valid()
    assert decomposed.cleaned_data["title"] == "Nguyễn Huệ"
    endless = Short({"title": "a" + "\u0301" * 20_000, "note": "\u0301" * (RAW_MOST + 3)})
    assert endless.errors.as_data().keys() == {"title", "note"}
    assert {one.code for errors in endless.errors.as_data().values() for one in errors} == {"max_length"}
    assert endless["title"].value() == "a" + "\u0301" * 20_000  # what was typed is shown again
