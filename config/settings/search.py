"""Which search engine: Elasticsearch where an address is given, else SQLite FTS5; and what is kept of searches."""

from config.settings.paths import env

SEARCH_ELASTICSEARCH_URL = env.elasticsearch_url
SEARCH_TIMEOUT = env.tn_search_timeout  # seconds that one search may take; lists then come from the database
SEARCH_PREFIX = env.tn_search_prefix  # what the names of our indexes in Elasticsearch begin with
SEARCH_REPLICAS = env.tn_search_replicas  # copies of an index on other nodes
USD_RATE = env.tn_usd_rate  # VND for a US dollar, for sorting by one comparable capital

SEARCHES_DAYS = env.tn_searches_days  # for how many days it is counted what people searched for

__all__ = [
    "SEARCHES_DAYS",
    "SEARCH_ELASTICSEARCH_URL",
    "SEARCH_PREFIX",
    "SEARCH_REPLICAS",
    "SEARCH_TIMEOUT",
    "USD_RATE",
]
