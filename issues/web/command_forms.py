"""The forms of a ticket's page. They carry what was typed; what may be done is checked by the actions."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AGENCY_ROLES, Agency, User
from issues import policies
from issues.models import TITLE_MAX, Attachment, Category, ResolutionKind, Score, Ticket
from issues.web.command_fields import (
    AgencyField,
    CommandForm,
    agency_choices,
    connected_agencies,
    line_field,
    text_field,
    uploads_field,
)


class NothingForm(CommandForm):
    """A button alone."""


class ProvideInfoForm(CommandForm):
    text = text_field(_("Your answer"), help_text=_("The clock runs on as soon as you send it."))
    uploads = uploads_field()


class MessageForm(CommandForm):
    body = text_field(
        _("Message"), rows=3, help_text=_("The enterprise and the agencies read it. The clock does not stop.")
    )
    uploads = uploads_field()


class NoteForm(CommandForm):
    body = text_field(
        _("Internal note"),
        rows=3,
        help_text=_("The enterprise never reads it. Write @ and a name to tell somebody."),
    )
    reach = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[("", _("All agencies on this case")), ("own", _("Only my agency, coordinators and leaders"))],
        required=False,
        widget=forms.RadioSelect,
    )
    uploads = uploads_field()

    def __init__(self, *args: Any, own_agency: str = "", **kwargs: Any) -> None:
        """`own_agency`: for which agency of the case the writer speaks; whoever speaks for none has no choice."""
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["data-mentions"] = "mentionable"
        if not own_agency:
            del self.fields["reach"]


class RateForm(CommandForm):
    score = forms.TypedChoiceField(
        label=_("Does the answer solve it?"), choices=Score.choices, coerce=int, widget=forms.RadioSelect
    )
    comment = text_field(_("What should be better?"), rows=2, required=False)


class ReopenForm(CommandForm):
    reason = text_field(
        _("What is not solved?"), rows=3, help_text=_("It goes back to the same agency, with a new clock.")
    )


class WithdrawForm(CommandForm):
    reason = text_field(_("Why?"), rows=2, required=False)


class AcceptForm(CommandForm):
    assignee = forms.ChoiceField(label=_("In charge"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = officers_of(self.ticket)
        self.fields["assignee"].choices = [("", _("I take it on myself")), *((p.email, str(p)) for p in people)]  # type: ignore[attr-defined]


class ReassignForm(CommandForm):
    assignee = forms.ChoiceField(label=_("New officer in charge"))
    reason = text_field(_("Reason"), rows=2, required=False, help_text=_("Only agencies read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [p for p in officers_of(self.ticket) if p.pk != self.ticket.assignee_id]
        self.fields["assignee"].choices = [("", _("Choose a colleague")), *((p.email, str(p)) for p in people)]  # type: ignore[attr-defined]


class RequestInfoForm(CommandForm):
    question = text_field(
        _("Question to the enterprise"), rows=5, help_text=_("The clock stands still until the enterprise answers.")
    )


class ConsultForm(CommandForm):
    """Several agencies at once: the departments and bodies to tick, and one ward or commune."""

    agencies = forms.MultipleChoiceField(
        label=_("Agencies to ask"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ward = forms.ChoiceField(label=_("Ward or commune to ask"), required=False)
    question = text_field(
        _("Question"), help_text=_("Each gets half of the working time that is left, and answers on its own clock.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = cache(lambda: [a for a in connected_agencies() if a.pk != self.ticket.lead_agency_id])
        # Read only where the form is drawn or checked: most tabs stay closed.
        self.fields["agencies"].choices = lambda: [  # type: ignore[attr-defined]
            (a.code, a.name) for a in others() if a.level not in (Agency.Level.WARD, Agency.Level.CITY)
        ]
        self.fields["ward"].choices = lambda: [  # type: ignore[attr-defined]
            ("", _("None")),
            *((a.code, a.name) for a in others() if a.level == Agency.Level.WARD),
        ]


class ConsultationAnswerForm(CommandForm):
    answer = text_field(_("Your agency’s opinion"), rows=5)


class ReasonForm(CommandForm):
    reason = text_field(_("Reason"), rows=2)


class ReturnForm(CommandForm):
    agency = AgencyField(label=_("The right agency"))
    legal_basis = line_field(
        _("Legal basis"), help_text=_("The document and article that make it theirs."), longest=2000
    )
    reason = text_field(_("Reason"), rows=2, required=False)


class ResolveForm(CommandForm):
    answer = text_field(
        _("Answer to the enterprise"),
        rows=8,
        help_text=_("The first sentence gives the conclusion; the legal basis comes after."),
    )
    kind = forms.ChoiceField(label=_("Outcome"), choices=ResolutionKind.choices, widget=forms.RadioSelect)


class ExtensionForm(CommandForm):
    as_complex = forms.TypedChoiceField(
        label=_("What to ask for"),
        choices=[("no", _("More working days")), ("yes", _("Treatment as a complex case, with its own time limit"))],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    working_days = forms.IntegerField(
        label=_("Working days from today"), min_value=1, max_value=20, initial=5, required=False
    )
    reason = text_field(_("Reason"), rows=3, help_text=_("The enterprise reads it too."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not policies.can_be_complex(self.ticket):
            del self.fields["as_complex"]

    def clean(self) -> dict[str, Any]:
        """The days stand in the form all the same; a complex case has its own."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["as_complex"] = bool(cleaned.get("as_complex"))
        if cleaned["as_complex"]:
            cleaned["working_days"] = None
        return cleaned


