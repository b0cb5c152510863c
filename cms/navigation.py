"""Links that editors make: content pages in the footer, the guide in the masthead. Kept until a page changes."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.languages import in_own_words
from cms.models import ContentPage
from core.navigation import Column, Entry

_KEY = "cms.navigation"
_KEPT_SECONDS = 300
GUIDE_SLUG = {"vi": "huong-dan", "en": "guide"}


def main() -> Sequence[Entry]:
    """The guide, where there is one in the active language."""
    guide = next((link for link in _links() if link["slug"] in GUIDE_SLUG.values()), None)
    return [Entry(guide["title"], guide["url"])] if guide else []


def footer() -> Sequence[Column]:
    """A column per footer group that has live pages in the active language."""
    titles = {ContentPage.FooterGroup.ABOUT: "Trong Ngày", ContentPage.FooterGroup.HELP: _("Help")}
    columns = []
    for group, title in titles.items():
        entries = [Entry(link["title"], link["url"]) for link in _links() if link["group"] == group]
        if entries:
            columns.append(Column(title, entries))
    return columns


def forget(**_kwargs: Any) -> None:
    """Read again on the next page: a content page was published, moved or taken down."""
    cache.delete_many([f"{_KEY}.{language}" for language in GUIDE_SLUG])


def _links() -> list[dict[str, str]]:
    language = get_language() or "vi"
    key = f"{_KEY}.{language}"
    links: list[dict[str, str]] | None = cache.get(key)
    if links is None:
        pages = (
            in_own_words(ContentPage.objects.live().public()).filter(locale__language_code=language).order_by("path")
        )
        links = [
            {"title": page.title, "url": page.get_url() or "", "group": page.footer_group, "slug": page.slug}
            for page in pages.exclude(footer_group="").select_related("locale").defer("body")
        ]
        cache.set(key, links, _KEPT_SECONDS)
    return links
