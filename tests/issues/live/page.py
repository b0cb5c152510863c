"""A small page with the live script, as pages of the product use it: addresses for a test."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.static import serve

from config.urls import urlpatterns as product
from issues.models import Ticket

_ASSETS = Path(__file__).parents[3] / "assets" / "dist"
_PAGE = """<!doctype html><html lang="vi"><head><title>x</title><link rel="icon" href="data:,">
<script src="/assets/js/htmx.js" defer></script><script src="/assets/js/live.js" defer></script></head>
<body><span class="live" data-live="off" hidden data-text-on="Live"
data-text-retry="Retry {{time}}"
data-text-off="Off"></span>
<p aria-live="polite" data-live-announce data-labels='{{"ticket.submitted": "{{ticket}} came in"}}'></p>
<main data-live-topics="public">{rows}</main></body></html>"""
_ROWS = """<section id="rows" data-live-refresh="/page/rows/" data-live-types="ticket.">
<ul>{items}</ul><details><summary>More</summary>…</details><input name="note"></section>"""


def rows(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_rows())


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_PAGE.format(rows=_rows()))


def _rows() -> str:
    items = "".join(
        f'<li id="t{ticket.pk}">{ticket.code}: {ticket.last_seq}</li>' for ticket in Ticket.objects.order_by("id")
    )
    return _ROWS.format(items=items)


urlpatterns = [
    path("page/", page),
    path("page/rows/", rows),
    re_path(r"^assets/(?P<path>.*)$", serve, {"document_root": _ASSETS}),
    *product,
]
