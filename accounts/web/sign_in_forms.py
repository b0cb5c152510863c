"""The forms of django-allauth with our words: labels above the fields, no placeholders, one sentence on passwords."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.membership import request_membership
from accounts.models import User
from accounts.official_names import name_refused
from accounts.passwords.validators import check_not_guessable
from accounts.sign_in_guard import Guard
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core.forms import CleanCharField

TAX_CODE_HELP = _("10 digits, 13 for a branch; a household business uses the 12 digits of its owner’s personal number.")
PASSWORD_HELP = _(
    "At least 10 characters, for example four words that do not belong together. "
    "No name, place or common phrase with a number, and nothing of your own."
)
_LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("The same password again"),
}


class OurWords:
    """Mixin: replaces the labels and help texts of the fields that the form has."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
            if "password" in name:
                field.help_text = PASSWORD_HELP if name == "password1" else ""


class LoginForm(OurWords, allauth_forms.LoginForm):
    pass


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """The present password, which a borrowed session could be used to guess."""
        request = get_adapter().request
        guard = Guard.of(request, self.user.email)
        guard.begin(request)
        password = str(super().clean_oldpassword())
        guard.succeeded()
        return password


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    pass


class SignupForm(OurWords, allauth_forms.SignupForm):
    """Signs a person up and, if they fill in both fields, asks that they may act for an enterprise."""

    field_order = ["name", "email", "password1", "password2", "tax_code", "enterprise_name"]

    name = CleanCharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=TAX_CODE_HELP,
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
        self.fields["password1"].label = _LABELS["password"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        refused = name_refused(name)
        if refused:
            raise forms.ValidationError(refused, code="official_name")
        return name

    def clean_tax_code(self) -> str:
        text = str(self.cleaned_data["tax_code"])
        try:
            return clean_tax_code(text) if text else ""
        except TaxCodeInvalid as error:
            raise forms.ValidationError(error.message, code=error.code) from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        code, name = data.get("tax_code"), data.get("enterprise_name")
        if code and not name:
            self.add_error("enterprise_name", _("Write the name of the enterprise as it is registered."))
        if name and not code and "tax_code" not in self.errors:
            self.add_error("tax_code", _("Enter the tax code of the enterprise, or leave both fields empty."))
        self._check_password(data)
        return data

    def _check_password(self, data: dict[str, Any]) -> None:
        """The validators of the password know the address; the names are known only here."""
        own = [str(data.get(name) or "") for name in ("email", "name", "enterprise_name")]
        if data.get("password1") and "password1" not in self.errors:
            try:
                check_not_guessable(data["password1"], own)
            except forms.ValidationError as error:
                self.add_error("password1", error)

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = (get_language() or User.Language.VI)[:2]
        user.save(update_fields=["name", "language"])
        if self.cleaned_data.get("tax_code"):
            request_membership(
                actor=user, tax_code=self.cleaned_data["tax_code"], name=self.cleaned_data["enterprise_name"]
            )
        return user
