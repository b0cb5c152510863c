"""The duty roster: a week of all agencies, and the roster of one agency with its forms."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from accounts.models import Agency
from core import clock
from core.errors import Invalid, NotVisible, OperationError
from issues import rules
from issues.actor import Actor
from issues.queries import roster as rosters
from issues.sentences.roster_words import sentence_of
from issues.web.roster_commands import COMMANDS, FORMS, Done
from issues.web.roster_forms import RosterForm
from issues.web.staff import staff_side

GROUPS = ("departments", "wards")


@require_safe
@staff_side
def roster(request: HttpRequest) -> HttpResponse:
    """The week: agencies by days; on a narrow screen one day of it."""
    person = people.of(request.user)
    monday = rosters.monday_of(request.GET.get("week", ""))
    everywhere = person.is_coordinator or person.is_leader
    agencies = rosters.agencies_of(person)
    group = request.GET.get("group", GROUPS[0])
    if everywhere:
        wards = agencies.filter(level=Agency.Level.WARD)
        agencies = wards if group == "wards" else agencies.exclude(level=Agency.Level.WARD)
    page = Paginator(agencies, rosters.PAGE_SIZE).get_page(request.GET.get("page"))
    week = rosters.week_of(person, monday, page.object_list)
    context = {
        "week": week,
        "page_obj": page,
        "group": group if group in GROUPS else GROUPS[0],
        "may_choose_group": everywhere,
        "day": _day(week, request.GET.get("day", "")),
        "gaps": sum(line.gaps for line in week.lines),
    }
    return render(request, "issues/roster/page.html", context)


def _day(week: rosters.Week, wanted: str) -> Any:
    """The day that a narrow screen shows: the one asked for, today, or Monday."""
    by_text = {day.day.isoformat(): day.day for day in week.days}
    today = next((day.day for day in week.days if day.is_today), week.monday)
    return by_text.get(wanted, today)


@never_cache
@require_safe
@staff_side
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency's week, its people, and what the person may change."""
    found = _find(request, code)
    return render(request, "issues/roster/agency.html", _context(request, found, request.GET.get("week", "")))


@require_POST
@staff_side
def command(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Change something. Refused: the page again with what was typed, as 403, 409 or 422."""
    found = _find(request, code)
    run = COMMANDS.get(name)
    if run is None:
        raise Http404(name)
    form = _form(name, request, found, request.POST) if name in FORMS else None
    week = request.POST.get("week", "")
    try:
        if form is not None:
            form.is_valid()
        done: Done = run(found, Actor.of(request.user), request.POST)
    except NotVisible as error:
        raise Http404(error.message) from None
    except OperationError as error:
        return _refused(request, found, name, form, error)
    done.say(request)
    here = f"{reverse('issues:roster_agency', args=[code])}?week={rosters.monday_of(week)}"
    return redirect(done.following or here)


def _refused(
    request: HttpRequest, found: Agency, name: str, form: RosterForm | None, error: OperationError
) -> HttpResponse:
    context = _context(request, found, request.POST.get("week", ""))
    if form is not None and isinstance(error, Invalid):
        form.errors.clear()
        for field, sentences in error.fields.items():
            form.add_error(field if field in form.fields else None, sentences)
    problem = error.message
    if isinstance(error, Invalid) and form is None:
        problem = " ".join(sentence for sentences in error.fields.values() for sentence in sentences)
    forms = {**context["forms"], **({name: form} if name in context["forms"] else {})}
    shown_above = form is None or not isinstance(error, Invalid)
    context.update(forms=forms, opened=name, problem=problem if shown_above else "")
    return render(request, "issues/roster/agency.html", context, status=error.status)


def _find(request: HttpRequest, code: str) -> Agency:
    found = get_object_or_404(Agency, code=code)
    if not rules.may_roster(request.user, "see", found):
        raise Http404(code)
    return found


def _context(request: HttpRequest, found: Agency, week: str) -> dict[str, Any]:
    person, today = people.of(request.user), timezone.localdate(clock.now())
    shown = rosters.week_of(person, rosters.monday_of(week), [found])
    may_edit = rules.may_roster(request.user, "edit", found)
    is_member = found.pk in person.officer_agency_ids
    colleagues = rosters.colleagues_of(found, today)
    shifts = rosters.coming_shifts(found, today)
    names = [name for name, shows in FORMS.items() if shows.offered(may_edit=may_edit, is_member=is_member)]
    offered = {name: _made(name, request, colleagues, shifts, None) for name in names}
    if "swap" in offered and not any(shift.officer_id == person.user_id for shift in shifts):
        del offered["swap"]
    return {
        "agency": found,
        "week": shown,
        "line": shown.lines[0],
        "rows": list(zip(shown.days, shown.lines[0].cells, strict=True)),
        "may_edit": may_edit,
        "may_hand_over": found.pk in person.head_agency_ids,
        "colleagues": colleagues,
        "absences": rosters.coming_absences(found, today),
        "swaps": rosters.swaps_for(person, found, today),
        "log": [(entry, sentence_of(entry)) for entry in rosters.log_of(found)],
        "forms": offered,
        "me": person.user_id,
        "this_day": today,
    }


def _form(name: str, request: HttpRequest, found: Agency, data: Any) -> RosterForm:
    today = timezone.localdate(clock.now())
    return _made(name, request, rosters.colleagues_of(found, today), rosters.coming_shifts(found, today), data)


def _made(name: str, request: HttpRequest, colleagues: Any, shifts: Any, data: Any) -> RosterForm:
    members = [one.user for one in colleagues if one.is_member]
    made: RosterForm = FORMS[name].form(data, people=members, shifts=shifts, user=request.user, auto_id=f"{name}_%s")
    return made
