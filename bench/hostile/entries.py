"""Where text comes in: functions that every text passes, and whole requests."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from types import SimpleNamespace
from typing import Any

from bench.hostile.searching import searches
from bench.hostile.shapes import HTML, SOME, TEXTS, Shape

_PREFIX = "/api/v1"
_NO_LIMIT = 10_000_000  # characters


@dataclass(frozen=True)
class Entry:
    """One way in; `take` is given a text and may refuse it."""

    name: str
    take: Callable[[str], Any]
    shapes: Mapping[str, Shape]


def entries(force: Any) -> Iterator[Entry]:
    """Every way in. `force`: the people of the tests."""
    for name, take in (_functions() | searches()).items():
        yield Entry(name, partial(_refusing, take), TEXTS)
    for name, take in _requests(force).items():
        yield Entry(name, partial(_refusing, take), SOME)
    for name, take in _mails().items():
        yield Entry(name, partial(_refusing, take), TEXTS | HTML)


def _functions() -> dict[str, Callable[[str], Any]]:
    """What texts pass, mostly without a limit of length before it."""
    from accounts.tax_code import clean_tax_code  # noqa: PLC0415 - Django is set up first
    from core import text as texts  # noqa: PLC0415
    from core.forms import CleanCharField  # noqa: PLC0415
    from core.readable_codes import clean_code  # noqa: PLC0415
    from investment import filters, places  # noqa: PLC0415
    from issues.actions.conversation import file_name  # noqa: PLC0415
    from issues.actions.fields import Fields  # noqa: PLC0415
    from issues.admin.periods import read_periods  # noqa: PLC0415
    from issues.live.opening import Wish  # noqa: PLC0415
    from issues.mail.reply_address import ReplyAddress  # noqa: PLC0415
    from issues.routing import tokens as routing  # noqa: PLC0415
    from issues.routing.alike import likeness  # noqa: PLC0415
    from issues.sentences import reply_placeholders  # noqa: PLC0415
    from issues.templatetags.mentions import with_mentions  # noqa: PLC0415
    from issues.webhooks.address import parse as webhook_address  # noqa: PLC0415

    old_places = places.OldPlaces([{"code": "W", "name": "Xã A", "legacy_wards": "Xã B, Huyện C"}])
    return {
        "clean": texts.clean,
        "fold": texts.fold,
        "words": texts.words,
        "NFKC": partial(texts.normal, form="NFKC"),
        "length as it came in": lambda text: texts.is_longer(text, len(text) * 2 // 3),
        "form: a field": CleanCharField(max_length=_NO_LIMIT).to_python,
        "form: a field that refuses it": CleanCharField(max_length=300).to_python,
        "form: a field without a limit": CleanCharField().to_python,
        "action: a field": lambda text: Fields().text("body", text, longest=_NO_LIMIT),
        "action: a field that refuses it": lambda text: Fields().text("title", text, longest=300),
        "routing: words": routing.read,
        "routing: one word": routing.marked,
        "routing: likeness": lambda text: likeness(text, ["Hỏi về giấy phép"]),
        "projects: filters": lambda text: filters.parse(
            {name: [text] for name in ("q", "ward", "province", "sector", "area_min", "page", "sort")}, locale="vi"
        ),
        "projects: places": lambda text: old_places.find(f"{text} xã B, huyện C (nay xã {text})"),
        "mentions, shown": lambda text: with_mentions(text, ["Cán bộ 1", "Cán bộ 12"]),
        "saved reply": reply_placeholders.unknown_placeholders,
        "file name": file_name,
        "tax code": clean_tax_code,
        "follow-up code": clean_code,
        "opening hours": read_periods,
        "webhook address": lambda text: webhook_address(f"https://{text}/"),
        "reply address": lambda text: ReplyAddress.read(f"reply+{text}@example.vn"),
        "socket: its address": lambda text: Wish.of(f"topic={text}&after={text}".encode("utf-8", "replace")),
    }


def _refusing(take: Callable[[str], Any], text: str) -> Any:
    """A refusal is an answer, too."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from core.errors import OperationError  # noqa: PLC0415
    from issues.webhooks.address import AddressRefused  # noqa: PLC0415

    try:
        return take(text)
    except (OperationError, ValidationError, AddressRefused, UnicodeError):
        return None


