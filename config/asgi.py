"""Where uvicorn enters: HTTP to Django, WebSocket to the consumers."""

import gc
import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# First: it loads the apps, which everything below needs.
django.setup(set_prefix=False)

from config.pooled import PooledHandler  # noqa: E402
from config.routing import websocket_urlpatterns  # noqa: E402

# The consumers check themselves who is there, and again while a socket is open.
application = ProtocolTypeRouter({"http": PooledHandler(), "websocket": URLRouter(websocket_urlpatterns)})

# What was loaded stays for good: the collector need not walk through it again and again. And a request leaves next to
# no cycles behind, so it may look less often than after every 700 objects.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
