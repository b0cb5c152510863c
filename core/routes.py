"""The pattern of an address in place of the address: codes and tokens in a path are as good as a key."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation

UNKNOWN = "-"  # an address that leads nowhere: it may be a mistyped secret
_CONVERTER = re.compile(r"<\w+:(\w+)>")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
_GROUP = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_PAGE = "wagtail_serve"


def route_of(request: HttpRequest) -> str:
    """The pattern that the request matched, such as `/vi/follow/<code>/`; `-` where there is none."""
    match = getattr(request, "resolver_match", None)
    return _written(match) if match is not None else route_of_path(request.path_info)


def route_of_path(address: str) -> str:
    """The same for the path of an address; query and fragment are left out."""
    path = urlsplit(address).path if address.startswith("/") else ""
    first = path.lstrip("/").partition("/")[0]
    language = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            return _written(resolve(path))
    except (Resolver404, ValueError):
        return UNKNOWN


def _written(match: ResolverMatch) -> str:
    if match.url_name == _PAGE:  # editors' pages and every mistyped address look the same here
        return f"/{match.route.partition('(')[0]}<page>"
    route = _GROUP.sub("<…>", _NAMED_GROUP.sub(r"<\1>", _CONVERTER.sub(r"<\1>", match.route)))
    return "/" + route.replace("^", "").replace("$", "").replace("\\", "").lstrip("/")
