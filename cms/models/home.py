from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms import home_sections
from cms.blocks import MilestoneBlock, WayBlock
from cms.languages import language_of
from cms.models.copying import NotCopied
from cms.models.translated import TranslatedTitle


class HomePage(NotCopied, TranslatedTitle, Page):
    """The home page: the promise of today, the projects, the latest answers, how to file."""

    opening_title = models.CharField(
        _("opening"), max_length=160, help_text=_("The promise in one line. It is the largest text of the site.")
    )
    opening_words = models.TextField(_("opening words"), max_length=500, blank=True)
    projects_words = models.TextField(
        _("words beside the projects"),
        max_length=400,
        blank=True,
        help_text=_("Say where the facts come from. The numbers of projects are counted and put before this text."),
    )
    milestones_words = models.TextField(_("words beside the time marks"), max_length=400, blank=True)
    milestones = StreamField([("milestone", MilestoneBlock())], verbose_name=_("time marks"), blank=True, max_num=6)
    ways_title = models.CharField(_("heading of the ways to file"), max_length=120, blank=True)
    ways_words = models.TextField(_("words beside the ways to file"), max_length=400, blank=True)
    ways = StreamField([("way", WayBlock())], verbose_name=_("ways to file"), blank=True)
    notice = StreamField(
        [("notice", blocks.RichTextBlock(label=_("Notice"), features=["bold", "link"]))],
        verbose_name=_("notice"),
        blank=True,
        max_num=1,
        help_text=_("For closures and other things that everybody must know. Remove it when it is over."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("notice"),
        MultiFieldPanel([FieldPanel("opening_title"), FieldPanel("opening_words")], heading=_("Opening")),
        FieldPanel("projects_words"),
        MultiFieldPanel([FieldPanel("milestones_words"), FieldPanel("milestones")], heading=_("Time marks")),
        MultiFieldPanel(
            [FieldPanel("ways_title"), FieldPanel("ways_words"), FieldPanel("ways")], heading=_("Ways to file")
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("opening_title"), index.SearchField("opening_words")]

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ProjectIndexPage", "cms.ContentPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at a path, in the language of the address.

        Wagtail falls back to the home page of another language where the one that was asked for is not published, and
        with it to that language's whole tree. Here the translation answers for itself: 404 where it is a draft.
        """
        if language_of(self) == get_language():
            return super().route(request, path_components)
        home = HomePage.objects.filter(
            translation_key=self.translation_key, locale__language_code=get_language()
        ).first()
        if home is None:
            raise Http404
        return home.route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | home_sections.sections(request, language_of(self))
