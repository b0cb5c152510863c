"""One look for every form: `{{ form }}` and `{{ field.as_field_group }}` use templates/components."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting

from core.text import RAW_MOST, clean, is_longer
from core.visible import has_visible


class TrongNgayRenderer(TemplatesSetting):
    """Set as FORM_RENDERER. Wagtail's administration writes its forms field by field and is not touched."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class CleanCharField(forms.CharField):
    """Text as it may be stored: normalised, without NUL, lone surrogates and control characters.

    A text that is too long is refused as it came in, before it is normalised. What shows nothing is empty, and refused
    where the field is required.
    """

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            most = self.max_length or RAW_MOST
            if is_longer(value, most):
                MaxLengthValidator(most)(value)
            # Cleaned first: Django's own check refuses NUL with a message that does not help.
            value = clean(value)
        text = super().to_python(value)
        return text if text is None or has_visible(text) else self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            # A browser would silently cut off pasted text; the server's answer names the limit and keeps the text.
            attributes.pop("maxlength", None)
        return attributes
