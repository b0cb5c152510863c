"""Which pages may be copied. A copy that breaks what a page stands for is not offered."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import PagePermissionTester


class _NeverCopied(PagePermissionTester):
    def can_copy(self) -> bool:
        return False


class NotCopied:
    """For page types that stand once in each language: a home page, the list of projects, the page of a project."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _NeverCopied(user, self)


class CopyInLanguageForm(CopyForm):
    """A copy keeps its language, so it must stay among the pages of that language."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("new_parent_page")
        if parent is not None and parent.locale_id != self.page.locale_id:
            self.add_error("new_parent_page", _("Choose a page of the same language."))
        return dict(cleaned)
