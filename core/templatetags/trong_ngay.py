"""`{% load trong_ngay %}`: icons, numbers and times by language, and the parts of the masthead."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, Form
from django.template.context import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import clock, controls, navigation, wording
from core.today import Today

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our sprite (assets/icons.txt). Without a label it is hidden from screen readers."""
    sprite = static("icons.svg")
    if label:
        return format_html('<svg class="bi" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name)
    return format_html('<svg class="bi" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


def _shown(text: str | None) -> SafeString:
    """A value, or the words for a fact that is not known."""
    if text is None:
        return format_html('<span class="blank">{}</span>', wording.blank())
    return format_html('<span class="num">{}</span>', text)


@register.simple_tag
def money(billion: Any = None, usd_million: Any = None) -> SafeString:
    """Capital from VND billion and USD million: "8.000 tỷ đồng", "VND 8,000 billion"."""
    return _shown(wording.money(billion, usd_million))


@register.simple_tag
def area(hectares: Any = None) -> SafeString:
    return _shown(wording.area(hectares))


@register.filter
def number(value: Any, digits: int = 2) -> str:
    return wording.number(value, digits=digits) or wording.blank()


@register.filter
def percent(share: Any) -> str:
    return wording.percent(share) or wording.blank()


@register.filter
def file_size(size: int) -> str:
    return wording.file_size(size)


@register.filter
def or_blank(value: Any) -> Any:
    """The value, or "chưa công bố" where the source says nothing."""
    return value if value not in (None, "") else _shown(None)


@register.filter
def duration(amount: Any, style: str = "") -> str:
    """Working time in words; `style` "brief" leaves out the last unit's word."""
    return wording.duration(amount, brief=style == "brief") or ""


def _clock(context: Context) -> str:
    user = context.get("user")
    return getattr(user, "time_format", None) or "24"


def _time_element(moment: date | datetime | None, text: str | None) -> SafeString:
    if moment is None or text is None:
        return _shown(None)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)


@register.simple_tag(takes_context=True)
def local_time(context: Context, moment: datetime | None) -> SafeString:
    """The time of day, by the person's time format."""
    return _time_element(moment, wording.local_time(moment, clock=_clock(context)))


@register.simple_tag
def local_date(moment: date | datetime | None, style: str = "short") -> SafeString:
    """The date; styles as in core.wording.local_date."""
    return _time_element(moment, wording.local_date(moment, style=style))


@register.simple_tag(takes_context=True)
def local_moment(context: Context, moment: datetime | None, style: str = "") -> SafeString:
    """Time and day: "17:30 hôm nay", "09:30 thứ Năm 19/11"; style "brief" for tight rows."""
    text = wording.local_moment(moment, now=clock.now(), clock=_clock(context), brief=style == "brief")
    return _time_element(moment, text)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with some parameters changed: `?{% query page=3 q=None %}`. None removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        elif isinstance(value, (list, tuple)):
            parameters.setlist(name, [str(item) for item in value])
        else:
            parameters[name] = str(value)
    return parameters.urlencode()


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """This page in every language: code, name, url, whether it is the present one.

    A Wagtail page gives its translations; any other address is the same path under the other prefix. A page without
    a translation leads to that language's home. What was searched and filtered is kept, the number of the page is
    not; a page that writes its query string in a way of its own gives it as `kept_query`.
    """
    request = context.get("request")
    current = get_language() or settings.LANGUAGE_CODE
    translations = _translations(context.get("page"), request)
    links = []
    for code, name in settings.LANGUAGES:
        if request is None:
            url = f"/{code}/"
        elif translations is None:
            url = _path_in(request, code, _kept(context, request))
        elif code in translations:
            url = _with_query(translations[code] or f"/{code}/", _kept(context, request))
        else:
            url = f"/{code}/"
        links.append({"code": code, "name": name, "url": url, "is_current": code == current})
    return links


def _translations(page: Any, request: Any) -> dict[str, str | None] | None:
    """Language → address of a Wagtail page's live translations; None for anything that is no such page. One query."""
    if not hasattr(page, "get_translations"):
        return None
    live = page.get_translations(inclusive=True).live().select_related("locale")
    # An alias has the words of the other language, and is not shown.
    own = (found for found in live if getattr(found, "alias_of_id", None) is None)
    return {found.locale.language_code: found.get_url(request) for found in own}


def _kept(context: Context, request: Any) -> str:
    """The query string without the number of the page."""
    kept = context.get("kept_query")
    if kept is not None:
        return str(kept)
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return str(parameters.urlencode())


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _path_in(request: Any, language: str, query: str) -> str:
    here = _with_query(request.path, query)
    there = translate_url(here, language)
    # translate_url gives the address back unchanged when nothing answers it in the other language.
    return there if there != here or language == get_language() else f"/{language}/"


@register.simple_tag(takes_context=True)
def main_navigation(context: Context, side: str = "public") -> list[dict[str, Any]]:
    """Links of the masthead with the present one marked: the longest that the address begins with."""
    path = getattr(context.get("request"), "path", "")
    entries = navigation.main_entries(side)
    current = max((e.url for e in entries if path.startswith(e.url)), key=len, default=None)
    return [{"label": e.label, "url": e.url, "is_current": e.url == current} for e in entries]


@register.simple_tag
def footer_columns() -> list[navigation.Column]:
    return navigation.footer_columns()


@register.simple_tag(takes_context=True)
def today_data(context: Context, today: Today) -> str:
    """What the script needs to move the needle: seconds since midnight, periods, and the words for a duration."""
    words = wording.wording()
    hours, minutes = words.hours.format("{h}"), words.minutes.format("{m}")
    data = {
        "second": today.second,
        "periods": today.periods,
        "hours": _clock(context),
        "words": {"hm": f"{hours} {minutes}", "h": hours, "m": minutes},
        "halves": ["AM", "PM"] if wording.wording("en") is words else ["SA", "CH"],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@register.filter
def css_percent(fraction: float) -> str:
    """A fraction as a CSS percentage, with a dot whatever the language."""
    return f"{fraction * 100:.2f}%"


@register.filter
def initials(name: str) -> str:
    """Two letters for the disc beside a name: the code of a post ("Cán bộ TC-2": TC), else the last two words'."""
    words = str(name).replace("@", " ").split()
    for word in words:
        head = word.partition("-")[0]
        if len(head) >= 2 and head.isupper():
            return head[:2]
    letters = [word[0] for word in words if word[0].isalpha()]
    return "".join(letters[:2]).upper() or "?"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a form field with the classes of its kind."""
    return controls.render(field)


@register.filter
def control_kind(field: BoundField) -> str:
    """ "check", "choices", "hidden" or "plain": how the field is laid out."""
    return controls.kind(field)


@register.filter
def error_list(form: Form) -> list[dict[str, Any]]:
    """Every error of a form for the summary: its sentence, the field's label and anchor."""
    return controls.errors(form)


MESSAGE_ICONS = {"success": "check-circle", "error": "exclamation-circle-fill", "warning": "info-circle"}


@register.filter
def undo_token(message: Any) -> str:
    """What the undo button of a message sends (issues.web.undo); empty for a message without one."""
    tag = next((tag for tag in (message.extra_tags or "").split() if tag.startswith("undo:")), "")
    return tag.removeprefix("undo:")


@register.filter
def message_icon(level: str) -> str:
    return MESSAGE_ICONS.get(level, "info-circle")


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    """Numbers for a pager: the ends, the neighbours of the present page, None for a gap."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]


@register.filter
def element_id(thing: Any, kind: str) -> str:
    """An id for the element that stands for an object: `{{ token|element_id:"token" }}` gives "token-7"."""
    return f"{kind}-{thing.pk}"
