"""The counter: what was filed there for enterprises, and the receipt of each."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from accounts.models import Enterprise
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core import clock
from issues import rules
from issues.clocks.clock_view import clock_view
from issues.models import ContactNotice
from issues.queries.assisted import assisted_rows, find_receipt
from issues.queries.membership import waiting_rows
from issues.queries.receipt import receipt_of
from issues.web.staff import hours_of, staff_side

PAGE_SIZE = 25


@never_cache
@require_safe
@staff_side
def assisted(request: HttpRequest) -> HttpResponse:
    """What the person's agencies filed for others, the newest first, as far as everybody may follow it."""
    if not rules.works_at_a_counter(request.user):
        raise PermissionDenied
    page = Paginator(assisted_rows(people.of(request.user)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "help": row,
            "clock": clock_view(row.ticket, clock.now()),
            "mail_failed": any(notice.state == ContactNotice.State.FAILED for notice in row.notices.all()),
        }
        for row in page.object_list
    ]
    context = {"rows": rows, "page_obj": page, "waiting_requests": waiting_rows().count()}
    return render(request, "issues/assisted/list.html", context)


@never_cache
@require_safe
@staff_side
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt, in the language of the enterprise, to print or to read out."""
    found = find_receipt(people.of(request.user), code)
    if found is None:
        raise Http404
    with translation.override(found.language):
        shown = receipt_of(found, hours=hours_of(request))
    context = {"help": found, "receipt": shown, "language": found.language, "city": settings.TN_CITY}
    return render(request, "issues/assisted/receipt.html", context)


@never_cache
@require_safe
@staff_side
def known_enterprise(request: HttpRequest) -> HttpResponse:
    """A fragment: whose tax code it is that is being typed."""
    typed = request.GET.get("tax_code", "")[:40].strip()
    context: dict[str, object] = {"tax_code": typed}
    try:
        code = clean_tax_code(typed) if typed else ""
    except TaxCodeInvalid as error:
        # While the number is still too short, no message is better than an error.
        context = {"problem": error.message if sum(map(str.isdigit, typed)) >= 10 else ""}
    else:
        enterprise = Enterprise.objects.filter(tax_code=code).first() if code else None
        context |= {"enterprise": enterprise, "has_account": bool(enterprise and enterprise.memberships.exists())}
    return render(request, "issues/assisted/known.html", context)
