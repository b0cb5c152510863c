"""The parts that editors build pages from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
        help_text=_("Sections stand in the table of contents that screen readers offer: do not skip one."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    description = blocks.CharBlock(
        label=_("Description"),
        required=False,
        max_length=250,
        help_text=_("What the picture shows, for those who cannot see it. Blank only for decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/image.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200, help_text=_("Blank: the file's own."))
    dated = blocks.DateBlock(label=_("Date"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "cms/blocks/document.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it, where"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "cms/blocks/callout.html"


class TableBlock(TypedTableBlock):
    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of an ordinary text."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", blocks.RichTextBlock(label=_("Paragraph"), features=RICH_TEXT)),
        ("list", blocks.ListBlock(blocks.RichTextBlock(features=["bold", "italic", "link"]), label=_("List"))),
        ("image", ImageBlock()),
        ("document", DocumentBlock()),
        (
            "table",
            TableBlock([("text", blocks.CharBlock(label=_("Text"), required=False))], required=False),
        ),
        ("quote", QuoteBlock()),
        ("callout", CalloutBlock()),
    ]


class MilestoneBlock(blocks.StructBlock):
    mark = blocks.CharBlock(label=_("Time"), max_length=30)
    words = blocks.TextBlock(label=_("What happens by then"), max_length=300)

    class Meta:
        icon = "time"
        label = _("Time mark")


class WayBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Way"), max_length=80)
    words = blocks.TextBlock(label=_("How it works"), max_length=300)

    class Meta:
        icon = "arrow-right"
        label = _("Way to file")
