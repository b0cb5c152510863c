"""Cache (shared by all processes, so that rate limits hold) and how processes announce new events to each other."""

from typing import Any

from config.settings.paths import TN_VAR_DIR, env

TN_REDIS_URL = env.redis_url

if env.redis_url:
    # Requests wait for the cache, so the timeouts are short: it is in the same network or unavailable.
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "core.redis_cache.OptionalRedisCache",
            "LOCATION": env.redis_url,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
    # Not channels_redis.core: with redis-py 8 its idle reader times out and messages are lost.
    CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # The reader of announcements waits without regard to this timeout; issues.live.wakeup handles that.
            "CONFIG": {"hosts": [{"address": env.redis_url, "socket_timeout": 2, "socket_connect_timeout": 2}]},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "core.file_cache.CountingFileCache",
            "LOCATION": str(TN_VAR_DIR / "cache"),
            "TIMEOUT": 86_400,  # as long as the longest period of a limit: a count lasts from its last attempt
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES["default"]["KEY_PREFIX"] = "tn"
# Small tables that nearly every request reads (agencies, rules, time limits, calendars), each in one process.
CACHES["process"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "process",
    "TIMEOUT": 2,  # seconds for which an edit may go unseen
}

__all__ = [name for name in dir() if name.isupper()]