class DecisionForm(CommandForm):
    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text_field(_("Reason"), rows=2, help_text=_("The enterprise reads it too."))


class ComplexForm(CommandForm):
    reason = text_field(_("Reason"), rows=3, help_text=_("The enterprise reads it too."))


class RouteForm(CommandForm):
    lead_agency = AgencyField(label=_("Lead agency"))
    coordinating_agencies = forms.MultipleChoiceField(
        label=_("Coordinating agencies"), required=False, choices=lambda: agency_choices()[1:]
    )
    category = forms.ChoiceField(
        label=_("What it is about"),
        required=False,
        choices=lambda: [("", _("(not known)")), *Category.choices],
        help_text=_("Correct it where it is wrong: the text vote learns from it."),
    )
    reason = text_field(_("Reason"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("category", self.ticket.category)
        self.fields["coordinating_agencies"].widget.attrs["size"] = 6


class DeclineForm(CommandForm):
    agency = line_field(
        _("Responsible body"), help_text=_("Its full name, so that the enterprise knows where to go."), longest=200
    )
    legal_basis = text_field(_("Legal basis"), rows=2)


class SplitForm(CommandForm):
    """Prefilled with the whole: what belongs to the other matter stays, the rest is taken out."""

    title = line_field(_("Title of the part"), longest=TITLE_MAX)
    body = text_field(_("What the part says"), rows=7, help_text=_("Keep only what belongs to this other matter."))
    category = forms.ChoiceField(
        label=_("Field"), required=False, choices=[("", _("Let the text decide")), *Category.choices]
    )
    chosen_files = forms.MultipleChoiceField(
        label=_("Files to copy along"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, attachments: Sequence[Attachment] = (), **kwargs: Any) -> None:
        """`attachments`: those that the person may read."""
        super().__init__(*args, **kwargs)
        if attachments:
            self.fields["chosen_files"].choices = [(str(f.public_id), f.name) for f in attachments]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen_files"]


class MergeForm(CommandForm):
    into = line_field(_("Code of the ticket that goes on"), help_text=_("For example KN-2026-0034."), longest=20)


class PublicationForm(CommandForm):
    title = line_field(_("Public title"))
    answer = text_field(
        _("Public answer"), rows=5, help_text=_("No names, no business secrets. A second person checks it.")
    )


def officers_of(ticket: Ticket) -> list[User]:
    """Who may be put in charge: active officers and heads of the lead agency."""
    people = User.objects.filter(
        is_active=True, memberships__agency=ticket.lead_agency, memberships__role__in=AGENCY_ROLES
    )
    return list(people.order_by("name", "email").distinct())
