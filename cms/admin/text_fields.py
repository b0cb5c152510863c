"""Text in the forms of the administration is read as in our own: storable, and never only blanks."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.forms import CleanCharField


def connect() -> None:
    """Called once, when the app is ready. Kinds of text with a form field of their own (e-mail, slug) keep it."""
    one_line = {"form_class": CleanCharField}
    register_form_field_override(models.CharField, override=one_line, exact_class=True)
    several = {**one_line, "widget": AdminAutoHeightTextInput}
    register_form_field_override(models.TextField, override=several, exact_class=True)
