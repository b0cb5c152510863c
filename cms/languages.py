"""The language of a page, and whether its words are in that language."""

from django.core.cache import cache
from django.db.models import F, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

_KEPT_SECONDS = 3600
# An alias of a page of another language: it stands in one tree and has the words of the other.
_BORROWED = Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale"))


def language_of(page: Page) -> str:
    """The code of the page's language, such as "vi".

    Without asking the database on every request: locales hardly ever change.
    """
    if page._state.fields_cache.get("locale") is not None:
        return str(page.locale.language_code)
    return str(cache.get_or_set(f"cms.language.{page.locale_id}", lambda: page.locale.language_code, _KEPT_SECONDS))


def in_own_words(pages: PageQuerySet) -> PageQuerySet:
    """The pages without those that only show the words of another language."""
    return pages.exclude(_BORROWED)


def is_borrowed(page: Page) -> bool:
    """Whether the page shows the words of another language. No query for a page that is no alias."""
    return page.alias_of_id is not None and page.alias_of.locale_id != page.locale_id
