"""What the forms of a ticket's page are made of: texts, files, agencies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core.forms import CleanCharField
from issues.files import limits
from issues.models import Ticket


class FileInput(forms.ClearableFileInput):
    """Several files in one input."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, possibly empty."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class CommandForm(forms.Form):
    """Base: the ticket it is about, and no browser bubbles, since errors are ours to word."""

    use_required_attribute = False

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        self.ticket = ticket
        super().__init__(*args, **kwargs)


def text_field(label: Any, *, rows: int = 4, help_text: Any = "", required: bool = True) -> CleanCharField:
    """Several lines, with what every text goes through."""
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, help_text=help_text, required=required, widget=widget)


def line_field(label: Any, *, help_text: Any = "", longest: int = 300) -> CleanCharField:
    """One line of at most so many characters."""
    return CleanCharField(label=label, help_text=help_text, max_length=longest)


def uploads_field() -> FilesField:
    """The files that go with what is written."""
    return FilesField(label=_("Files"), required=False, help_text=limits.ALLOWED)


class AgencyField(forms.ChoiceField):
    """One agency by its code; departments and bodies first, then wards."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=agency_choices, **kwargs)


def agency_choices() -> list[tuple[Any, Any]]:
    """Every connected agency, in two groups."""
    departments, wards = [], []
    for agency in connected_agencies():
        group = wards if agency.level == Agency.Level.WARD else departments
        group.append((agency.code, agency.name))
    return [
        ("", _("Choose an agency")),
        (_("City, departments and bodies"), departments),
        (_("Wards and communes"), wards),
    ]


def connected_agencies() -> list[Agency]:
    """Those that take part, by name."""
    return list(Agency.objects.exclude(stage=Agency.Stage.OFF).order_by("name_vi"))
