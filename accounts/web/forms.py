"""Forms of the account pages. They check what was typed; what may be done is checked by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web.sign_in_forms import TAX_CODE_HELP
from core.forms import CleanCharField


class EnterpriseForm(forms.Form):
    """Registers the enterprise that a signed-in person acts for."""

    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=TAX_CODE_HELP,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = CleanCharField(
        label=_("Name of the enterprise"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class MemberForm(forms.Form):
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
