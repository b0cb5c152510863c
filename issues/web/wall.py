"""The public screen of the task force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.today import today as todays
from issues.clocks.day_axis import hour_marks
from issues.live.feed import newest_id
from issues.queries.wall import WallCounts
from issues.queries.wall import wall as whole_wall


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """For a screen on a wall, open to everybody; with `?fragment=` its content alone."""
    after, now = newest_id(), clock.now()
    day = todays(now)
    shown = whole_wall(now, day)
    context = {
        "wall": shown,
        "others": _others(shown.counts),
        "day": day,
        "marks": hour_marks(day),
        "live_after": after,
    }
    return render(
        request, "issues/wall/content.html" if request.GET.get("fragment") else "issues/wall/page.html", context
    )


def _others(counts: WallCounts) -> list[str]:
    """What the rows do not show, in words; nothing is said of what there is none of."""
    sentences = (
        (counts.others_today, _("{n} due today")),
        (counts.others_later, _("{n} due later")),
        (counts.others_paused, _("{n} waiting for the enterprise")),
    )
    return [text.format(n=number) for number, text in sentences if number]
