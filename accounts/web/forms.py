"""Forms of the account pages. They check what was typed; what may be done is checked by the actions."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.enterprise import check_may_register, register_enterprise
from accounts.models import User
from core.errors import OperationError
from core.forms import CleanCharField

_TAX_CODE_HELP = _(
    "10 digits, 13 for a branch; a household business uses the 12 digits of its owner’s personal number."
)


class EnterpriseForm(forms.Form):
    """Registers the enterprise that a signed-in person acts for."""

    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=_TAX_CODE_HELP,
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("language", "time_format"):
            self.fields[name].choices = self._meta.model._meta.get_field(name).choices


class PersonSignupForm(SignupForm):
    """Signs a person up and, if they fill in both fields, the enterprise they act for."""

    field_order = ["email", "name", "password1", "password2", "tax_code", "enterprise_name"]

    name = CleanCharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=_TAX_CODE_HELP,
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    enterprise_name = CleanCharField(
        label=_("Name of the enterprise"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_tax_code(self) -> str:
        text = str(self.cleaned_data["tax_code"])
        if not text:
            return text
        try:
            return check_may_register(text)
        except OperationError as error:
            raise forms.ValidationError(error.message, code=error.code) from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        code, name = data.get("tax_code"), data.get("enterprise_name")
        if code and not name:
            self.add_error("enterprise_name", _("Write the name of the enterprise as it is registered."))
        if name and not code and "tax_code" not in self.errors:
            self.add_error(
                "tax_code", _("An enterprise is known by its tax code: fill it in, or leave both fields empty.")
            )
        return data

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = (get_language() or User.Language.VI)[:2]
        user.save(update_fields=["name", "language"])
        if self.cleaned_data.get("tax_code"):
            register_enterprise(
                actor=user, tax_code=self.cleaned_data["tax_code"], name=self.cleaned_data["enterprise_name"]
            )
        return user
