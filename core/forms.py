"""One look for every form: `{{ form }}` and `{{ field.as_field_group }}` use templates/components."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from core.text import clean
from core.visible import has_visible


class TrongNgayRenderer(TemplatesSetting):
    """Set as FORM_RENDERER. Wagtail's administration writes its forms field by field and is not touched."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class CleanCharField(forms.CharField):
    """Text as it may be stored: normalised, without NUL, lone surrogates and control characters.

    What shows nothing is empty, and refused where the field is required.
    """

    def to_python(self, value: Any) -> Any:
        # Cleaned first: Django's own check refuses NUL with a message that does not help.
        text = super().to_python(clean(value) if isinstance(value, str) else value)
        if text is None or (self.max_length is not None and len(text) > self.max_length):
            return text  # what is too long is refused anyway, and named as that
        return text if has_visible(text) else self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            # A browser would silently cut off pasted text; the server's answer names the limit and keeps the text.
            attributes.pop("maxlength", None)
        return attributes
