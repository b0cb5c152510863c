"""A person's settings of the administration, without what is kept elsewhere."""

from typing import Any

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel


class PersonAccountView(AccountView):
    """Wagtail's page without the two halves of a name, which a person has not, and without pictures of people.

    Name, e-mail address and password are changed in the person's own account, which a link leads to.
    """

    def get_panels(self) -> list[Any]:
        kept_elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, kept_elsewhere)]
