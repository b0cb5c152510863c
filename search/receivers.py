"""Notes changes that affect the index. Each receiver names its sender."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from accounts.models import Agency, Enterprise
from cms.models import ContentPage, HomePage, ProjectIndexPage, ProjectPage
from investment.models import Project, ProjectStep
from issues.models import Ticket
from issues.queries.answers import published_answers
from search import sync
from search.engines.base import Kind
from search.saved import matching
from search.sources import places, procedures


def connect() -> None:
    """Connect every receiver to its sender. Connecting twice changes nothing."""
    for signal in (post_save, post_delete):
        signal.connect(_project_changed, sender=Project, dispatch_uid="search_project")
        signal.connect(_step_changed, sender=ProjectStep, dispatch_uid="search_step")
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction")
    pre_save.connect(_project_leaves, sender=Project, dispatch_uid="search_project_leaves")
    pre_save.connect(_step_renamed, sender=ProjectStep, dispatch_uid="search_step_name")
    post_save.connect(_agency_changed, sender=Agency, dispatch_uid="search_agency")
    pre_save.connect(_agency_renamed, sender=Agency, dispatch_uid="search_agency_name")
    pre_save.connect(_enterprise_renamed, sender=Enterprise, dispatch_uid="search_enterprise")
    # An expired page is saved as a bare Page, whose signal names no type: therefore Wagtail's own signals too.
    for signal in (post_save, post_delete, page_published, page_unpublished):
        signal.connect(_project_page_changed, sender=ProjectPage, dispatch_uid="search_project_page")
        signal.connect(_content_page_changed, sender=ContentPage, dispatch_uid="search_content_page")
    for page_type in (HomePage, ProjectIndexPage, ProjectPage, ContentPage):
        for signal in (page_slug_changed, post_page_move):
            signal.connect(_address_changed, sender=page_type, dispatch_uid="search_address")


def _note_projects(ids: Iterable[int]) -> None:
    """For the index, and for the saved searches and followers, who are asked later."""
    changed = list(ids)
    sync.note(Kind.PROJECT, changed)
    matching.note(changed)


def _project_changed(instance: Project, **kwargs: Any) -> None:
    _note_projects([instance.pk])
    _note_places(instance)


def _project_leaves(instance: Project, **kwargs: Any) -> None:
    """Where it was until now and who was asked about it, and what its steps are, may be without any project now."""
    if _differs(instance, "province", "ward_id", "status", "contact_agency_id"):
        was = Project.objects.get(pk=instance.pk)
        _note_places(was)
        sync.note(Kind.PROCEDURE, {procedures.procedure_id(step) for step in was.steps.all()})


def _note_places(project: Project) -> None:
    """The places of a project, and the agencies whose documents lead to it."""
    sync.note(Kind.PLACE, places.ids_of(project))
    sync.note(Kind.AGENCY, {pk for pk in (project.ward_id, project.contact_agency_id) if pk})


def _step_changed(instance: ProjectStep, **kwargs: Any) -> None:
    sync.note(Kind.PROCEDURE, [procedures.procedure_id(instance)])
    _note_projects([instance.project_id])


def _agency_changed(instance: Agency, created: bool, **kwargs: Any) -> None:
    """The names of a ward and of a contact agency are words of their projects."""
    sync.note(Kind.AGENCY, [instance.pk])
    if not created:
        sync.note(Kind.PLACE, [instance.pk])
        theirs = Project.objects.filter(Q(ward=instance) | Q(contact_agency=instance))
        _note_projects(theirs.values_list("pk", flat=True))


def _agency_renamed(instance: Agency, **kwargs: Any) -> None:
    """Its names are words of its tickets and answers, of which there may be very many: only where they change."""
    if _differs(instance, "name_vi", "name_en", "abbr"):
        coordinated = Ticket.coordinating_agencies.through.objects.filter(agency=instance).values("ticket_id")
        theirs = Q(lead_agency=instance) | Q(ward=instance) | Q(pk__in=coordinated)
        sync.note(Kind.TICKET, Ticket.objects.filter(theirs).order_by().values_list("pk", flat=True))
        sync.note(Kind.ANSWER, published_answers().filter(lead_agency=instance).values_list("pk", flat=True))


def _enterprise_renamed(instance: Enterprise, **kwargs: Any) -> None:
    if _differs(instance, "name", "tax_code"):
        sync.note(Kind.TICKET, Ticket.objects.filter(enterprise=instance).order_by().values_list("pk", flat=True))


def _differs(instance: Model, *names: str) -> bool:
    """Whether the row in the database says something else; a new one changes nothing that was there."""
    row = type(instance)._default_manager.filter(pk=instance.pk).values(*names).first() if instance.pk else None
    return row is not None and any(row[name] != getattr(instance, name) for name in names)


def _project_page_changed(instance: ProjectPage, **kwargs: Any) -> None:
    _note_projects([instance.project_id])


def _content_page_changed(instance: ContentPage, **kwargs: Any) -> None:
    sync.note(Kind.PAGE, [instance.pk])


def _address_changed(instance: Page, **kwargs: Any) -> None:
    """The addresses of the pages below have changed too."""
    _note_tree(instance)


def _step_renamed(instance: ProjectStep, **kwargs: Any) -> None:
    if _differs(instance, "name_vi"):
        sync.note(Kind.PROCEDURE, [procedures.procedure_id(ProjectStep.objects.get(pk=instance.pk))])


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction holds for the pages below too."""
    _note_tree(instance.page)


def _note_tree(page: Page) -> None:
    below = Q(path__startswith=page.path)
    _note_projects(ProjectPage.objects.filter(below).values_list("project_id", flat=True).distinct())
    sync.note(Kind.PAGE, ContentPage.objects.filter(below).values_list("pk", flat=True))
