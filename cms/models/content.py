from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import body_blocks
from cms.models.copying import CopyInLanguageForm
from cms.models.translated import TranslatedTitle


class ContentPage(TranslatedTitle, Page):
    """An ordinary page of words: who the task force is, how something works, what the rules are."""

    class FooterGroup(models.TextChoices):
        NONE = "", _("Not in the footer")
        ABOUT = "about", _("About Trong Ngày")
        HELP = "help", _("Help")

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title; search engines and link previews show them too."),
    )
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    footer_group = models.CharField(
        _("place in the footer"),
        max_length=10,
        choices=FooterGroup.choices,
        default=FooterGroup.NONE,
        blank=True,
        help_text=_("Every page of the site links to the pages of these groups."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, MultiFieldPanel([FieldPanel("footer_group")], heading=_("Footer"))]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    template = "cms/content_page.html"
    copy_form_class = CopyInLanguageForm
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
