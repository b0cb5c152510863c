"""Which search engine: Elasticsearch where an address is given, else SQLite FTS5 where SQLite is the database."""

from config.settings.paths import env

SEARCH_ELASTICSEARCH_URL = env.elasticsearch_url
SEARCH_TIMEOUT = env.tn_search_timeout  # seconds that one search may take; lists then come from the database
USD_RATE = env.tn_usd_rate  # VND for a US dollar, for sorting by one comparable capital

__all__ = ["SEARCH_ELASTICSEARCH_URL", "SEARCH_TIMEOUT", "USD_RATE"]
