"""What people do with saved searches and followed projects. Everybody who is signed in may; each sees their own."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, limits
from core.errors import Invalid, NotPossible, NotVisible
from core.text import beginning
from core.visible import has_visible
from investment.models import Project, ProjectStatus
from investment.project_query import ProjectQuery
from search.models import ProjectFollow, SavedSearch, SavedSearchItem
from search.saved import follows
from search.saved.listing import MOST_CHARACTERS, NAME_MAX, key_of, name_for, normal_form, query_of, read
from search.saved.running import found_now
from search.saved.stop_token import Kind, StopToken

Frequency = SavedSearch.Frequency


def save_search(*, actor: User, query: str, locale: str, frequency: str, name: str = "") -> tuple[SavedSearch, bool]:
    """Keep a query of the list, named by itself where `name` is empty; returns it, and whether it is new.

    One that the person has already gets the name and frequency. Raises Invalid for a frequency that there is not,
    NotPossible for too many searches, TooMany for saving too often.
    """
    _check(frequency)
    limits.spend("saved_search.person", str(actor.pk))
    asked = read(query, locale)
    text = normal_form(asked)
    if len(text) > MOST_CHARACTERS:
        raise NotPossible(_("This search has too many filters to be saved. Remove some first."))
    known = SavedSearch.objects.filter(user=actor, key=key_of(text, asked.locale)).first()
    if known is not None:
        return change_search(actor=actor, search_id=known.pk, name=name or None, frequency=frequency), False
    most = limits.most("saved_searches.person")
    if SavedSearch.objects.filter(user=actor).count() >= most:
        raise NotPossible(_("You have %(count)d saved searches. Delete one first.") % {"count": most})
    search = SavedSearch(
        user=actor,
        name=_name(name) or _automatic_name(asked),
        query=text,
        key=key_of(text, asked.locale),
        locale=asked.locale,
        frequency=frequency,
        known=sorted(found_now(asked)),
    )
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:  # the same form sent twice at the same time
        return SavedSearch.objects.get(user=actor, key=search.key), False
    if frequency != Frequency.NEVER:
        _find_since(search)
    return search, True


def change_search(*, actor: User, search_id: int, name: str | None = None, frequency: str | None = None) -> SavedSearch:
    """Rename a search, or choose how often its mails come. With an empty name it is named after what it looks for.

    Without mails nothing is kept to be sent later: what the search finds in that time counts as seen. Raises Invalid
    for a frequency that there is not, NotVisible for somebody else's search.
    """
    if frequency is not None:
        _check(frequency)
    search = _own(actor, search_id)
    is_woken = search.frequency == Frequency.NEVER and frequency not in (None, Frequency.NEVER)
    seen = found_now(query_of(search)) if is_woken else set()
    with transaction.atomic():
        search = SavedSearch.objects.select_for_update().get(pk=search.pk)
        if name is not None:
            search.name = _name(name) or _automatic_name(query_of(search))
        if seen:
            search.known = sorted({*search.known, *seen})
        if frequency == Frequency.NEVER:
            search.items.filter(mailed_at=None).update(mailed_at=clock.now())
        search.frequency = frequency or search.frequency
        search.save(update_fields=["name", "known", "frequency"])
    return search


def delete_search(*, actor: User, search_id: int) -> str:
    """Delete a search with what it found; returns its name. Raises NotVisible for somebody else's."""
    search = _own(actor, search_id)
    search.delete()
    return search.name


def follow_project(*, actor: User, code: str) -> tuple[Project, bool]:
    """Follow a project; returns it, and whether that is new.

    Raises NotVisible for a draft, NotPossible for too many.
    """
    project = Project.objects.exclude(status=ProjectStatus.DRAFT).filter(code=code).first()
    if project is None:
        raise NotVisible(_("There is no such project."))
    mine = ProjectFollow.objects.filter(user=actor)
    if mine.filter(project=project).exists():
        return project, False
    most = limits.most("followed_projects.person")
    if mine.count() >= most:
        raise NotPossible(_("You follow %(count)d projects. Stop following one first.") % {"count": most})
    with transaction.atomic():
        _lock(project)
        _follow, is_new = ProjectFollow.objects.get_or_create(user=actor, project=project)
        follows.know(project)
    return project, is_new


def unfollow_project(*, actor: User, code: str) -> Project:
    """Stop following; a second time changes nothing. Raises NotVisible where there is no such project."""
    project = Project.objects.filter(code=code).first()
    if project is None:
        raise NotVisible(_("There is no such project."))
    with transaction.atomic():
        _lock(project)
        ProjectFollow.objects.filter(user=actor, project=project).delete()
        follows.forget_unfollowed(project.pk)
    return project


def stop(token: StopToken) -> None:
    """What the signed link of a mail does: no more of these mails. A second time changes nothing."""
    if token.kind == Kind.FOLLOW:
        follow = ProjectFollow.objects.select_related("project").filter(pk=token.pk).first()
        if follow is not None:
            with transaction.atomic():
                _lock(follow.project)
                follow.delete()
                follows.forget_unfollowed(follow.project_id)
        return
    searches = searches_of(token)
    with transaction.atomic():
        SavedSearchItem.objects.filter(search__in=searches, mailed_at=None).update(mailed_at=clock.now())
        SavedSearch.objects.filter(pk__in=[search.pk for search in searches]).update(frequency=Frequency.NEVER)


def searches_of(token: StopToken) -> list[SavedSearch]:
    """The searches whose mails a link stops: of which any mails still come."""
    if token.kind == Kind.SEARCH:
        return list(SavedSearch.objects.filter(pk=token.pk).exclude(frequency=Frequency.NEVER))
    return list(SavedSearch.objects.filter(user_id=token.pk, frequency=token.kind))


def _find_since(search: SavedSearch) -> None:
    """Keep what came into the list while the search was being saved: no round can have asked it about that."""
    now = clock.now()
    since = sorted(found_now(query_of(search)) - set(search.known))
    SavedSearchItem.objects.bulk_create(
        (SavedSearchItem(search=search, object_id=pk, found_at=now) for pk in since), ignore_conflicts=True
    )


def _lock(project: Project) -> None:
    """Following and the last one who stops it wait for each other: the facts that followers know belong to both."""
    Project.objects.select_for_update(of=("self",)).filter(pk=project.pk).first()


def _own(actor: User, search_id: int) -> SavedSearch:
    search = SavedSearch.objects.filter(user=actor, pk=search_id).first()
    if search is None:
        raise NotVisible(_("There is no such saved search."))
    return search


def _check(frequency: str) -> None:
    if frequency not in Frequency.values:
        sentence = _("Choose how often you want to get e-mails.")
        raise Invalid(sentence, fields={"frequency": [sentence]})


def _automatic_name(query: ProjectQuery) -> str:
    return name_for(query) or _("All projects")


def _name(name: str) -> str:
    name = beginning(" ".join(name.split()), NAME_MAX).strip()
    return name if has_visible(name) else ""
