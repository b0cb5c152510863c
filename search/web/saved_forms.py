"""Forms of saved searches. What is saved is checked by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField
from search.models import SavedSearch
from search.saved.listing import NAME_MAX


class SearchForm(forms.Form):
    """How a search is called, and how often its mails come."""

    name = CleanCharField(
        label=_("Name"),
        help_text=_("Leave it empty to name the search after what it looks for."),
        max_length=NAME_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    frequency = forms.ChoiceField(
        label=_("E-mails about new projects"),
        choices=SavedSearch.Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how often you want to get e-mails."),
            "invalid_choice": _("Choose how often you want to get e-mails."),
        },
    )
