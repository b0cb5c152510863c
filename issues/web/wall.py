"""The public screen of the task force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.today import today as todays
from issues.day_axis import hour_marks
from issues.live.feed import newest_id
from issues.queries.wall import wall as whole_wall


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """For a screen on a wall, open to everybody; with `?fragment=` its content alone."""
    after, now = newest_id(), clock.now()
    day = todays(now)
    context = {"wall": whole_wall(now, day), "day": day, "marks": hour_marks(day), "live_after": after}
    return render(
        request, "issues/wall/content.html" if request.GET.get("fragment") else "issues/wall/page.html", context
    )
