"""Makes the tree of pages that a site needs, in both languages. Safe to run again: existing pages are not changed."""

from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms import navigation, translations
from cms.models import ContentPage, HomePage, ProjectIndexPage, SiteWords
from cms.starter import CONTENT, HOME, INDEX, SITE_WORDS
from cms.starter.words import StarterPair

SOURCE = "vi"


def translation_key(key: str) -> UUID:
    """The translation key of a starting page: always the same, so that a second run finds it."""
    return uuid5(NAMESPACE_URL, f"trong-ngay/{key}")


@transaction.atomic
def setup_site() -> Site:
    """Create the locales, the home pages, the lists of projects, the first content pages and the site itself."""
    root = Page.get_first_root_node()
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    homes = {locale: _page(HomePage, HOME, root, locale) for locale in _locales()}
    for locale, home in homes.items():
        _page(ProjectIndexPage, INDEX, home, locale)
        for pair in CONTENT:
            _page(ContentPage, pair, home, locale)
    site = _site(next(home for locale, home in homes.items() if locale.language_code == SOURCE))
    SiteWords.objects.get_or_create(site=site, defaults=SITE_WORDS)
    translations.record_missing(SOURCE)
    navigation.forget()
    return site


def project_index(language: str) -> ProjectIndexPage:
    """The list of projects in a language. Raises DoesNotExist before `setup_site`."""
    index: ProjectIndexPage = ProjectIndexPage.objects.get(
        translation_key=translation_key(INDEX.key), locale__language_code=language
    )
    return index


def _locales() -> list[Locale]:
    """The source language first: translations point to it."""
    return sorted(Locale.objects.all(), key=lambda locale: locale.language_code != SOURCE)


def _page(model: type[Page], pair: StarterPair, parent: Page, locale: Locale) -> Page:
    key = translation_key(pair.key)
    existing = model.objects.filter(translation_key=key, locale=locale).first()
    if existing is not None:
        return existing
    words = pair.in_language(locale.language_code)
    page = model(title=words.title, slug=words.slug, locale=locale, translation_key=key, **words.fields)
    for name, blocks in words.streams.items():
        setattr(page, name, model._meta.get_field(name).stream_block.to_python(blocks))
    if hasattr(page, "summary"):
        page.search_description = page.summary
    parent.add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def _site(home: Page) -> Site:
    """The default site on our home page; the page that a fresh Wagtail brings goes."""
    address = urlsplit(settings.TN_SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    former = site.root_page if site.root_page_id else None
    if former is None or not isinstance(former.specific, HomePage):
        site.root_page = home
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
        if former is not None and former.slug == "home" and former.depth == 2 and former.specific_class is Page:
            former.delete()
    return site
