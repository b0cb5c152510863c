"""Filing a proposal: write, see the promise, keep a draft, hand it in. Nothing typed is lost on the way."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import people
from core import clock, wording
from core.errors import Invalid, OperationError, TooMany
from core.limits import caller_key, say_when, spend
from issues.actions import drafts, unsent
from issues.actions.assisting import CHANNELS
from issues.actions.conversation import attach
from issues.actions.filing import file_ticket
from issues.actions.filing_limits import within_limits
from issues.actor import Actor
from issues.models import BODY_MAX, TITLE_MAX, IdempotencyKey, SavedInput, Ticket, TicketStatus
from issues.queries.preview import preview as look_ahead
from issues.web.assist_form import AssistForm, assists, typed_party
from issues.web.filing_form import FilingForm, as_codes, typed, values_of
from issues.web.filing_page import preview_context, render_page
from issues.web.renamed import renamings
from issues.web.unsent import keep as keep_unsent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, and handing it in."""
    if request.method != "POST":
        draft = own_draft(request, request.GET.get("draft"))
        if request.GET.get("title"):
            _count_look(request)
        form = _form_of(request)(initial=_initial(request, draft))
        return render_page(request, form, draft=draft, key=_new_key())
    if not request.user.is_authenticated:
        return _keep_and_sign_in(request)
    return _submit(request)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What would be promised for what is typed: a fragment for the page, or the page itself without script."""
    values = typed(request.POST)
    if not request.headers.get("HX-Request"):
        form = _form_of(request)(initial={**values, **typed_party(request.POST)})
        _count_look(request)
        return render_page(request, form, draft=own_draft(request, request.POST.get("draft")), key=_key(request))
    try:
        _count_look(request)
    except TooMany as error:
        return say_when(render(request, "issues/filing/preview_later.html", {"problem": error}, status=429), error)
    found = look_ahead(**_looked_at(values), person=people.of(request.user))
    context = preview_context(found, has_text=bool(values["title"].strip() or values["body"].strip()))
    return render(request, "issues/filing/preview.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed: as a draft of one's own, or in the session until the person has signed in."""
    values = typed(request.POST)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if not request.user.is_authenticated and not wants_json:
        return _keep_and_sign_in(request)
    answer: dict[str, str] = {}
    try:
        if request.user.is_authenticated:
            answer["draft"] = str(_save(request, values).public_id)
        else:
            keep_unsent(request, unsent.FILING, values)
    except OperationError as error:
        if wants_json:
            return say_when(JsonResponse({"problem": error.message}, status=error.status), error)
        return _again(request, error)
    if wants_json:
        return JsonResponse({"saved": _saved(request), **answer})
    messages.success(request, _saved(request))
    return redirect(f"{reverse('issues:ticket_new')}?draft={answer['draft']}")


@login_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw a draft away."""
    draft = own_draft(request, request.POST.get("draft"))
    if draft is not None:
        drafts.discard_draft(actor=Actor.of(request.user), draft=draft)
        drafts.forget_input(actor=Actor.of(request.user), key=_party_key(draft))
        messages.success(request, _("The draft is deleted."))
    return redirect("issues:tickets")


def _keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """What is typed waits in the session; what cannot is shown again."""
    try:
        keep_unsent(request, unsent.FILING, typed(request.POST))
    except OperationError as error:
        return _again(request, error)
    return redirect_to_login(reverse("issues:ticket_new"))


def _again(request: HttpRequest, error: OperationError) -> HttpResponse:
    """The page with everything that was typed, and why it was not kept."""
    form = _form_of(request)(request.POST, request.FILES)
    form.add_error(None, error.message)
    return say_when(render_page(request, form, key=_key(request), status=error.status), error)


def own_draft(request: HttpRequest, public_id: str | None) -> Ticket | None:
    """One's own draft; None for anything else."""
    if not request.user.is_authenticated or not _is_uuid(public_id):
        return None
    rows = Ticket.objects.select_related("ward", "project").prefetch_related("attachments")
    return rows.filter(public_id=public_id, filer=request.user, status=TicketStatus.DRAFT).first()  # type: ignore[misc]


def _draft_of_form(request: HttpRequest) -> Ticket | None:
    """The draft that the form names, or the one that was kept from it before: a page that was left before the answer
    does not know its draft."""
    return own_draft(request, request.POST.get("draft")) or own_draft(request, request.POST.get("key"))


def _submit(request: HttpRequest) -> HttpResponse:
    earlier = _filed_before(request)
    if earlier is not None:
        return _done(earlier, again=True)
    form = _form_of(request)(request.POST, request.FILES)
    draft = _draft_of_form(request)
    try:
        draft = _keep_files(request, form, draft)
        if not form.is_valid():
            raise Invalid(_("Please correct the marked fields."))
        with within_limits(Actor.of(request.user), assists=assists(request)):
            ticket = file_ticket(
                actor=Actor.of(request.user),
                draft=draft,
                idempotency_key=_key(request),
                **form.filing_values(),
            )
    except OperationError as error:
        raced = _filed_before(request) if error.code in ("submitted_before", "idempotency_mismatch") else None
        return _done(raced, again=True) if raced else _refused(request, form, error, draft)
    unsent.forget(request.session, unsent.FILING)
    if draft is not None:
        drafts.forget_input(actor=Actor.of(request.user), key=_party_key(draft))
    return _done(ticket)


