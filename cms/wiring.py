"""Registers what the layers below need from the pages. Imported once, when all models are loaded."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from accounts import groups
from accounts.models import Role
from cms import home_sections, home_tickets, navigation, words
from cms.admin import exports
from core import navigation as site_navigation
from investment import catalogue

_EDITS = [
    f"investment.{verb}_{model}" for model in ("project", "projectstep") for verb in ("view", "add", "change")
] + ["wagtail_localize.submit_translation"]


def connect() -> None:
    """Register words, sections, navigation and rights, and listen for pages that change the navigation."""
    exports.connect()
    groups.allow(Role.EDITOR, *_EDITS)
    groups.allow(Role.PUBLISHER, *_EDITS, "investment.delete_projectstep", "cms.change_sitewords")
    catalogue.register_words(words.read)
    home_sections.register("projects", home_sections.projects)
    home_sections.register("promise", home_sections.promise)
    home_sections.register("band", home_tickets.band)
    home_sections.register("answers", home_tickets.answers)
    home_sections.register("indices", home_tickets.figures)
    site_navigation.register(main=navigation.main, footer=navigation.footer)
    for restriction_signal in (post_save, post_delete):
        restriction_signal.connect(navigation.forget, sender=PageViewRestriction, dispatch_uid="cms.navigation")
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(navigation.forget, dispatch_uid="cms.navigation")
