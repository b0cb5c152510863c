"""How the fields of a form are drawn: which layout, which classes, and the list of errors on top."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString


def kind(field: BoundField) -> str:
    """The layout: "hidden", "check" (one box with its label behind it), "choices" (a fieldset) or "plain"."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "plain"


def render(field: BoundField) -> SafeString:
    """The control with its classes; attributes that the form sets are kept."""
    widget = field.field.widget
    classes = [widget.attrs.get("class", "")]
    if kind(field) in ("check", "choices"):
        classes.append("form-check-input")
    elif isinstance(widget, forms.Select):
        classes.append("form-select")
    elif kind(field) == "plain":
        classes.append("form-control")
    if field.errors:
        classes.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def errors(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Every sentence with the label and the anchor of its field, in the order of the fields; the form's own first."""
    found: list[dict[str, Any]] = [
        {"label": "", "anchor": "", "sentence": sentence} for sentence in form.non_field_errors()
    ]
    for field in form:
        anchor = "" if field.is_hidden else _anchor(field)
        label = field.field.label or field.label
        found += [{"label": label, "anchor": anchor, "sentence": sentence} for sentence in field.errors]
    return found


def _anchor(field: BoundField) -> str:
    """The id to jump to; a group of choices has none of its own, so its first choice."""
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.id_for_label or field.auto_id
