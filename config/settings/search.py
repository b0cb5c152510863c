"""Which search engine: Elasticsearch where an address is given, else SQLite FTS5."""

from config.settings.paths import env

SEARCH_ELASTICSEARCH_URL = env.elasticsearch_url

__all__ = ["SEARCH_ELASTICSEARCH_URL"]
