"""What an editor does in Wagtail: forms as they are on the page, with changes."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts.models import Role, User

STREAMS = ("body", "notice", "milestones", "ways", "images", "documents")
SignIn = Callable[[Role], Client]


class _Fields(HTMLParser):
    """The values of a form, as a browser would send them; Draftail and streams apart."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, Any] = {f"{name}-count": "0" for name in STREAMS}
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and name and found.get("type") not in ("submit", "checkbox", "radio", "file"):
            self.data[name] = found.get("value") or ""
        if tag == "textarea" and name:
            self._text, self.data[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.data[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def form_of(client: Client, page: Page, **changes: Any) -> dict[str, Any]:
    """What the editor's form holds, with changes."""
    fields = _Fields()
    fields.feed(client.get(edit_url(page)).content.decode())
    fields.data.pop("q", None)
    return fields.data | changes


def person_of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])
