"""Hands what the pages know to the layers below. Imported once, when all models are loaded."""

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms import home_sections, navigation, words
from core import navigation as site_navigation
from investment import catalogue


def connect() -> None:
    """Register words, sections and navigation, and listen for pages that change the navigation."""
    catalogue.register_words(words.read)
    home_sections.register("projects", home_sections.projects)
    home_sections.register("promise", home_sections.promise)
    site_navigation.register(main=navigation.main, footer=navigation.footer)
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(navigation.forget, dispatch_uid="cms.navigation")
