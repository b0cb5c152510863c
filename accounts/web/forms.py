"""Forms of the account pages. They check what was typed; what may be done is checked by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.membership import NAME_MAX, NOTE_MAX
from accounts.models import User
from accounts.web.sign_in_forms import TAX_CODE_HELP
from core.forms import CleanCharField


class RequestForm(forms.Form):
    """Asks that a signed-in person may act for an enterprise."""

    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=TAX_CODE_HELP,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = CleanCharField(
        label=_("Name of the enterprise"),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    note = CleanCharField(
        label=_("Message to the task force"),
        help_text=_("Optional. Your position, and how it can be checked that you act for the enterprise."),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReceiptForm(forms.Form):
    follow_up_code = CleanCharField(
        label=_("Follow-up code of a receipt"),
        help_text=_("Twelve letters and digits, on the receipt of a proposal that was filed for the enterprise."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ContactCodeForm(forms.Form):
    code = CleanCharField(
        label=_("Code from the contact person’s e-mail"),
        help_text=_("Twelve letters and digits."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Your colleague’s e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class TokenForm(forms.Form):
    name = CleanCharField(
        label=_("What is it for?"), help_text=_("For example: nightly export to our own system."), max_length=80
    )


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "phone", "language", "time_format"]
        field_classes = {"name": CleanCharField, "phone": CleanCharField}
        labels = {"language": _("Language of mail and of the pages")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "language": forms.RadioSelect,
            "time_format": forms.RadioSelect,
        }
