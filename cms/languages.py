"""The language of a page without asking the database on every request: locales hardly ever change."""

from django.core.cache import cache
from wagtail.models import Page

_KEPT_SECONDS = 3600


def language_of(page: Page) -> str:
    """The code of the page's language, such as "vi"."""
    if page._state.fields_cache.get("locale") is not None:
        return str(page.locale.language_code)
    return str(cache.get_or_set(f"cms.language.{page.locale_id}", lambda: page.locale.language_code, _KEPT_SECONDS))
