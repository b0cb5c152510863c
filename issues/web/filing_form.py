"""The form of a proposal. Places and projects are typed by name and found by plain text, marks or not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency
from core.forms import CleanCharField
from core.text import beginning, fold
from investment.models import LISTED, Project
from issues.commands.form_fields import FilesField
from issues.files import limits
from issues.models import BODY_MAX, FILABLE_KINDS, TITLE_MAX, Category, Ticket, TicketKind

# What belongs to the proposal itself: kept in a draft, and in the session of somebody who has not signed in yet.
FIELDS = ("title", "body", "kind", "category", "ward", "project", "public_consent")
_LONGEST_PLACE, _LONGEST_PROJECT = 120, 300  # characters
_KIND_LABELS = {
    TicketKind.PROPOSAL: _("A proposal"),
    TicketKind.DIFFICULTY: _("A difficulty or obstacle"),
    TicketKind.QUESTION: _("A question"),
}


class FilingForm(forms.Form):
    """Everything but the title and the description may be left alone."""

    use_required_attribute = False

    title = CleanCharField(
        label=_("What is the problem?"),
        help_text=_("One short sentence that an outsider understands."),
        max_length=TITLE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what it is about.")},
    )
    body = CleanCharField(
        label=_("What happened, and what do you ask for?"),
        help_text=_("What you did, who asked for what, and since when. No passwords, no account numbers."),
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Describe what happened.")},
    )
    kind = forms.ChoiceField(
        label=_("This is"),
        choices=[(str(kind), _KIND_LABELS[kind]) for kind in FILABLE_KINDS],
        initial=TicketKind.DIFFICULTY,
        widget=forms.RadioSelect,
    )
    ward = CleanCharField(
        label=_("Where it happens"),
        required=False,
        max_length=_LONGEST_PLACE,
        help_text=_("Ward or commune; type its name, with or without marks."),
        widget=forms.TextInput(attrs={"list": "wards", "autocomplete": "off"}),
    )
    project = CleanCharField(
        label=pgettext_lazy("ticket", "Project"),
        required=False,
        max_length=_LONGEST_PROJECT,
        help_text=_("Code or name of a project calling for investment."),
        widget=forms.TextInput(attrs={"list": "projects", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label=_("Field"),
        required=False,
        choices=[("", _("Let the text decide")), *Category.choices],
        help_text=_("Leave it empty if you are not sure."),
    )
    uploads = FilesField(
        label=_("Documents"),
        required=False,
        help_text=limits.ALLOWED,
    )
    public_consent = forms.BooleanField(
        label=_("The answer may be published for other enterprises; the name of the company stays hidden."),
        required=False,
    )

    def filing_values(self) -> dict[str, Any]:
        """What the action of filing takes, of a valid form."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_ward(self) -> str:
        text = str(self.cleaned_data["ward"])
        code = find_ward(text)
        if text and not code:
            raise forms.ValidationError(_("There is no ward or commune of this name. Choose one from the list."))
        return code

    def clean_project(self) -> str:
        text = str(self.cleaned_data["project"])
        code = find_project(text)
        if text and not code:
            raise forms.ValidationError(
                _("There is no project of this code or name. Leave it empty if you are not sure.")
            )
        return code


def find_ward(text: str) -> str:
    """The code of the one ward that the text names; empty where there is none or more than one."""
    wanted = fold(beginning(text, _LONGEST_PLACE)).strip()
    if not wanted:
        return ""
    rows = [(code, fold(code), fold(vi), fold(en)) for code, vi, en in wards()]
    exact = [row[0] for row in rows if wanted in row[1:]]
    found = exact or [row[0] for row in rows if wanted in row[2] or wanted in row[3]]
    return found[0] if len(found) == 1 else ""


def find_project(text: str) -> str:
    """The code of the one project that the text names by code or by name; empty where it is not one."""
    wanted = beginning(text.strip(), _LONGEST_PROJECT)
    if not wanted:
        return ""
    by_code = Project.objects.filter(code__iexact=wanted.partition(",")[0].strip()[:20]).values_list("code", flat=True)
    if by_code:
        return str(by_code[0])
    folded = fold(wanted)
    names = Project.objects.filter(status__in=LISTED).values_list("code", "name_vi", "name_en")
    found = [code for code, vi, en in names if folded and (folded in fold(vi) or folded in fold(en or ""))]
    return str(found[0]) if len(found) == 1 else ""


def wards() -> list[tuple[str, str, str]]:
    """Code and names of every ward, in the order of the alphabet."""
    rows = Agency.objects.filter(level=Agency.Level.WARD).order_by("name_vi")
    return list(rows.values_list("code", "name_vi", "name_en"))


def ward_name(code: str) -> str:
    """The form's text for a ward's code; the text itself where it is none."""
    found = Agency.objects.filter(code=code, level=Agency.Level.WARD).first() if code else None
    return found.name if found else code


def values_of(draft: Ticket) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        "title": draft.title,
        "body": draft.body,
        "kind": draft.kind,
        "category": draft.category,
        "ward": draft.ward.name if draft.ward else "",
        "project": draft.project.code if draft.project else "",
        "public_consent": draft.public_consent,
    }


def typed(data: Any) -> dict[str, Any]:
    """The fields of the proposal in a request, as they were typed."""
    values: dict[str, Any] = {name: data.get(name, "") for name in FIELDS}
    values["public_consent"] = bool(data.get("public_consent"))
    return values


def as_codes(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the codes of place and project where they can be found."""
    return {**values, "ward": find_ward(values["ward"]), "project": find_project(values["project"])}
