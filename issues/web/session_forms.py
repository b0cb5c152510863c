"""The forms of listening sessions. What may be done is checked by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.sign_in_forms import TAX_CODE_HELP
from core.forms import CleanCharField
from issues.actions.assisting import NAME_MAX
from issues.commands.form_fields import agency_choices
from issues.models import BODY_MAX, TITLE_MAX, Category, ListeningSession, ResolutionKind
from issues.models.session import HOST_MAX, MINUTES_MAX, PLACE_MAX, SESSION_TITLE_MAX

_MOMENT = "%Y-%m-%dT%H:%M"
POINT_FIELDS = (
    "tax_code", "name", "title", "body", "category", "public_consent", "answer", "answered_by", "agency", "kind",
)  # fmt: skip


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=widget)


def _words(label: Any, help_text: Any, *, rows: int) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, help_text=help_text, required=False, max_length=MINUTES_MAX, widget=widget)


class SessionForm(forms.Form):
    """Plans a session, and edits its description later."""

    use_required_attribute = False

    title_vi = CleanCharField(label=_("Title in Vietnamese"), max_length=SESSION_TITLE_MAX)
    title_en = CleanCharField(label=_("Title in English"), required=False, max_length=SESSION_TITLE_MAX)
    place = CleanCharField(label=_("Place"), max_length=PLACE_MAX)
    host = CleanCharField(label=_("Chaired by"), help_text=_("Enter the position, not the name."), max_length=HOST_MAX)
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"))
    agencies = forms.MultipleChoiceField(
        label=_("Agencies present"),
        help_text=_("Only these agencies can answer on the spot."),
        choices=lambda: agency_choices()[1:],
    )
    minutes = _words(_("Minutes"), _("Only agencies see them. They may name enterprises."), rows=6)
    summary_vi = _words(_("Public summary in Vietnamese"), _("Do not name enterprises: everyone can read it."), rows=4)
    summary_en = _words(_("Public summary in English"), "", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].widget.attrs["size"] = 8


class PointForm(forms.Form):
    """One point: the enterprise, the matter, and the answer. Everything is checked by the action."""

    use_required_attribute = False

    tax_code = CleanCharField(
        label=_("Tax code"),
        help_text=TAX_CODE_HELP,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "autofocus": True}),
    )
    name = CleanCharField(
        label=_("Name, if it is new here"),
        required=False,
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = CleanCharField(
        label=_("The point in one sentence"),
        max_length=TITLE_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = CleanCharField(
        label=_("More details"),
        required=False,
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    category = forms.ChoiceField(
        label=_("Field"), required=False, choices=[("", _("Let the text decide")), *Category.choices]
    )
    public_consent = forms.BooleanField(
        label=_("The enterprise agrees that the answer may be published, without its name."), required=False
    )
    agency = forms.ChoiceField(label=_("Agency that answered"), required=False)
    answered_by = CleanCharField(
        label=_("Who spoke"), help_text=_("Enter the position, not the name."), required=False, max_length=HOST_MAX
    )
    kind = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=ResolutionKind.choices, initial=ResolutionKind.EXPLAINED
    )
    answer = CleanCharField(
        label=_("What was answered"), required=False, max_length=BODY_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, session: ListeningSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = [(agency.code, agency.name) for agency in session.agencies.all()]
        self.fields["agency"].choices = [("", _("Nobody yet")), *present]  # type: ignore[attr-defined]

    def point_values(self) -> dict[str, Any]:
        """What the action takes."""
        data = {name: self.cleaned_data.get(name, "") for name in POINT_FIELDS}
        behalf = {name: data.pop(name) for name in ("tax_code", "name")}
        if not data["agency"] and not data["answered_by"] and not data["answer"]:
            data["kind"] = ""
        return {**data, "on_behalf_of": behalf}
