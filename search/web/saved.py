"""Saved searches and followed projects in the account. Each form posts to an address of its own."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.views import carry_errors, for_posts
from cms.project_choices import in_words
from core.errors import NotVisible, OperationError, TooMany
from core.views import page_not_found
from investment.catalogue import words_for
from investment.models import Project, ProjectStatus
from investment.project_query import ProjectQuery
from search.models import ProjectFollow, SavedSearch
from search.saved import actions
from search.saved.listing import key_of, list_path, name_for, normal_form, query_of, read
from search.saved.running import corrected_now, counts_now
from search.saved.stop_token import Kind, StopToken
from search.web.saved_forms import SearchForm

SEARCHES, FOLLOWS = "saved-searches", "followed-projects"  # sections of the account page


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """They are listed on the account page."""
    return _account(SEARCHES)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Save the search that the query string asks for, as on the list. A person who signs in first comes back to it."""
    query = read(request.GET.urlencode(), get_language() or "vi")
    text = normal_form(query)
    known = SavedSearch.objects.filter(user=request.user, key=key_of(text, query.locale)).first()  # type: ignore[misc]
    fresh = {"name": name_for(query), "frequency": SavedSearch.Frequency.WEEKLY}
    form = SearchForm(initial={"name": known.name, "frequency": known.frequency} if known else fresh)
    if request.method == "POST":
        form = SearchForm(request.POST)
        saved = _saved(request, form, text, query.locale) if form.is_valid() else None
        if saved is not None:
            return HttpResponseRedirect(list_path(saved))
    return _form_page(
        request,
        form,
        chips=in_words(query),
        count=counts_now([query])[0],
        is_known=known is not None,
        instead=_instead(query),
        back=f"/{query.locale}/projects/" + (f"?{text}" if text else ""),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a search, or choose how often its mails come. The list in the account sends the latter alone."""
    search = SavedSearch.objects.filter(user=request.user, pk=pk).first()  # type: ignore[misc]
    if search is None:
        return page_not_found(request, NotVisible(""))
    form = SearchForm(initial={"name": search.name, "frequency": search.frequency})
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            name = form.cleaned_data["name"] if "name" in request.POST else None
            changed = actions.change_search(
                actor=request.user,  # type: ignore[arg-type]
                search_id=pk,
                name=name,
                frequency=form.cleaned_data["frequency"],
            )
            messages.success(request, _("The search “%(name)s” is changed.") % {"name": changed.name})
            return _account(SEARCHES)
    query = query_of(search)
    return _form_page(
        request,
        form,
        search=search,
        chips=in_words(query),
        count=counts_now([query])[0],
        back=f"{reverse('accounts:account')}#{SEARCHES}",
    )


@login_required
@for_posts
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        name = actions.delete_search(actor=request.user, search_id=pk)  # type: ignore[arg-type]
    except NotVisible as error:
        return page_not_found(request, error)
    messages.success(request, _("The search “%(name)s” is deleted.") % {"name": name})
    return _account(SEARCHES)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a project. Opened by a link, it asks first: so does who came by way of the sign-in."""
    project = Project.objects.exclude(status=ProjectStatus.DRAFT).filter(code=code).first()
    if project is None:
        return page_not_found(request, NotVisible(""))
    language = get_language() or "vi"
    words = words_for([project], language)[project.pk]
    if request.method == "POST":
        try:
            actions.follow_project(actor=request.user, code=code)  # type: ignore[arg-type]
        except OperationError as error:
            messages.error(request, error.message)
            return _account(FOLLOWS)
        messages.success(request, _("You follow this project. You get an e-mail when something about it changes."))
        return HttpResponseRedirect(words.url)
    is_followed = ProjectFollow.objects.filter(user=request.user, project=project).exists()  # type: ignore[misc]
    context = {"project": project, "words": words, "is_followed": is_followed}
    return render(request, "search/follow.html", context)


@login_required
@for_posts
def unfollow(request: HttpRequest, code: str) -> HttpResponse:
    try:
        project = actions.unfollow_project(actor=request.user, code=code)  # type: ignore[arg-type]
    except NotVisible as error:
        return page_not_found(request, error)
    messages.success(request, _("You do not follow %(project)s any more.") % {"project": project})
    if request.POST.get("from") == "project":
        return HttpResponseRedirect(words_for([project], get_language() or "vi")[project.pk].url)
    return _account(FOLLOWS)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """List-Unsubscribe: ask on GET, since programs open links; stop on POST, by a person or a mail program (RFC 8058).

    No sign-in and no CSRF token: the signed link is the right to stop these mails, and a mail program sends neither.
    """
    found = StopToken.read(token)
    if found is None:
        return render(request, "search/stop.html", {"is_broken": True}, status=404)
    what = _what_stops(found)
    is_post = request.method == "POST"
    if is_post:
        actions.stop(found)
    context = {"what": what, "stopped": is_post or not what, "is_follow": found.kind == Kind.FOLLOW}
    return render(request, "search/stop.html", context)


def _what_stops(token: StopToken) -> list[str]:
    """Names of the searches or the project whose mails the link stops; nothing once they are stopped."""
    if token.kind == Kind.FOLLOW:
        return [str(one.project) for one in ProjectFollow.objects.filter(pk=token.pk).select_related("project")]
    return [search.name for search in actions.searches_of(token)]


def _instead(query: ProjectQuery) -> dict[str, str]:
    """The search with its words as the list corrects them, and the way to save that."""
    corrected = corrected_now(query)
    if not corrected:
        return {}
    return {"words": corrected, "url": f"{reverse('saved:new')}?{normal_form(replace(query, q=corrected))}"}


def _saved(request: HttpRequest, form: SearchForm, query: str, locale: str) -> SavedSearch | None:
    """The search that a form has saved, or None with the reason in the form."""
    try:
        search, is_new = actions.save_search(
            actor=request.user,  # type: ignore[arg-type]
            query=query,
            locale=locale,
            **form.cleaned_data,
        )
    except TooMany:
        raise
    except OperationError as error:
        carry_errors(form, error)
        return None
    said = _("The search “%(name)s” is saved.") if is_new else _("The search “%(name)s” is changed.")
    messages.success(request, said % {"name": search.name})
    return search


def _form_page(request: HttpRequest, form: SearchForm, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "search/saved_search.html", {"form": form, **context}, status=status)


def _account(section: str) -> HttpResponse:
    response = redirect("accounts:account")
    response["Location"] += f"#{section}"
    return response
