"""The heartbeat of a ticket's open page, answered with who else is there: what pages use that cannot be pushed to."""

import json
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import people
from accounts.models import User
from core.errors import NotVisible
from core.text import beginning
from issues.access import TicketFacts
from issues.live.presence import WRITING, end_presence, is_for, note_presence, others, present_on
from issues.queries.lists import find_ticket
from issues.web.staff import staff_side

_LONGEST = 20


def presence_words() -> str:
    """What the page says of others, by what they do; JSON."""
    words = {
        "": _("{name} is looking"),
        "resolve": _("{name} is writing an answer"),
        "request_info": _("{name} is writing a question to the enterprise"),
        "consultation_answer": _("{name} is writing an opinion"),
        WRITING: _("{name} is writing"),
    }
    return json.dumps(words, ensure_ascii=False)


@never_cache
@staff_side
@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """`tab` names the tab, `doing` the tool in which is written; with `left` the tab is being closed."""
    person, user = people.of(request.user), cast(User, request.user)
    try:
        ticket = find_ticket(person, code)
    except NotVisible as error:
        raise Http404(error.message) from None
    if not is_for(person, TicketFacts.of(ticket)):
        raise Http404(code)
    tab, doing = (beginning(request.POST.get(name, ""), _LONGEST) for name in ("tab", "doing"))
    if request.POST.get("left"):
        end_presence(ticket=ticket, user=user, tab=tab)
        return HttpResponse(status=204)
    note_presence(ticket=ticket, user=user, tab=tab, doing=doing)
    return JsonResponse({"people": others(present_on([code]).get(code, ()), user.pk)})
