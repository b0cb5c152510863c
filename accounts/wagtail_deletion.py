"""Deleting in the administration what the log or a ticket still names: refused with a sentence."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.users.views.users import DeleteView as UserDeleteView


class KeepingDeleteView(DeleteView):
    """Wagtail's, which would answer with an error where the database protects the row."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except (ProtectedError, RestrictedError):
            messages.error(request, self.kept(self.get_object()))
            return redirect(self.get_success_url())

    def kept(self, row: Any) -> str:
        """Why the row stays."""
        return _("“%(row)s” cannot be deleted: it is still named in proposals or other records.") % {"row": row}


class PersonDeleteView(KeepingDeleteView, UserDeleteView):
    """What people did stays in the log under their name."""

    def kept(self, row: Any) -> str:
        sentence = _("“%(person)s” has acted here and cannot be deleted. Remove the mark “Active” instead.")
        return sentence % {"person": row}
