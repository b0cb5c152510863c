"""The page on which a person chooses by what, when and how they are notified."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import people
from accounts.models import User
from core.errors import Invalid
from issues.actions.notification_preferences import change_choices
from issues.actor import Actor
from issues.models import About, NotificationChoices, Way
from issues.notifications.preferences import PERMITTED, usual_ways

_MEANING: dict[str, str | Promise] = {
    About.WAITS: _("Tasks for you: accept, answer, decide, confirm."),
    About.PROGRESS: _("What others do on proposals that you filed or work on."),
    About.CLOCK: _("Working time that is used up, due times that moved or were missed."),
    About.REST: _("Notifications for your information."),
}


class ChoicesForm(forms.ModelForm):
    """A row of ways for each of About; the page draws them as a table."""

    class Meta:
        model = NotificationChoices
        fields = [*About.values, "digest_time", "digest_hour", "quiet_from", "quiet_to", "quiet_closed_days"]
        widgets = {
            "digest_time": forms.RadioSelect,
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for about in About.values:
            permitted = [(way.value, way.label) for way in PERMITTED[about]]
            self.fields[about] = forms.ChoiceField(
                label=About(about).label, choices=permitted, widget=forms.RadioSelect, required=True
            )
        self.fields["digest_hour"] = forms.TypedChoiceField(
            label=_("Hour"), choices=[(hour, f"{hour:02d}:00") for hour in range(24)], coerce=int
        )


@dataclass(frozen=True)
class Cell:
    """One way of a row."""

    way: str
    label: str
    chosen: bool
    offered: bool


@dataclass(frozen=True)
class Line:
    """One row of the table: what it is about, and a cell for each way."""

    about: str
    label: str
    meaning: str | Promise
    cells: list[Cell]
    errors: list[str]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Show and save the choices."""
    row = NotificationChoices.objects.filter(user=cast(User, request.user)).first()
    if request.method != "POST":
        return _page(request, row, ChoicesForm(instance=_shown(request, row), auto_id="choice_%s"))
    form = ChoicesForm(request.POST, instance=row or NotificationChoices(), auto_id="choice_%s")
    if form.is_valid():
        try:
            _save(request, form.cleaned_data)
        except Invalid as error:
            for name, sentences in error.fields.items():
                form.add_error(name, sentences)
        else:
            messages.success(request, _("Your choices are saved."))
            return redirect("issues:choices")
    return _page(request, row, form, status=422)


def _save(request: HttpRequest, values: dict[str, Any]) -> None:
    ways = {about: values.pop(about) for about in About.values}
    change_choices(actor=Actor.of(request.user), ways=ways, **values)


def _shown(request: HttpRequest, row: NotificationChoices | None) -> NotificationChoices:
    """The choices as they are in effect, without keeping what is only usual for the role."""
    shown = row or NotificationChoices()
    for about, way in usual_ways(people.of(request.user)).items():
        if not getattr(shown, about):
            setattr(shown, about, way)
    return shown


def _page(
    request: HttpRequest, row: NotificationChoices | None, form: ChoicesForm, *, status: int = 200
) -> HttpResponse:
    person = people.of(request.user)
    context = {
        "form": form,
        "lines": [_line(form, about) for about in About.values],
        "ways": [way.label for way in Way],
        "crumbs": [(_("Your account"), reverse("accounts:account"))],
        "is_always_mailed": person.is_officer or person.is_leader,
        "email": getattr(request.user, "email", ""),
    }
    return render(request, "issues/choices/page.html", context, status=status)


def _line(form: ChoicesForm, about: str) -> Line:
    chosen = form[about].value()
    return Line(
        about=about,
        label=str(About(about).label),
        meaning=_MEANING[about],
        cells=[Cell(way.value, str(way.label), way.value == chosen, way in PERMITTED[about]) for way in Way],
        errors=[str(error) for error in form[about].errors],
    )