def _mails() -> dict[str, Callable[[str], Any]]:
    from issues.mail.inbound import incoming  # noqa: PLC0415

    def mail(kind: str, text: str) -> bytes:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.vn", "b@example.vn", "Re"
        message.set_content(text.encode("utf-8", "replace").decode(), subtype=kind)
        return bytes(message)

    def head(text: str) -> bytes:
        line = text.encode("utf-8", "replace").replace(b"\r", b" ").replace(b"\n", b" ")
        return b"From: " + line + b" <a@example.vn>\nTo: " + line + b"\nSubject: " + line + b"\n\nx\n"

    return {
        "mail: text": lambda text: incoming.read(mail("plain", text)).text,
        "mail: HTML": lambda text: incoming.read(mail("html", text)).text,
        "mail: header lines": lambda text: incoming.read(head(text)).text,
    }


def _requests(force: Any) -> dict[str, Callable[[str], Any]]:
    """Whole requests, as they pass the middleware, the views and the actions."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests.factories.issues import make_ticket  # noqa: PLC0415

    def browser(user: Any = None) -> Client:
        client = Client(HTTP_HOST="localhost")
        if user is not None:
            client.force_login(user)
        return client

    ticket = make_ticket(filer=force.filer, agency=force.construction, status="in_progress", code="KN-2026-9999")
    people = SimpleNamespace(
        nobody=browser(),
        filer=browser(force.filer),
        officer=browser(force.officer),
        coordinator=browser(force.coordinator),
    )
    page = f"/vi/tickets/{ticket.code}"

    def form(who: str, address: str, *names: str, **more: str) -> Callable[[str], Any]:
        return lambda text: _post(getattr(people, who), address, {**dict.fromkeys(names, text), **more})

    def body(who: str, address: str, *names: str, **more: Any) -> Callable[[str], Any]:
        return lambda text: getattr(people, who).post(
            _PREFIX + address, json.dumps(dict.fromkeys(names, text) | more), content_type="application/json"
        )

    def ask(who: str, address: str, *names: str) -> Callable[[str], Any]:
        return lambda text: getattr(people, who).get(address, dict.fromkeys(names, _utf8(text)))

    def company(text: str) -> dict[str, str]:
        return dict.fromkeys(("tax_code", "name", "contact", "phone", "email", "language"), text)

    proposal = ("title", "body", "ward", "project", "category", "kind")
    return {
        "POST preview of a proposal": form("nobody", "/vi/tickets/new/preview/", *proposal),
        "POST proposal, not signed in": form("nobody", "/vi/tickets/new/", *proposal),
        "POST proposal, kept": form("nobody", "/vi/tickets/new/draft/", *proposal),
        "POST proposal": form("filer", "/vi/tickets/new/", *proposal),
        "POST proposal for an enterprise": form(
            "officer", "/vi/tickets/new/", *proposal, "tax_code", "name", "contact", "phone", "email", assist="1"
        ),
        "POST message": form("filer", f"{page}/message/", "body"),
        "POST message, not signed in": form("nobody", f"{page}/message/", "body", "part", "typed_by"),
        "POST note with mentions": form("officer", f"{page}/note/", "body"),
        "POST message, kept": form("filer", f"{page}/message/save/", "body"),
        "POST presence": form("officer", f"{page}/presence/", "tab", "doing"),
        "POST follow": form("nobody", "/vi/follow/", "code", "follow_up_code", "tax_code"),
        "POST sign in": form("nobody", "/vi/account/login/", "login", "password", "next"),
        "POST sign up": form("nobody", "/vi/account/signup/", "email", "password1", "password2", "name", "tax_code"),
        "POST settings": form("filer", "/vi/account/settings/", "name", "phone"),
        "POST saved reply": form("officer", "/vi/replies/", "title", "body"),
        "POST undo": form("filer", "/vi/undo/", "token", "next"),
        "POST names of fields": lambda text: _post(people.nobody, "/vi/tickets/new/", {text: "x"}),
        "POST file name": lambda text: people.filer.post(
            f"{_PREFIX}/tickets/{ticket.code}/attachments", {"file": SimpleUploadedFile(f"{_utf8(text)}.txt", b"x")}
        ),
        "JSON preview": body("filer", "/tickets/preview", "title", "body", "ward", "project", "category"),
        "JSON proposal": body("filer", "/tickets", *proposal),
        "JSON proposal for an enterprise": lambda text: body("officer", "/tickets", on_behalf_of=company(text))("x"),
        "JSON message": body("filer", f"/tickets/{ticket.code}/messages", "body", "internal_to"),
        "JSON note": body("officer", f"/tickets/{ticket.code}/messages", "body", visibility="internal"),
        "JSON transition": body(
            "officer",
            f"/tickets/{ticket.code}/transitions/resolve",
            "answer",
            "legal_basis",
            kind="solved",
        ),
        "JSON names of fields": lambda text: people.filer.post(
            f"{_PREFIX}/tickets", json.dumps({text: {text: text}}), content_type="application/json"
        ),
        "JSON itself": lambda text: people.filer.post(
            f"{_PREFIX}/tickets", text.encode("utf-8", "replace"), content_type="application/json"
        ),
        "header Idempotency-Key": lambda text: people.filer.post(
            f"{_PREFIX}/tickets", "{}", content_type="application/json", headers={"Idempotency-Key": text}
        ),
        "header Accept-Language": lambda text: people.nobody.get("/vi/follow/", headers={"Accept-Language": text}),
        "header Accept": lambda text: people.nobody.get(f"{_PREFIX}/stats", headers={"Accept": text}),
        "header If-None-Match": lambda text: people.nobody.get("/vi/follow/", headers={"If-None-Match": text}),
        "header X-Forwarded-For": lambda text: people.nobody.get("/vi/follow/", headers={"X-Forwarded-For": text}),
        "header Authorization": lambda text: people.nobody.get(
            f"{_PREFIX}/tickets", headers={"Authorization": f"Bearer {text}"}
        ),
        "GET path": lambda text: people.nobody.get(f"/vi/{_utf8(text)}/"),
        "GET path of the interface": lambda text: people.filer.get(f"{_PREFIX}/tickets/{_utf8(text)}"),
        "GET search": ask("nobody", "/vi/search/", "q", "kind", "page"),
        "GET answers": ask("nobody", "/vi/answers/", "q", "agency", "category", "page"),
        "GET proposal begun by a link": ask("nobody", "/vi/tickets/new/", "title", "project", "kind"),
        "GET list of tickets": ask("coordinator", f"{_PREFIX}/tickets", "q", "agency"),
        "GET projects": ask("nobody", f"{_PREFIX}/projects", "q", "ward", "province", "sector", "area_min"),
        "GET suggestions": ask("nobody", f"{_PREFIX}/suggest", "q"),
        "GET events": ask("nobody", f"{_PREFIX}/events", "topic", "after"),
        "GET board": ask("coordinator", "/vi/board/", "q", "agency", "people"),
        "GET own proposals": ask("filer", "/vi/tickets/", "q", "show", "page"),
        "GET sign in, next": ask("nobody", "/vi/account/login/", "next"),
    }


def _utf8(text: str) -> str:
    """As a browser would send it: no half characters."""
    return text.encode("utf-8", "replace").decode()


def _post(client: Any, address: str, values: Mapping[str, str]) -> Any:
    from urllib.parse import urlencode  # noqa: PLC0415

    content = urlencode({_utf8(name): _utf8(value) for name, value in values.items()})
    return client.post(address, content, content_type="application/x-www-form-urlencoded")
