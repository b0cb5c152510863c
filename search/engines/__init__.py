"""The engine in use: Elasticsearch where its address is set, else SQLite's own where SQLite is the database; elsewhere
none, and lists come from the database."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from search.engines.base import Engine
from search.engines.sqlite_fts import SqliteEngine


def current() -> Engine | None:
    """The engine that was chosen, whether it answers or not; None where none was.

    Engines hold nothing but the way to their server, which all of a process share, so asking again costs nothing.
    """
    if settings.SEARCH_ELASTICSEARCH_URL:
        # Its client is slow to import, and only needed where there is such a server.
        from search.engines.elastic_engine import ElasticEngine  # noqa: PLC0415

        return ElasticEngine(
            settings.SEARCH_ELASTICSEARCH_URL,
            settings.SEARCH_PREFIX,
            timeout=settings.SEARCH_TIMEOUT,
            replicas=settings.SEARCH_REPLICAS,
        )
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return SqliteEngine()
    return None
