from django.utils.translation import gettext as _


class TranslatedTitle:
    """Puts it beside the title in lists of the administration when the source of a translation has changed."""

    def get_admin_display_title(self) -> str:
        title: str = super().get_admin_display_title()  # type: ignore[misc]
        # Set by `cms.translations.mark_changed` in lists alone, so that a title costs no query.
        if vars(self).get("source_changed"):
            return _("{title} (the source has changed)").format(title=title)
        return title
