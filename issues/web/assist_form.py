"""The form of an officer who files for an enterprise: the proposal, and who visited or phoned."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.models import User
from accounts.web.sign_in_forms import TAX_CODE_HELP
from core.forms import CleanCharField
from issues import rules
from issues.actions.assisting import CHANNELS, CONTACT_MAX, NAME_MAX, PHONE_MAX, read_behalf
from issues.actions.fields import ADDRESS_MAX, Fields
from issues.models import Channel
from issues.web.filing_form import FilingForm

BEHALF = ("tax_code", "name", "contact", "phone", "email", "language")
PARTY_FIELDS = ("channel", *BEHALF)
_CHANNEL_LABELS = {
    Channel.COUNTER: _("At the counter"),
    Channel.PHONE: _("On the phone"),
    Channel.MEETING: _("In a meeting"),
}


class AssistForm(FilingForm):
    """The fields of the enterprise are checked by the action's own rules."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(str(channel), _CHANNEL_LABELS[channel]) for channel in CHANNELS],
        initial=Channel.COUNTER,
        widget=forms.RadioSelect,
    )
    tax_code = CleanCharField(
        label=_("Tax code of the enterprise"),
        help_text=TAX_CODE_HELP,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the tax code: the proposal belongs to its enterprise.")},
    )
    name = CleanCharField(
        label=_("Name of the enterprise"),
        help_text=_("Only for a tax code that is new here; a known enterprise keeps its name."),
        required=False,
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = CleanCharField(
        label=_("Contact person"),
        required=False,
        max_length=CONTACT_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = CleanCharField(
        label=_("Phone"),
        required=False,
        max_length=PHONE_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    email = CleanCharField(
        label=_("E-mail"),
        help_text=_("The receipt and a message about every step are sent there."),
        required=False,
        max_length=ADDRESS_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of the receipt"), choices=User.Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].required = self.data.get("channel") != Channel.MEETING
        self.fields["language"].initial = (get_language() or "vi")[:2]
        self.fields["title"].help_text = _("One short sentence in the words of the enterprise.")
        self.fields["public_consent"].label = _(
            "The enterprise agrees that the answer may be published; the name of the company stays hidden."
        )

    def clean(self) -> dict[str, Any]:
        """Shows all errors together, in the words of the action."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        fields = Fields()
        read_behalf(fields, {name: data.get(name, "") for name in BEHALF}, channel=data.get("channel"))
        for path, sentences in fields.errors.items():
            name = path.rpartition(".")[2]
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentences)
        return data

    def filing_values(self) -> dict[str, Any]:
        behalf = {name: self.cleaned_data[name] for name in BEHALF}
        return {**super().filing_values(), "channel": self.cleaned_data["channel"], "on_behalf_of": behalf}


def assists(request: HttpRequest) -> bool:
    """Whether the page is filled in for others: by people who may, unless they file for their own enterprise."""
    if not rules.works_at_a_counter(request.user):
        return False
    return not people.of(request.user).enterprise_ids or "assist" in request.GET or "assist" in request.POST


def typed_party(data: Any) -> dict[str, str]:
    """The fields of the enterprise in a request, as they were typed."""
    return {name: data.get(name, "") for name in PARTY_FIELDS}
