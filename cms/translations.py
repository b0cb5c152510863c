"""Which page is the translation of which, and whether its source has changed since somebody compared the two.

The rows are those of wagtail-localize (`Translation` and its source). A translation that is `enabled` is kept string by
string in the editor of wagtail-localize. The pages that the product brings were written whole, in both languages:
their rows are not enabled, and only remember which source they were compared with, and when.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringTranslation, TranslatableObject, Translation, TranslationSource

_BATCH = 100


def record_missing(source_language: str) -> int:
    """Add the rows of pages that have a translation and no row yet; returns how many.

    The source is the page in `source_language`. It counts as compared when the translation was last published.
    """
    known = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    written = Page.objects.filter(depth__gt=1, alias_of=None)
    sources = written.filter(locale__language_code=source_language).exclude(Exists(known))
    targets: dict[object, list[Page]] = {}
    for page in written.exclude(locale__language_code=source_language).filter(
        translation_key__in=sources.values("translation_key")
    ):
        targets.setdefault(page.translation_key, []).append(page)
    translated = sources.filter(translation_key__in=list(targets)).specific()
    rows = [_source(page, targets[page.translation_key]) for page in translated]
    _create(rows, targets)
    return len(rows)


def _source(page: Page, targets: Iterable[Page]) -> TranslationSource:
    return TranslationSource(
        object_id=page.translation_key,
        specific_content_type_id=page.content_type_id,
        locale_id=page.locale_id,
        object_repr=str(page)[:200],
        content_json=page.to_json(),
        last_updated_at=min((_written_at(target) for target in targets), default=timezone.now()),
    )


def _written_at(page: Page) -> datetime:
    return page.last_published_at or page.latest_revision_created_at or timezone.now()


def _create(rows: list[TranslationSource], targets: dict[object, list[Page]]) -> None:
    of_pages = ContentType.objects.get_for_model(Page)
    keys = [TranslatableObject(translation_key=row.object_id, content_type=of_pages) for row in rows]
    TranslatableObject.objects.bulk_create(keys, batch_size=_BATCH, ignore_conflicts=True)
    for row in TranslationSource.objects.bulk_create(rows, batch_size=_BATCH):
        Translation.objects.bulk_create(
            Translation(
                source=row,
                target_locale_id=target.locale_id,
                enabled=False,
                destination_last_updated_at=target.last_published_at,
            )
            for target in targets[row.object_id]
        )


def with_state(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """The translations that have a page on both sides, each with both pages and `changed`.

    Adds target_page, target_title, source_page, source_title, source_published_at and changed: whether the source was
    published after the two were compared.
    """
    source = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("source__locale_id"), alias_of=None
    )
    target = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id"), alias_of=None
    )
    return (
        rows.annotate(
            source_page=Subquery(source.values("pk")[:1]),
            source_title=Subquery(source.values("draft_title")[:1]),
            source_published_at=Subquery(source.values("last_published_at")[:1]),
            target_page=Subquery(target.values("pk")[:1]),
            target_title=Subquery(target.values("draft_title")[:1]),
        )
        .filter(source_page__isnull=False, target_page__isnull=False)
        .annotate(changed=Q(source_published_at__gt=F("source__last_updated_at")))
        .select_related("source__locale", "target_locale")
    )


def of_page(page: Page) -> Translation | None:
    """The row that says what a page is the translation of, `with_state`; None for a page that is no translation."""
    rows = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
    return with_state(rows).first()


def mark_changed(pages: PageQuerySet) -> PageQuerySet:
    """The pages with `source_changed`, without a further query."""
    newer = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale_id=OuterRef("source__locale_id"),
        last_published_at__gt=OuterRef("source__last_updated_at"),
    )
    rows = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id")
    )
    return pages.annotate(source_changed=Exists(rows.filter(Exists(newer))))


def compare_now(translation: Translation) -> None:
    """Somebody has compared the translation with its source as it is published now."""
    source = translation.source
    page = source.get_source_instance()
    source.content_json, source.object_repr = page.to_json(), str(page)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "object_repr", "last_updated_at"])


def compared_revision(translation: Translation) -> Revision | None:
    """The revision of the source that the translation was compared with, where Wagtail has kept one."""
    page = Page.objects.get(pk=vars(translation)["source_page"])
    known = page.revisions.filter(created_at__lte=translation.source.last_updated_at)
    return known.order_by("-created_at", "-pk").first()


def has_strings(page: Page) -> bool:
    """Whether the page was translated string by string, so that wagtail-localize can go on from there."""
    translated = StringTranslation.objects.filter(context__object_id=page.translation_key, locale_id=page.locale_id)
    return translated.exists()
