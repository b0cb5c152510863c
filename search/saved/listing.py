"""A saved search as the list of projects knows it: its query string in normal form, and back."""

from dataclasses import fields, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from cms.project_addresses import pairs_of, tab_of, without
from cms.project_choices import in_words
from core.text import beginning
from investment import buckets
from investment.filters import parse
from investment.project_query import ProjectQuery
from search.models import SavedSearch

NAME_MAX = 120
MOST_CHARACTERS = 20_000  # of a query string: more filters than anybody chooses


def normal_form(query: ProjectQuery) -> str:
    """The query string that stands for everything which decides what is found, the tab that is open among it."""
    return urlencode(without(pairs_of(query, tab_of(query)), "sort"))


def read(text: str, locale: str) -> ProjectQuery:
    """The query that a query string asks for; what is wrong in it is left out, as on the list."""
    known = [code for code, _ in settings.LANGUAGES]
    locale = locale if locale in known else known[0]
    query, _errors = parse(dict(QueryDict(text).lists()), locale=locale)
    return replace(query, locale=locale)


def key_of(text: str, locale: str) -> str:
    """What makes two searches the same. Only words are looked for in the documents of one language."""
    has_words = text.startswith("q=")
    return sha256(f"{locale if has_words else ''}?{text}".encode()).hexdigest()


def query_of(search: SavedSearch) -> ProjectQuery:
    """The query of a saved search. Its text was checked when it was saved, so reading it asks nothing of the database:
    thousands are read after every change."""
    given = QueryDict(search.query)
    values: dict[str, Any] = {"locale": search.locale}
    for field in fields(ProjectQuery):
        if field.name in given:
            values[field.name] = _value(field.default, given.getlist(field.name))
    tab = given.get("tab", "")
    return ProjectQuery(**values, where=(tab,) if tab in (buckets.CITY, buckets.ELSEWHERE) else ())


def _value(default: Any, texts: list[str]) -> Any:
    if isinstance(default, tuple):
        return tuple(texts)
    if isinstance(default, bool):
        return texts[-1] == "1"
    return float(texts[-1]) if default is None else texts[-1]


def name_for(query: ProjectQuery) -> str:
    """A name made of what the search looks for; empty where it looks for everything."""
    return beginning(", ".join(word.strip("“”") for word in in_words(query)), NAME_MAX).strip(" ,")


def list_path(search: SavedSearch) -> str:
    """The list with this search."""
    path = f"/{search.locale}/projects/"
    return f"{path}?{search.query}" if search.query else path
