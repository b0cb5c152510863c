from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms import project_view
from cms.blocks import DocumentBlock, ImageBlock, body_blocks
from cms.languages import language_of
from cms.models.copying import NotCopied
from cms.models.translated import TranslatedTitle
from core.text import fold
from investment.models import Project, ProjectStatus

SLUG_LENGTH = 80


def slug_for(project: Project, title: str) -> str:
    """The code in lower case and the words of the title: `hn-007-khu-do-thi-thong-minh`."""
    return slugify(f"{project.code} {fold(title)}")[:SLUG_LENGTH].strip("-")


class ProjectPage(NotCopied, TranslatedTitle, Page):
    """The words of one project in one language. Its facts stand on the project and are never repeated here."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The facts that this page is about. They are edited under Projects, once for all languages."),
    )
    summary = models.TextField(
        _("summary"), max_length=500, blank=True, help_text=_("One to three sentences. State the year of every number.")
    )
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    images = StreamField([("image", ImageBlock())], verbose_name=_("images"), blank=True)
    documents = StreamField([("document", DocumentBlock())], verbose_name=_("documents"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("project"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("images"),
        FieldPanel("documents"),
    ]
    override_translatable_fields = [SynchronizedField("project", overridable=False), TranslatableField("slug")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.RelatedFields("project", [index.SearchField("code"), index.AutocompleteField("code")]),
        index.FilterField("project_id"),
    ]

    template = "cms/project_page.html"
    parent_page_types = ["cms.ProjectIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    @cached_property
    def facts(self) -> Project:
        """The project with its agencies, read in one query."""
        return Project.objects.select_related("contact_agency", "ward").get(pk=self.project_id)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and self.project_id:  # type: ignore[has-type]
            self.slug = slug_for(self.project, self.title)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.project_id is None or self.locale_id is None:
            return
        twin = ProjectPage.objects.filter(project_id=self.project_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if twin.exists():
            raise ValidationError({"project": _("This project already has a page in this language.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, unless the facts themselves are still a draft."""
        if self.facts.status == ProjectStatus.DRAFT:
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | project_view.context(self.facts, language_of(self))
