"""Cache (shared by all processes, so that rate limits hold) and the doorbell between web processes."""

from typing import Any

from config.settings.paths import TN_VAR_DIR, env

TN_REDIS_URL = env.redis_url

if env.redis_url:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url}
    }
    # Not channels_redis.core: with redis-py 8 its idle reader times out and messages are lost.
    CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": env.redis_url, "socket_timeout": None}]},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(TN_VAR_DIR / "cache"),
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
