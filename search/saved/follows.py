"""Writes the mails about followed projects that changed. Needs no search engine, so nothing of it waits for one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from investment.models import Project
from search.models import AlertMail, ChangedProject, FollowedFacts, ProjectFollow
from search.saved import matching
from search.saved.facts import differences, facts_of, is_overdue

BATCH = 500  # noted changes at a time


def write_mails() -> int:
    """Compare followed projects that changed with what their followers know; returns how many mails were written."""
    written = 0
    while changes := list(ChangedProject.objects.filter(is_followed_up=False).order_by("pk")[:BATCH]):
        projects = {change.project_id for change in changes}
        followed = FollowedFacts.objects.filter(project_id__in=projects).values_list("project_id", flat=True)
        written += sum(_write(pk) for pk in list(followed))
        ChangedProject.objects.filter(pk__in=[change.pk for change in changes]).update(is_followed_up=True)
    return written


def note_overdue() -> int:
    """Note followed projects whose confirmation ran out: time passed, and nothing was saved. Returns how many."""
    followed = FollowedFacts.objects.select_related("project")
    late = [row.project_id for row in followed if is_overdue(row.project) and not row.facts.get("is_overdue")]
    matching.note(late)
    return len(late)


def know(project: Project) -> None:
    """Keep the facts of a project as its followers see them from now on, if nobody followed it before."""
    if not FollowedFacts.objects.filter(project=project).exists():
        FollowedFacts.objects.get_or_create(project=project, defaults={"facts": facts_of(_read([project.pk])[0])})


def forget_unfollowed(project_id: int) -> None:
    """Drop the facts of a project that nobody follows any more."""
    if not ProjectFollow.objects.filter(project_id=project_id).exists():
        FollowedFacts.objects.filter(project_id=project_id).delete()


def _write(project_id: int) -> int:
    """One mail for each follower, if anything is news. The lock lets only one worker find it so."""
    with transaction.atomic():
        row = FollowedFacts.objects.select_for_update().filter(project_id=project_id).first()
        projects = _read([project_id])
        if row is None or not projects:
            return 0
        facts = facts_of(projects[0])
        changes = differences(row.facts, facts)
        if facts != row.facts:
            row.facts = facts
            row.save(update_fields=["facts"])
        if not changes:
            return 0
        follows = ProjectFollow.objects.filter(project_id=project_id, user__is_active=True)
        mails = [
            AlertMail(user_id=follow.user_id, kind=AlertMail.Kind.FOLLOW, follow=follow, changes=changes)
            for follow in follows
        ]
        AlertMail.objects.bulk_create(mails)
    return len(mails)


def _read(ids: Iterable[int]) -> list[Project]:
    projects = Project.objects.filter(pk__in=ids).select_related("ward", "contact_agency")
    return list(projects.prefetch_related("steps"))