def _keep_files(request: HttpRequest, form: FilingForm, draft: Ticket | None) -> Ticket | None:
    """Attach the chosen files to the draft before anything can go wrong: a browser would forget them."""
    actor = Actor.of(request.user)
    remove = request.POST.getlist("remove")
    if draft is not None:
        for public_id in filter(_is_uuid, remove):
            drafts.remove_file(actor=actor, draft=draft, public_id=public_id)
    uploads = request.FILES.getlist("uploads")
    if not uploads:
        return own_draft(request, str(draft.public_id)) if draft and remove else draft
    values = typed(request.POST)
    # A text that is too long is refused with the form; the files that came with it need a draft all the same.
    draft = _save(request, {**values, "title": values["title"][:TITLE_MAX], "body": values["body"][:BODY_MAX]})
    for upload in uploads:
        renamed = renamings([upload])
        try:
            attach(ticket=draft, actor=actor, upload=upload)
        except Invalid as error:
            for sentence in [line for lines in error.fields.values() for line in lines]:
                form.add_error("uploads", f"{upload.name}: {sentence}")
        else:
            for sentence in renamed:
                messages.info(request, sentence)
    return own_draft(request, str(draft.public_id))


def _save(request: HttpRequest, values: dict[str, Any]) -> Ticket:
    actor, texts = Actor.of(request.user), as_codes(values)
    key = request.POST.get("key") if _is_uuid(request.POST.get("key")) else None
    try:
        saved = drafts.save_draft(actor=actor, draft=_draft_of_form(request), public_id=key, **texts)
    except IntegrityError:  # another request of the same form has just created it
        saved = drafts.save_draft(actor=actor, draft=_draft_of_form(request), **texts)
    if assists(request):
        drafts.save_input(actor=actor, key=_party_key(saved), data=typed_party(request.POST))
    unsent.forget(request.session, unsent.FILING)
    return saved


def _refused(request: HttpRequest, form: FilingForm, error: OperationError, draft: Ticket | None) -> HttpResponse:
    form.is_valid()
    fields = error.fields if isinstance(error, Invalid) else {}
    for path, sentences in fields.items():
        name = path.rpartition(".")[2]
        form.add_error(name if name in form.fields else None, sentences)
    if not form.errors:
        form.add_error(None, error.message)
    return say_when(render_page(request, form, draft=draft, key=_key(request), status=error.status), error)


def _filed_before(request: HttpRequest) -> Ticket | None:
    """What this very form has made already: pressed twice, or sent again."""
    if not people.of(request.user).is_signed_in:
        return None
    found = IdempotencyKey.objects.select_related("ticket").filter(user=request.user, key=_key(request)).first()  # type: ignore[misc]
    return found.ticket if found else None


def _done(ticket: Ticket, *, again: bool = False) -> HttpResponse:
    if ticket.channel in CHANNELS:
        return redirect("issues:receipt", ticket.code)
    return redirect(f"{reverse('issues:ticket', args=[ticket.code])}{'' if again else '?received=1'}")


def _initial(request: HttpRequest, draft: Ticket | None) -> dict[str, Any]:
    """What the form starts with: the draft, what was typed before signing in, or what the link asks for."""
    if draft is not None:
        return {**values_of(draft), **_party_of(request, draft)}
    kept = unsent.waiting(request.session, unsent.FILING) if not request.GET.get("draft") else None
    asked = {name: request.GET[name] for name in ("project", "kind", "category", "title") if request.GET.get(name)}
    return {**(kept or {}), **asked}


def _form_of(request: HttpRequest) -> type[FilingForm]:
    """An officer at a counter also enters the enterprise that they file for."""
    return AssistForm if assists(request) else FilingForm


def _party_key(draft: Ticket) -> str:
    """Under which key the enterprise's fields of a draft are kept: the draft itself has no place for them."""
    return f"assist:{draft.public_id}"


def _party_of(request: HttpRequest, draft: Ticket) -> dict[str, Any]:
    if not assists(request):
        return {}
    kept = SavedInput.objects.filter(user=request.user, key=_party_key(draft)).first()  # type: ignore[misc]
    return kept.data if kept else {}


def _count_look(request: HttpRequest) -> None:
    """A look ahead reads and scores the whole text; while somebody types there are up to two a second."""
    if request.user.is_authenticated:
        spend("preview.person", str(request.user.pk))
    else:
        spend("typing.address", caller_key(request))


def _looked_at(values: dict[str, Any]) -> dict[str, Any]:
    wanted = as_codes(values)
    wanted.pop("public_consent")
    return wanted


def _saved(request: HttpRequest) -> str:
    hours = getattr(request.user, "time_format", "24")
    return _("Draft saved {time}").format(time=wording.local_time(clock.now(), clock=hours))


def _key(request: HttpRequest) -> str:
    """The form's own key: the same form sent twice makes one ticket."""
    key = request.POST.get("key", "")
    return f"web:{key}" if _is_uuid(key) else f"web:{_new_key()}"


def _new_key() -> str:
    return str(uuid.uuid4())


def _is_uuid(text: str | None) -> bool:
    try:
        uuid.UUID(text or "")
    except ValueError:
        return False
    return True
