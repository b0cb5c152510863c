"""What the filing page shows around its form: the preview, the lists to choose from, what is still needed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from accounts import people
from investment.models import LISTED, Project
from issues import rules
from issues.charts.daybar import percent
from issues.models import Category, Ticket, TicketStatus
from issues.queries.preview import Preview, preview
from issues.web.assist_form import AssistForm
from issues.web.filing_form import FilingForm, as_codes, wards
from issues.web.ticket import NOTEWORTHY

_MOST_DRAFTS_SHOWN = 3


def render_page(
    request: HttpRequest, form: FilingForm, *, key: str, draft: Ticket | None = None, status: int = 200
) -> HttpResponse:
    """The filing page with the promise for what the form holds now."""
    person = people.of(request.user)
    values = {name: form[name].value() or "" for name in ("title", "body", "kind", "category", "ward", "project")}
    looked_at, assisting = as_codes(values), isinstance(form, AssistForm)
    context = {
        "form": form,
        "draft": draft,
        "key": key.removeprefix("web:"),
        **preview_context(preview(**looked_at, person=person), has_text=bool(values["title"] or values["body"])),
        "wards": [_name(vi, en) for _code, vi, en in wards()],
        "projects": _projects(),
        "assisting": assisting,
        "base_template": "base_officer.html" if assisting else "base.html",
        "may_file": assisting or rules.files_for_enterprise(request.user),
        "other_drafts": _other_drafts(person, draft),
        "files": list(draft.attachments.all()) if draft else [],
    }
    return render(request, "issues/filing/page.html", context, status=status)


def preview_context(found: Preview, *, has_text: bool) -> dict[str, Any]:
    """The promise, and the votes of the text with the names of the categories."""
    names = dict(Category.choices)
    votes = [
        {"label": names.get(vote["code"], vote["code"]), "score": vote["score"], "css": percent(vote["score"] * 100)}
        for vote in found.categories
        if vote["score"] >= NOTEWORTHY
    ]
    return {"preview": found, "votes": votes, "has_text": has_text}


def _projects() -> list[tuple[str, str]]:
    rows = Project.objects.filter(status__in=LISTED).order_by("code").values_list("code", "name_vi", "name_en")
    return [(code, _name(vi, en)) for code, vi, en in rows]


def _other_drafts(person: people.Person, draft: Ticket | None) -> list[Ticket]:
    if not person.is_signed_in:
        return []
    rows = Ticket.objects.filter(filer=person.user, status=TicketStatus.DRAFT)
    if draft is not None:
        rows = rows.exclude(pk=draft.pk)
    return list(rows.only("public_id", "title", "created_at").order_by("-id")[:_MOST_DRAFTS_SHOWN])


def _name(vi: str, en: str) -> Any:
    return en if en and (get_language() or "vi").startswith("en") else vi
