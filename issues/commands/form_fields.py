"""Fields of Django forms that the commands of a ticket need: several files, one agency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class FileInput(forms.ClearableFileInput):
    """Several files in one input."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, possibly empty."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


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
    """Connected agencies, by name."""
    return list(Agency.objects.exclude(stage=Agency.Stage.OFF).order_by("name_vi"))
